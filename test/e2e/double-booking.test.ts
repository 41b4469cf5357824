import { randomUUID } from 'node:crypto';
import { DEVELOPMENT_ISSUER, type Identity, personIdOf } from '@samspill/identity';
import { serviceNamed } from '@samspill/region';
import { executeInProcess, recordMembership, type Service } from '@samspill/subgraph';
import { AdjustableClock } from '@samspill/values';
import { expect, it } from 'vitest';
import { startTestRegion } from '../support/region.js';

/*
 * On real PostgreSQL, where transactions do run at the same time: rounds of meetings are made, drawn, cancelled, moved
 * and added to at once, in two dialogues whose suppliers are the same. Nobody is ever in two places.
 * What the constraints of the tables refuse alone: services/dialogue/src/meeting/double-booking.test.ts.
 */

const OSTFOLD = '920123899';
const suppliers = ['310000035', '310000027', '310000043', '310000019', '923609016', '974760673'];

const somebody = (organisation: string): Identity => {
  const personId = personIdOf(DEVELOPMENT_ISSUER, organisation);
  return {
    kind: 'PERSON',
    issuer: DEVELOPMENT_ISSUER,
    personId,
    organisations: [organisation],
    level: 'HIGH',
  };
};
const officer = somebody(OSTFOLD);

