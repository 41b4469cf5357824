import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { drawOrder, lotOf, seedCommitment } from './draw-order.js';
import { CLOSES, MeetingWorld, organisations, START, type Supplier } from './meeting.test-support.js';

let world: MeetingWorld;
beforeAll(async () => {
  world = await MeetingWorld.open();
});
beforeEach(() => world.clear());
afterAll(() => world?.[Symbol.asyncDispose]());

const everybody: Supplier[] = ['oyeren', 'mysen', 'halden', 'glommen'];
const nameOf = (number: string) =>
  (Object.keys(organisations) as Supplier[]).find((each) => organisations[each] === number) as Supplier;

/** Four who ask for two meetings, drawn. */
async function drawn(more: object = {}) {
  const dialogueId = await world.dialogue();
  const round = await world.round(dialogueId, 2, more);
  await world.asks(round.id, ...everybody);
  const draw = await world.draws(round.id);
  const line = draw.order.map(({ organisationNumber }) => nameOf(organisationNumber));
  return { dialogueId, round, draw, line: line as [Supplier, Supplier, Supplier, Supplier] };
}

/** Who has which slot now, by the public record. */
async function slotsNow(roundId: string): Promise<Record<string, string | null>> {
  const query =
    'query ($id: ID!) { meetingRound(id: $id) { draw { order { organisationNumber slotNow { id } } } } }';
  const { data } = await world.ask('public', query, { id: roundId });
  return Object.fromEntries(
    data.meetingRound.draw.order.map(
      (lot: { organisationNumber: string; slotNow: { id: string } | null }) => [
        nameOf(lot.organisationNumber),
        lot.slotNow?.id ?? null,
      ],
    ),
  );
}

async function meetingOf(roundId: string, who: Supplier) {
  const all = await world.meetings(roundId);
  const found = all.find(
    (each) => each.organisationNumber === organisations[who] && each.status !== 'CANCELLED',
  );
  if (!found) throw new Error(`${who} has no meeting.`);
  return found;
}

