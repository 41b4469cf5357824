import { expect, it } from 'vitest';
import { ALL_NAMES, type Conference, MINUTE, REQUESTS } from './conference.js';
import { type Group, group, LIMIT } from './groups.js';
import { type Asked, sum } from './line.js';

/** 180 groups ask for seats, and everybody knows where they stand. */
export function groupsRegister(conference: () => Conference): void {
  it('gives 180 groups their seats or their place in line, all or nothing, as they come', async () => {
    const [first, ...others] = conference().everybody as [Group, ...Group[]];
    await conference().registers(first);
    // Until there is a line, one after the other: what was full for the one before is said to the next.
    while (conference().line.with('WAITING').length === 0) {
      conference().clock.advance(MINUTE);
      await conference().registers(others.shift() as Group);
    }
    await conference().audit();
    while (others.length > 0) {
      conference().clock.advance(MINUTE);
      await conference().registerAtOnce(others.splice(0, 12));
    }
    await conference().audit();
    const seen = await conference().registrations();
    expect(seen).toHaveLength(REQUESTS);
    expect(new Set(seen.map(({ seats }) => seats))).toEqual(new Set([1, 2, 3, 4]));
    expect(conference().line.with('CONFIRMED').length).toBeGreaterThan(40);
    expect(conference().line.with('WAITING').length).toBeGreaterThan(80);
    expect(seen.map(({ contactEmail }) => contactEmail).sort()).toEqual(
      conference()
        .everybody.map(({ email }) => email)
        .sort(),
    );
  });

  it('refuses what passes a limit, or is asked in the name of others, and nothing is changed', async () => {
    const { line } = conference();
    const holders = Map.groupBy(
      line.all.filter(({ request }) => request.organisation !== null),
      ({ request }) => request.organisation,
    );
    const [most] = [...holders.values()].toSorted((a, b) => sum(b) - sum(a));
    const [theirs] = most as [Asked];
    const one = conference().groupOf(theirs.id);
    const has = sum(most as Asked[]);
    const input = conference().inputOf(one) as { seats: number };
    const more = { ...input, seats: LIMIT + 1 - has, attendees: [] };
    const answer = await conference().does(one, 'registerForEvent', more);
    expect(answer).toEqual({ done: null, codes: ['OVER_ORGANISATION_LIMIT'] });

    const stranger = await group({ number: 900, company: 74_000, seats: 1 });
    expect((await conference().does(stranger, 'registerForEvent', input)).codes).toEqual(['FORBIDDEN']);
    expect((await conference().does('public', 'registerForEvent', input)).codes).toEqual(['UNAUTHENTICATED']);
    for (const mutation of ['cancelRegistration', 'acceptOffer', 'declineOffer']) {
      const { codes } = await conference().does(stranger, mutation, { id: theirs.id });
      expect([mutation, codes]).toEqual([mutation, ['NOT_FOUND']]);
    }
    expect((await conference().ask(stranger, ALL_NAMES, { id: conference().id })).errors).toBeDefined();
    await conference().audit();
  });

  it('tells everybody who waits where they stand and why', async () => {
    const { line } = conference();
    const waiting = line.with('WAITING');
    for (const at of [0, 1, Math.floor(waiting.length / 2), waiting.length - 1]) {
      const asked = waiting[at] as Asked;
      const ahead = waiting.slice(0, at);
      const { event } = await conference().reads(
        conference().groupOf(asked.id),
        `query ($id: ID!) { event(id: $id) { myRegistrations { id placeInLine
          whyWaiting { reason message seatsWanted seatsFree seatsOffered seatsAhead firstWants } } } }`,
        { id: conference().id },
      );
      const own = event.myRegistrations.find(({ id }: { id: string }) => id === asked.id);
      expect(own.placeInLine).toBe(at + 1);
      expect(own.whyWaiting).toMatchObject({
        reason: at === 0 ? 'TOO_FEW_FREE' : 'OTHERS_FIRST',
        ...{ seatsWanted: asked.seats, seatsFree: line.free, seatsOffered: 0, seatsAhead: sum(ahead) },
        firstWants: ahead[0]?.seats ?? null,
      });
      if (at > 0) expect(own.whyWaiting.message).toContain(String(at + 1));
    }
  });
}