/** The object that a mutation gave, or its codes. */
async function does(service: Service, who: Identity, mutation: string, input: object, fields: string) {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} userErrors { code } } }`;
  const { data, errors = [] } = await executeInProcess(
    service,
    { query, variables: { input } },
    { headers: {}, identity: who },
  );
  if (errors.length > 0) return { done: null, codes: errors.map((each) => String(each.extensions?.code)) };
  const { userErrors, ...rest } = (data as Record<string, Record<string, unknown>>)[mutation] ?? {};
  // biome-ignore lint/suspicious/noExplicitAny: each mutation has an object of its own
  const done = Object.values(rest)[0] as any;
  return { done, codes: (userErrors as { code: string }[]).map(({ code }) => code) };
}

it('nobody is booked twice, however many do it at once', async () => {
  const clock = new AdjustableClock(new Date());
  await using world = await startTestRegion('postgresql', { demo: false, clock, work: false });
  const service = serviceNamed(world.region.services, 'dialogue');
  await service.store.change('test', async ({ em, audit }) => {
    const { personId } = officer as { personId: string };
    const membership = {
      personId,
      municipality: '3118',
      municipalityNumbers: ['3118'],
      organisation: OSTFOLD,
    };
    await recordMembership(em, 'dialogue', { ...membership, roles: ['PROCUREMENT_OFFICER'], version: 1 });
    audit({ object: { type: 'Membership', id: 'test' } });
  });
  const made = async (who: Identity, mutation: string, input: object, fields: string) => {
    const { done, codes } = await does(service, who, mutation, input, fields);
    if (!done) throw new Error(`${mutation}: ${codes.join()}`);
    return done;
  };
  const at = (minutes: number) => new Date(clock.now().getTime() + minutes * 60_000).toISOString();
  const dialogue = async (): Promise<string> => {
    const what = { title: 't', effect: 'e', users: 'u', successCriteria: ['c'] };
    const need = await made(officer, 'createNeed', { municipality: '3118', ...what }, 'need { id }');
    await made(officer, 'publishNeed', { id: need.id }, 'need { id }');
    const dates = { opensAt: at(1), closesAt: at(10_000) };
    const contact = { name: 'Innkjøp', email: 'innkjop@example.no' };
    const words = { title: 'Dialog', description: 'Om noe.', contact, ...dates };
    const draft = { municipality: '3118', needId: need.id, ...words };
    const { id } = await made(officer, 'createMarketDialogue', draft, 'marketDialogue { id }');
    await made(officer, 'announceMarketDialogue', { id }, 'marketDialogue { id }');
    for (const organisationNumber of suppliers) {
      const whom = {
        organisationName: `${organisationNumber} AS`,
        contactName: 'K',
        contactEmail: 'k@example.no',
      };
      const joins = { dialogueId: id, organisationNumber, ...whom };
      await made(
        somebody(organisationNumber),
        'joinMarketDialogue',
        joins,
        'participant { organisationNumber }',
      );
    }
    return id;
  };
  const dialogues = [await dialogue(), await dialogue()];
  const [closes, from, to] = [at(60), at(120), at(180)];
  const round = (dialogueId: string, rooms: string[]) => {
    const input = { dialogueId, minutes: 20, days: [{ from, to }], rooms, requestsCloseAt: closes };
    return does(service, officer, 'createMeetingRound', input, 'meetingRound { id slots { id } }');
  };

  // One room, wanted eight times at once in two dialogues.
  const wanted = await Promise.all(
    Array.from({ length: 8 }, (_, each) => round(dialogues[each % 2] as string, ['Møterom'])),
  );
  expect(wanted.filter(({ done }) => done)).toHaveLength(1);
  for (const { codes } of wanted.filter(({ done }) => !done)) expect(codes).toEqual(['ROOM_TAKEN']);

  // Three rounds at the same times; everybody wants to be in all of them.
  const rounds = await Promise.all(
    [0, 1, 0].map((which) =>
      round(dialogues[which] as string, [randomUUID()]).then(
        ({ done }) => done as { id: string; slots: { id: string }[] },
      ),
    ),
  );
  await Promise.all(
    rounds.flatMap(({ id: roundId }) =>
      suppliers.map((organisationNumber) =>
        made(
          somebody(organisationNumber),
          'requestMeeting',
          { roundId, organisationNumber },
          'meetingRequest { id }',
        ),
      ),
    ),
  );
  clock.set(closes);
  // Each drawn twice at once.
  const drawn = await Promise.all(
    [...rounds, ...rounds].map(({ id: roundId }) =>
      does(service, officer, 'drawMeetings', { roundId }, 'meetingRound { id }'),
    ),
  );
  expect(drawn.map(({ codes }) => codes.join()).sort()).toEqual([
    '',
    '',
    '',
    'ROUND_DRAWN',
    'ROUND_DRAWN',
    'ROUND_DRAWN',
  ]);

  type Row = { id: string; round_id: string; slot_id: string; organisation_number: string };
  const booked = (): Promise<Row[]> =>
    service.store
      .as('system')
      .execute(
        'select id, round_id, slot_id, organisation_number from dialogue.meeting where cancelled_at is null',
      );
  // Cancelled, moved and added to at once: whatever is free is given out again at once.
  for (let turn = 0; turn < 3; turn++) {
    const meetings = await booked();
    const slotOf = (roundId: string) => {
      const { slots } = rounds.find(({ id }) => id === roundId) ?? { slots: [] };
      return slots[turn % slots.length]?.id;
    };
    const outcomes = await Promise.all([
      ...meetings.map(({ id: meetingId, organisation_number }, index) =>
        does(
          service,
          index % 2 ? officer : somebody(organisation_number),
          'cancelMeeting',
          { meetingId, reason: 'Syk.' },
          'meeting { id }',
        ),
      ),
      ...meetings.map(({ id: meetingId, round_id }) =>
        does(service, officer, 'moveMeeting', { meetingId, slotId: slotOf(round_id) }, 'meeting { id }'),
      ),
      ...rounds.map(({ id: roundId }) =>
        does(
          service,
          officer,
          'addSlots',
          { roundId, days: [{ from, to }], rooms: [randomUUID()] },
          'meetingRound { id }',
        ),
      ),
    ]);
    const known = ['', 'SLOT_BOOKED', 'MEETING_CANCELLED', 'ORGANISATION_BUSY'];
    for (const { codes } of outcomes) expect(known).toContain(codes.join());
  }

  const meetings = await booked();
  expect(meetings.length).toBeGreaterThan(0);
  expect(new Set(meetings.map(({ slot_id }) => slot_id)).size).toBe(meetings.length);
  const clashes = await service.store.as('system').execute(
    `select a.id from dialogue.meeting a join dialogue.meeting b on a.id < b.id and a.organisation_number = b.organisation_number
       and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
     where a.cancelled_at is null and b.cancelled_at is null`,
  );
  expect(clashes).toEqual([]);
  // The public record says who has what now, and nothing else.
  const now: { organisation_number: string; slot_now_id: string }[] = await service.store
    .as('system')
    .execute(
      'select organisation_number, slot_now_id from dialogue.meeting_lot where slot_now_id is not null',
    );
  const pairs = (rows: readonly { organisation_number: string }[], slot: 'slot_id' | 'slot_now_id') =>
    rows.map((row) => `${row.organisation_number} ${(row as never)[slot]}`).sort();
  expect(pairs(now, 'slot_now_id')).toEqual(pairs(meetings, 'slot_id'));
});