describe('the draw', () => {
  it('follows from the seed that was committed to, for everybody to replay', async () => {
    const { round, draw } = await drawn();
    expect(seedCommitment(draw.seed)).toBe(round.seedCommitment);
    const replayed = drawOrder(
      draw.seed,
      everybody.map((each) => ({ organisationNumber: organisations[each], hadMeetingBefore: false })),
    );
    expect(draw.order.map(({ organisationNumber, digest }) => [organisationNumber, digest])).toEqual(
      replayed.map(({ organisationNumber, digest }) => [organisationNumber, digest]),
    );
    expect(draw.order.map(({ slot }) => slot?.id ?? null)).toEqual([
      round.slots[0]?.id,
      round.slots[1]?.id,
      null,
      null,
    ]);
    for (const { organisationNumber, digest } of draw.order)
      expect(digest).toBe(lotOf(draw.seed, organisationNumber));
    // And the public sees the same.
    const { data } = await world.ask(
      'public',
      'query ($id: ID!) { meetingRound(id: $id) { status seed draw { seed order { position organisationName slot { id } supplier { id } } } } }',
      { id: round.id },
    );
    expect(data.meetingRound).toMatchObject({ status: 'DRAWN', seed: draw.seed, draw: { seed: draw.seed } });
    expect(data.meetingRound.draw.order.map(({ position }: { position: number }) => position)).toEqual([
      1, 2, 3, 4,
    ]);
    expect(data.meetingRound.draw.order[0].supplier.id).toBe(`NO-BRC-${draw.order[0]?.organisationNumber}`);
  });

  it('tells each by mail in their language, with an invitation for those who got a meeting', async () => {
    const { dialogueId, line } = await drawn();
    const mails = await world.mails(dialogueId);
    expect(mails.map(({ to, template, calendar }) => [to, template, calendar !== null]).sort()).toEqual(
      [
        [`post@${line[0]}.example`, 'meeting-allotted', true],
        [`post@${line[1]}.example`, 'meeting-allotted', true],
        [`post@${line[2]}.example`, 'meeting-not-allotted', false],
        [`post@${line[3]}.example`, 'meeting-not-allotted', false],
      ].sort(),
    );
    const first = mails.find(({ to }) => to === `post@${line[0]}.example`);
    expect(first?.text).toContain(
      line[0] === 'mysen'
        ? 'Monday, 11 January 2027 at 09:00–09:30'
        : 'mandag 11. januar 2027 kl. 09:00–09:30',
    );
    expect(first?.calendar).toContain('METHOD:REQUEST');
    // Nobody is told of another.
    for (const { to, text } of mails) {
      for (const other of everybody.filter((each) => !to.includes(each)))
        expect(text).not.toContain(`${other} AS`);
    }
  });

  it('shows meetings to the two sides and to nobody else', async () => {
    const { round, line } = await drawn();
    const shown = async (who: Parameters<typeof world.meetings>[1]) =>
      (await world.meetings(round.id, who))
        .map(({ organisationNumber }) => nameOf(organisationNumber))
        .sort();
    const both = [line[0], line[1]].sort();
    expect([await shown('officer'), await shown('evaluator')]).toEqual([both, both]);
    expect([await shown(line[0]), await shown(line[3])]).toEqual([[line[0]], []]);
    for (const who of ['public', 'person', 'neighbour', 'stranger'] as const)
      expect(await shown(who)).toEqual([]);
    const { id } = await meetingOf(round.id, line[0]);
    const query = 'query ($id: ID!) { meeting(id: $id) { organisationName round { number } slot { room } } }';
    expect((await world.ask(line[0], query, { id })).data.meeting.organisationName).toBe(`${line[0]} AS`);
    for (const who of ['public', 'neighbour', line[1]] as const) {
      expect((await world.ask(who, query, { id })).data.meeting).toBeNull();
    }
  });

  it('gives the first slot that suits, and none to whom none suits, who then comes first in the next round', async () => {
    const dialogueId = await world.dialogue();
    const first = await world.round(dialogueId, 3);
    await world.asks(first.id, 'oyeren', 'mysen');
    const unavailable = first.slots.map(({ id }) => id);
    const input = { roundId: first.id, organisationNumber: organisations.halden, unavailable };
    expect((await world.does('halden', 'requestMeeting', input)).errors).toEqual([]);
    const draw = await world.draws(first.id);
    const halden = draw.order.find(({ organisationNumber }) => organisationNumber === organisations.halden);
    expect(halden).toMatchObject({ slot: null, hadMeetingBefore: false });
    expect(halden?.unavailable.sort()).toEqual([...unavailable].sort());
    world.clock.set(START);
    const days = [{ from: '2027-01-12T09:00', to: '2027-01-12T10:00' }];
    const second = await world.round(dialogueId, 2, { days });
    await world.asks(second.id, 'oyeren', 'mysen', 'halden', 'glommen');
    const again = await world.draws(second.id);
    const by = (met: boolean) =>
      again.order
        .filter(({ hadMeetingBefore }) => hadMeetingBefore === met)
        .map(({ organisationNumber }) => organisationNumber);
    expect(again.order.map(({ hadMeetingBefore }) => hadMeetingBefore)).toEqual([false, false, true, true]);
    expect(by(false).sort()).toEqual([organisations.glommen, organisations.halden].sort());
    expect(again.order.map(({ slot }) => slot !== null)).toEqual([true, true, false, false]);
  });

  it('gives nobody two meetings at once, in whichever dialogue of whichever municipality', async () => {
    const one = await world.dialogue();
    const first = await world.round(one, 1);
    await world.asks(first.id, 'oyeren');
    await world.draws(first.id);
    world.clock.set(START);
    const other = await world.dialogue();
    const second = await world.round(other, 2);
    await world.asks(second.id, 'oyeren');
    const draw = await world.draws(second.id);
    expect(draw.order).toMatchObject([
      { slot: { id: second.slots[1]?.id }, unavailable: [second.slots[0]?.id] },
    ]);
  });

  it('leaves out whoever has withdrawn or has left the dialogue', async () => {
    const dialogueId = await world.dialogue();
    const { id } = await world.round(dialogueId, 3);
    await world.asks(id, 'oyeren', 'mysen', 'halden');
    await world.does('mysen', 'withdrawMeetingRequest', {
      roundId: id,
      organisationNumber: organisations.mysen,
    });
    await world.system.execute(
      'update dialogue.participant set left_at = joined_at where dialogue_id = ? and organisation_number = ?',
      [dialogueId, organisations.halden],
    );
    const { order } = await world.draws(id);
    expect(order.map(({ organisationNumber }) => organisationNumber)).toEqual([organisations.oyeren]);
  });

  it('that comes late gives out what is still to come', async () => {
    const dialogueId = await world.dialogue();
    const { id, slots } = await world.round(dialogueId, 2);
    await world.asks(id, 'oyeren', 'mysen');
    world.clock.set(slots[0]?.startsAt as string);
    const { done } = await world.does('officer', 'drawMeetings', { roundId: id });
    expect(done.draw.order.map(({ slot }: { slot: { id: string } | null }) => slot?.id ?? null)).toEqual([
      slots[1]?.id,
      null,
    ]);
  });

  it('happens once when two draw at the same moment', async () => {
    const dialogueId = await world.dialogue();
    const { id: roundId } = await world.round(dialogueId, 2);
    await world.asks(roundId, ...everybody);
    world.clock.set(CLOSES);
    const both = await Promise.all([1, 2].map(() => world.does('officer', 'drawMeetings', { roundId })));
    expect(both.map(({ errors }) => errors).sort()).toEqual([[], ['ROUND_DRAWN']]);
    expect(await world.meetings(roundId)).toHaveLength(2);
  });

  it('says in the log who got meetings, and that the officer has read nobody’s wishes', async () => {
    const dialogueId = await world.dialogue();
    const { id: roundId } = await world.round(dialogueId, 2);
    await world.asks(roundId, 'oyeren', 'mysen', 'halden');
    world.clock.set(CLOSES);
    const [, entries] = await world.audited(() => world.does('officer', 'drawMeetings', { roundId }));
    expect(entries.map(({ outcome, type }) => `${outcome} ${type}`).sort()).toEqual([
      'DONE Meeting',
      'DONE Meeting',
      'DONE MeetingRound',
    ]);
  });
});

