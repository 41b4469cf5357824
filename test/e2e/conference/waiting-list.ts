import { expect, it } from 'vitest';
import { type Conference, MINUTE } from './conference.js';
import { type Asked, sum } from './line.js';

/** People leave, seats pass on, offers are answered or not. */
export function seatsPassOn(conference: () => Conference): void {
  it('passes on seats at once when somebody cancels, to the head of the line and nobody else', async () => {
    const { line } = conference();
    for (let turn = 0; turn < 12; turn++) {
      conference().clock.advance(10 * MINUTE);
      // Every third leaves the line, and frees nothing.
      const asked = conference().pick(line.with(turn % 3 === 2 ? 'WAITING' : 'CONFIRMED'));
      await conference().doesTo(asked, 'cancelRegistration');
      line.leaves(asked, conference().now);
      await conference().audit();
    }
  });

  it('keeps the place of whoever asks for fewer seats, and passes on what they had', async () => {
    const { line } = conference();
    const atHead = line.with('WAITING')[0] as Asked;
    for (const asked of [
      ...line
        .with('CONFIRMED')
        .filter(({ seats }) => seats === 4)
        .slice(0, 2),
      ...line
        .with('WAITING')
        .filter(({ seats }) => seats === 4)
        .slice(3, 5),
      ...(atHead.seats > 1 ? [atHead] : []),
    ]) {
      conference().clock.advance(MINUTE);
      const withdraw = (await conference().seenOf(asked)).attendees
        .slice(asked.seats - 1)
        .map(({ id }) => id);
      await conference().doesTo(asked, 'updateRegistration', { seats: asked.seats - 1, withdraw });
      line.shrinks(asked, asked.seats - 1, conference().now);
      await conference().audit();
    }
  });

  it('has offers accepted, declined, and passed on by the clock alone', async () => {
    const { line } = conference();
    expect(line.with('OFFERED').length).toBeGreaterThan(3);
    const [accepts, declines, ...others] = line.with('OFFERED') as [Asked, Asked, ...Asked[]];
    await conference().doesTo(accepts, 'acceptOffer');
    line.accepts(accepts);
    await conference().audit();
    await conference().doesTo(declines, 'declineOffer');
    line.leaves(declines, conference().now);
    await conference().audit();

    // The first of the others answers in the last minute; then the time of the rest runs out, one after the other.
    const [late, ...silent] = others as [Asked, ...Asked[]];
    conference().clock.set(new Date((late.offerEnds as number) - MINUTE));
    expect(
      (await conference().does(conference().groupOf(late.id), 'acceptOffer', { id: late.id })).codes,
    ).toEqual([]);
    line.accepts(late);
    const [forgetful] = silent as [Asked];
    conference().clock.set(new Date(Math.max(...silent.map(({ offerEnds }) => offerEnds ?? 0))));
    const tooLate = await conference().does(conference().groupOf(forgetful.id), 'acceptOffer', {
      id: forgetful.id,
    });
    expect(tooLate).toEqual({ done: null, codes: ['OFFER_EXPIRED'] });
    line.passOn(conference().now);
    const expired = line.with('EXPIRED').length;
    expect(expired).toBeGreaterThan(0);
    // Nobody does anything: it is the work beside requests that passes them on.
    await expect
      .poll(async () => (await conference().event()).waiting, { timeout: 10_000 })
      .toEqual({
        registrations: line.with('WAITING').length,
        seats: sum(line.with('WAITING')),
        seatsOffered: sum(line.with('OFFERED')),
      });
    await conference().audit();
    for (const asked of line.with('OFFERED')) {
      await conference().doesTo(asked, 'acceptOffer');
      line.accepts(asked);
    }
    await conference().audit();
    expect((await conference().event()).status).toBe(line.free === 0 ? 'FULL' : 'REGISTRATION_OPEN');
  });
}
