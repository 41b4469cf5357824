import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EventFacts } from '../event/event.js';
import type { Registration } from './registration.js';
import { RegistrationStatus } from './registration.status.js';
import { hours, Place, START, type Who } from './registration.test-support.js';

/** Every state of a registration × every phase of its event × every action × everybody who may turn up. */
let place: Place;
beforeAll(async () => {
  place = await Place.open();
});
afterAll(() => place?.[Symbol.asyncDispose]());
beforeEach(() => place.clock.set(START));

const { CONFIRMED, WAITING, OFFERED, EXPIRED, CANCELLED } = RegistrationStatus;
const offer = { offeredAt: hours(-20), offerExpiresAt: hours(4) };
const STATES: Record<string, Partial<Registration>> = {
  confirmed: { status: CONFIRMED },
  waiting: { status: WAITING },
  offered: { status: OFFERED, ...offer },
  'offered, and the time over': { status: OFFERED, ...offer, offerExpiresAt: START },
  expired: { status: EXPIRED, ...offer, offerExpiresAt: hours(-1) },
  cancelled: { status: CANCELLED, cancelledAt: hours(-1) },
  erased: { status: CONFIRMED, erasedAt: hours(-1) },
};
const [NO, YES, NEVER] = [hours(-48), hours(48), hours(-1)];
const PHASES: Record<string, Partial<EventFacts>> = {
  open: { startsAt: YES, endsAt: hours(50) },
  'closed for registration': { startsAt: YES, endsAt: hours(50), registrationClosesAt: NEVER },
  'on now': { startsAt: NEVER, endsAt: hours(5) },
  held: { startsAt: NO, endsAt: hours(-40) },
  'called off': { startsAt: YES, endsAt: hours(50), cancelledAt: NEVER },
};

type Action = 'rename' | 'reduce' | 'cancel' | 'cancel as host' | 'accept' | 'decline';
const ACTIONS: Record<Action, [mutation: string, more: object]> = {
  rename: ['updateRegistration', { contactName: 'Noen annen' }],
  reduce: ['updateRegistration', { seats: 1, withdraw: ['first'] }],
  cancel: ['cancelRegistration', {}],
  'cancel as host': ['cancelRegistration', { reason: 'Dobbelt' }],
  accept: ['acceptOffer', {}],
  decline: ['declineOffer', {}],
};

/** What those who may try at all get: done, or the code. Written out, and not taken from the rules. */
function expected(action: Action, state: string, phase: string): string {
  if (phase === 'called off') return 'EVENT_CANCELLED';
  if (state === 'erased') return 'PERSONAL_DATA_ERASED';
  if (action === 'accept' || action === 'decline') {
    return {
      confirmed: 'ALREADY_CONFIRMED',
      waiting: 'NOT_OFFERED',
      offered: 'done',
      'offered, and the time over': 'OFFER_EXPIRED',
      expired: 'OFFER_EXPIRED',
      cancelled: 'REGISTRATION_ENDED',
    }[state] as string;
  }
  if (!['confirmed', 'waiting', 'offered'].includes(state)) return 'REGISTRATION_ENDED';
  if (phase === 'open' || phase === 'closed for registration' || action === 'rename') return 'done';
  if (action === 'cancel as host') return phase === 'held' ? 'EVENT_HELD' : 'done';
  return 'EVENT_HAS_BEGUN';
}

/** Offers end when the event begins. */
const exists = (state: string, phase: string) => state !== 'offered' || !['on now', 'held'].includes(phase);

async function registrationIn(state: string, phase: string): Promise<string> {
  const eventId = await place.event({ ...PHASES[phase], capacity: 20 });
  return (await place.given('supplier', eventId, STATES[state])).id;
}

async function attempt(who: Who, action: Action, state: string, phase: string): Promise<string> {
  return attemptAt(await registrationIn(state, phase), who, action);
}

async function attemptAt(id: string, who: Who, action: Action): Promise<string> {
  const [first] = await place.attendeesOf(id);
  const [mutation, more] = ACTIONS[action];
  const input = JSON.parse(JSON.stringify({ id, ...more }).replace('"first"', `"${first?.id ?? 'nobody'}"`));
  const before = await place.contents();
  const answer = await place.does(who, mutation, input, '{ id status }');
  const code = Array.isArray(answer) ? answer[0] : 'done';
  expect((await place.contents()) === before, `${who} changed nothing`).toBe(code !== 'done');
  return code;
}