describe('a meeting that is cancelled', () => {
  it('by the supplier goes to the next in line at once, and never back to who gave it up', async () => {
    const { dialogueId, round, line } = await drawn();
    const { id: meetingId, slot } = await meetingOf(round.id, line[0]);
    const [{ done }, entries] = await world.audited(() =>
      world.does(line[0], 'cancelMeeting', { meetingId, reason: 'Vi er syke.' }),
    );
    expect(done).toMatchObject({ status: 'CANCELLED', cancelledBy: 'SUPPLIER' });
    expect(await slotsNow(round.id)).toEqual({
      ...{ [line[0]]: null, [line[1]]: round.slots[1]?.id },
      ...{ [line[2]]: slot.id, [line[3]]: null },
    });
    const mails = (await world.mails(dialogueId))
      .slice(4)
      .map(({ to, template, calendar }) => [to, template, /METHOD:(\w+)/.exec(calendar ?? '')?.[1]]);
    expect(mails.sort()).toEqual(
      [
        [`post@${line[2]}.example`, 'meeting-allotted', 'REQUEST'],
        ['innkjop@ostfold.example', 'meeting-cancelled', undefined],
        [`post@${line[0]}.example`, 'meeting-cancelled', 'CANCEL'],
      ].sort(),
    );
    // Nobody is said to have read what is theirs alone.
    expect(entries.filter(({ outcome }) => outcome !== 'DONE')).toEqual([]);
    expect(entries.map(({ type, organisation }) => [type, organisation])).toEqual(
      expect.arrayContaining([
        ['Meeting', organisations[line[0]]],
        ['Meeting', organisations[line[2]]],
      ]),
    );
    const second = await meetingOf(round.id, line[1]);
    await world.does(line[1], 'cancelMeeting', { meetingId: second.id, reason: 'Vi også.' });
    expect((await slotsNow(round.id))[line[3]]).toBe(second.slot.id);
    const third = await meetingOf(round.id, line[2]);
    await world.does(line[2], 'cancelMeeting', { meetingId: third.id, reason: 'Og vi.' });
    expect(await slotsNow(round.id)).toMatchObject({ [line[0]]: null, [line[1]]: null, [line[2]]: null });
  });

  it('by the municipality keeps its supplier first in line for the next that is free', async () => {
    const { round, line } = await drawn();
    const { id: meetingId } = await meetingOf(round.id, line[0]);
    const gone = { meetingId, reason: 'Rommet er stengt.', slotIsGone: true };
    expect((await world.does('officer', 'cancelMeeting', gone)).done.cancelledBy).toBe('MUNICIPALITY');
    expect(await slotsNow(round.id)).toMatchObject({ [line[0]]: null, [line[2]]: null, [line[3]]: null });
    const days = [{ from: '2027-01-12T09:00', to: '2027-01-12T10:00' }];
    const { errors } = await world.does('officer', 'addSlots', {
      roundId: round.id,
      days,
      rooms: [world.room()],
    });
    expect(errors).toEqual([]);
    const now = await slotsNow(round.id);
    expect([line[0], line[2], line[3]].map((each) => now[each] !== null)).toEqual([true, true, false]);
  });

  it('does not go to whom it does not suit, nor to whoever no longer waits', async () => {
    const dialogueId = await world.dialogue();
    const round = await world.round(dialogueId, 1);
    await world.asks(round.id, ...everybody);
    const { order } = await world.draws(round.id);
    const [first, second, third, fourth] = order.map(({ organisationNumber }) =>
      nameOf(organisationNumber),
    ) as [Supplier, Supplier, Supplier, Supplier];
    const slotId = round.slots[0]?.id as string;
    await world.system.execute(
      'update dialogue.meeting_request set unavailable = array[?] where round_id = ? and organisation_number = ?',
      [slotId, round.id, organisations[second]],
    );
    const withdrawn = await world.does(third, 'withdrawMeetingRequest', {
      roundId: round.id,
      organisationNumber: organisations[third],
    });
    expect(withdrawn.errors).toEqual([]);
    const kept = await world.does(first, 'withdrawMeetingRequest', {
      roundId: round.id,
      organisationNumber: organisations[first],
    });
    expect(kept.errors).toEqual(['MEETING_ALLOTTED']);
    const { id: meetingId } = await meetingOf(round.id, first);
    await world.does(first, 'cancelMeeting', { meetingId, reason: 'Syk.' });
    expect(await slotsNow(round.id)).toEqual({
      [first]: null,
      [second]: null,
      [third]: null,
      [fourth]: slotId,
    });
  });

  it('too late, or after the competition is announced, goes to nobody', async () => {
    const { dialogueId, round, line } = await drawn();
    await world.announceTender(dialogueId);
    const { id: meetingId } = await meetingOf(round.id, line[0]);
    expect(
      (await world.does('officer', 'cancelMeeting', { meetingId, reason: 'Kunngjort.' })).errors,
    ).toEqual([]);
    expect(await slotsNow(round.id)).toMatchObject({ [line[0]]: null, [line[2]]: null, [line[3]]: null });
  });

  it('with its whole round goes to nobody either', async () => {
    const { round, dialogueId } = await drawn();
    const before = (await world.mails(dialogueId)).length;
    await world.does('officer', 'cancelMeetingRound', { roundId: round.id, reason: 'Avlyst.' });
    expect((await world.meetings(round.id)).map(({ status, cancelledBy }) => [status, cancelledBy])).toEqual([
      ['CANCELLED', 'MUNICIPALITY'],
      ['CANCELLED', 'MUNICIPALITY'],
    ]);
    expect(Object.values(await slotsNow(round.id))).toEqual([null, null, null, null]);
    // Two meetings to both sides, and to the two who waited.
    const mails = (await world.mails(dialogueId)).slice(before).map(({ template }) => template);
    expect(mails.filter((each) => each === 'meeting-cancelled')).toHaveLength(4);
    expect(mails.filter((each) => each === 'meeting-round-cancelled')).toHaveLength(2);
  });
});

describe('a meeting that is moved', () => {
  it('keeps its identity in calendars, and what it leaves goes to the next', async () => {
    const { dialogueId, round, line } = await drawn();
    const [second, third, fourth] = [line[1], line[2], line[3]];
    // So that there is a slot that nobody takes.
    for (const who of [third, fourth]) {
      await world.does(who, 'withdrawMeetingRequest', {
        roundId: round.id,
        organisationNumber: organisations[who],
      });
    }
    const days = [{ from: '2027-01-12T09:00', to: '2027-01-12T09:30' }];
    const { done } = await world.does('officer', 'addSlots', {
      roundId: round.id,
      days,
      rooms: [world.room()],
    });
    const free = done.slots.at(-1).id as string;
    const { id: meetingId } = await meetingOf(round.id, second);
    const moved = await world.does('officer', 'moveMeeting', { meetingId, slotId: free });
    expect(moved.done).toEqual({ id: meetingId, slot: { id: free }, startsAt: '2027-01-12T08:00:00.000Z' });
    expect((await slotsNow(round.id))[second]).toBe(free);
    const mail = (await world.mails(dialogueId)).find(({ template }) => template === 'meeting-moved');
    expect(mail).toMatchObject({
      to: `post@${second}.example`,
      calendar: expect.stringContaining('SEQUENCE:1'),
    });
    expect(mail?.calendar).toContain(`UID:${meetingId}@samspill`);
  });

  it('is moved to a free slot of its own round alone, and by the officer alone', async () => {
    const { round, line } = await drawn();
    const { id: meetingId } = await meetingOf(round.id, line[0]);
    const move = (who: Parameters<typeof world.ask>[0], slotId: string) =>
      world.does(who, 'moveMeeting', { meetingId, slotId });
    world.clock.set(START);
    const other = await world.round(await world.dialogue(), 1);
    expect((await move('officer', other.slots[0]?.id as string)).errors).toEqual(['NO_SUCH_SLOT']);
    expect((await move('officer', round.slots[1]?.id as string)).errors).toEqual(['SLOT_BOOKED']);
    expect((await move('officer', 'tull')).errors).toEqual(['NO_SUCH_SLOT']);
    expect((await move(line[0], round.slots[1]?.id as string)).errors).toEqual(['FORBIDDEN']);
    expect((await move('neighbour', round.slots[1]?.id as string)).errors).toEqual(['NOT_FOUND']);
  });
});