describe.each(Object.keys(PHASES))('a registration at an event that is %s', (phase) => {
  it.each(Object.keys(STATES).filter((state) => exists(state, phase)))('%s', async (state) => {
    const found: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    for (const action of Object.keys(ACTIONS) as Action[]) {
      const who = action === 'cancel as host' ? 'host' : 'supplier';
      found[action] = await attempt(who, action, state, phase);
      wanted[action] = expected(action, state, phase);
    }
    expect(found).toEqual(wanted);
  });
});

describe.each(['checked', 'left to the database'] as const)('others, with permission %s', (permission) => {
  const strangers: Who[] = ['supplier-2', 'person', 'officer', 'host of Marker', 'machine', 'public'];

  it.each(Object.keys(ACTIONS) as Action[])(
    '%s: are refused in every state, and change nothing',
    async (action) => {
      if (permission !== 'checked') place.leaveItToTheDatabase();
      for (const state of Object.keys(STATES)) {
        for (const who of strangers) {
          const code = await attempt(who, action, state, 'open');
          const refusal =
            who === 'public' ? 'UNAUTHENTICATED' : who === 'machine' ? 'FORBIDDEN' : 'NOT_FOUND';
          expect(code, `${who} ${state}`).toBe(permission === 'checked' ? refusal : 'NOT_FOUND');
        }
      }
    },
  );

  it('who act for the organisation may do what whoever registered may', async () => {
    if (permission !== 'checked') place.leaveItToTheDatabase();
    for (const action of ['rename', 'reduce', 'cancel'] as const) {
      expect(await attempt('colleague', action, 'confirmed', 'open')).toBe('done');
    }
    expect(await attempt('colleague', 'accept', 'offered', 'open')).toBe('done');
    expect(await attempt('host', 'accept', 'offered', 'open')).toBe('done');
  });
});

describe('registering', () => {
  const PHASES_TO_REGISTER: [string, Partial<EventFacts>, string][] = [
    ['a draft', { publishedAt: null }, 'NOT_FOUND'],
    ['without registration', { registrationOpensAt: null }, 'REGISTRATION_NOT_OPEN'],
    ['before it opens', { registrationOpensAt: hours(1) }, 'REGISTRATION_NOT_OPEN'],
    ['open', {}, 'done'],
    ['past the deadline', { registrationClosesAt: START }, 'REGISTRATION_CLOSED'],
    ['on now', { startsAt: START, endsAt: hours(1) }, 'REGISTRATION_CLOSED'],
    ['held', { startsAt: NO, endsAt: hours(-40) }, 'REGISTRATION_CLOSED'],
    ['called off', { cancelledAt: START }, 'EVENT_CANCELLED'],
  ];

  it.each(PHASES_TO_REGISTER)('at an event that is %s', async (_phase, facts, wanted) => {
    const eventId = await place.event(facts);
    for (const who of ['supplier', 'person', 'host'] as const) {
      const before = await place.contents();
      const answer = await place.registers(who, eventId);
      expect(Array.isArray(answer) ? answer[0] : 'done', who).toBe(wanted);
      expect((await place.contents()) === before).toBe(wanted !== 'done');
    }
  });

  it.each(['checked', 'left to the database'] as const)(
    'is for whoever has logged in, and for nobody else’s organisation, with permission %s',
    async (permission) => {
      const eventId = await place.event();
      if (permission !== 'checked') place.leaveItToTheDatabase();
      const before = await place.contents();
      const theirs = { organisationNumber: '310000035', organisationName: 'Øyeren AS' };
      for (const who of ['supplier-2', 'person', 'host', 'officer', 'host of Marker'] as const) {
        expect(await place.registers(who, eventId, 2, theirs), who).toEqual(['FORBIDDEN']);
      }
      for (const who of ['public', 'machine'] as const) {
        const code = who === 'public' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
        expect(await place.registers(who, eventId), who).toEqual([code]);
        expect(await place.registers(who, eventId, 2, theirs), who).toEqual([code]);
      }
      expect(await place.contents()).toBe(before);
    },
  );
});
