import { randomUUID } from 'node:crypto';
import { verifyChain } from '@samspill/audit';
import { personas } from '@samspill/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../support/databases.js';
import { eventually } from '../support/programs.js';
import { personaToken } from '../support/tokens.js';
import { type Question, time } from './actors.js';
import { draftOfEvent } from './operations/events.js';
import { type AskAs, codeFor, actors as everyone, verdicts } from './who-may-do-what.js';
import { type Actor, INDRE_OSTFOLD, MARKER, OYEREN, personIdOfPersona, World } from './world.js';

const SERVICES = ['tenders', 'suppliers', 'dialogue', 'events'] as const;

interface Entry {
  readonly service: string;
  readonly operation: string;
  readonly outcome: string;
  readonly code: string | null;
  readonly actor_kind: string;
  readonly person_id: string | null;
  readonly client_id: string | null;
  readonly organisations: string[];
  readonly roles: string[];
  readonly login_level: string | null;
  readonly object_type: string | null;
  readonly object_id: string | null;
  readonly owner_municipality: string | null;
  readonly owner_organisation: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

const mutations = Object.keys(verdicts).filter((field) => field.startsWith('Mutation.'));
/**
 * What a change leaves of an object: digests of it before and afterwards, of one of them, or of neither. Where the
 * change is to something that hangs on the object, and the object itself is as it was, both are the same.
 */
type Trace = '-+' | '++' | '+-' | '--' | '==';
/** The objects that a mutation tells of. Of a person's own addresses and interests not even a digest is kept. */
const traces: Record<string, Record<string, Trace>> = {
  createNeed: { Need: '-+' },
  updateNeed: { Need: '++' },
  publishNeed: { Need: '++' },
  discardNeed: { Need: '+-' },
  closeNeed: { Need: '++' },
  addClarification: { Need: '==' },
  overrideFinding: { Need: '++' },
  linkNeed: { Need: '==', Procurement: '--' },
  followNeed: { NeedFollowing: '--' },
  unfollowNeed: { NeedFollowing: '--' },
  joinNeed: { NeedJoining: '-+' },
  leaveNeed: { NeedJoining: '+-' },
  createCapability: { Capability: '-+' },
  updateCapability: { Capability: '++' },
  publishCapability: { Capability: '++' },
  removeCapability: { Capability: '+-' },
  importNotices: { Notice: '-+' },
  grantRole: { Member: '-+' },
  revokeRole: { Member: '++' },
  eraseMember: { Member: '++' },
  eraseMyPersonalData: { Person: '--' },
  createEvent: { Event: '-+' },
  updateEvent: { Event: '++' },
  publishEvent: { Event: '++' },
  cancelEvent: { Event: '++' },
  addSession: { Session: '-+', Event: '==' },
  updateSession: { Session: '++', Event: '++' },
  removeSession: { Session: '+-', Event: '++' },
  createEventDocument: { Document: '-+' },
  publishMaterial: { Material: '-+', Document: '++' },
  removeMaterial: { Material: '+-' },
  createCalendarLink: { CalendarLink: '--' },
  revokeCalendarLink: { CalendarLink: '--' },
  registerForEvent: { Registration: '-+' },
  updateRegistration: { Registration: '++' },
  cancelRegistration: { Registration: '++' },
  acceptOffer: { Registration: '++' },
  declineOffer: { Registration: '++' },
  eraseAttendee: { Registration: '++' },
  checkIn: { Registration: '++' },
  checkInByHand: { Registration: '++' },
  undoCheckIn: { Registration: '++' },
  addWalkIn: { Registration: '-+' },
  createMarketDialogue: { MarketDialogue: '-+' },
  updateMarketDialogue: { MarketDialogue: '++' },
  setDialogueActivities: { MarketDialogue: '++' },
  setDialogueQuestions: { MarketDialogue: '++' },
  discardMarketDialogue: { MarketDialogue: '+-' },
  announceMarketDialogue: { MarketDialogue: '++', Need: '++' },
  openMarketDialogue: { MarketDialogue: '++' },
  extendMarketDialogue: { MarketDialogue: '++' },
  cancelMarketDialogue: { MarketDialogue: '++' },
  closeMarketDialogue: { MarketDialogue: '++' },
  summariseMarketDialogue: { DialogueSummary: '-+', MarketDialogue: '++' },
  addToSummary: { SummaryAddition: '-+' },
  disclose: { Disclosure: '-+' },
  publishDisclosure: { Disclosure: '++' },
  publishDisclosures: { Disclosure: '++' },
  publishHearingDocument: { HearingDocument: '-+' },
  joinMarketDialogue: { DialogueParticipant: '-+' },
  leaveMarketDialogue: { DialogueParticipant: '++' },
  createDialogueDocument: { Document: '-+' },
  submitInput: { MarketInput: '-+' },
  replaceInput: { MarketInput: '-+' },
  // What it said stands as it was, and is audited with the digest of its submission.
  withdrawInput: { MarketInput: '--' },
  commentOnDraft: { MarketInput: '-+' },
  concludeInput: { MarketInput: '-+' },
  createMeetingRound: { MeetingRound: '-+' },
  addSlots: { MeetingRound: '==' },
  removeSlot: { MeetingRound: '==' },
  cancelMeetingRound: { MeetingRound: '++' },
  drawMeetings: { MeetingRound: '++', Meeting: '-+' },
  requestMeeting: { MeetingRequest: '-+' },
  withdrawMeetingRequest: { MeetingRequest: '++' },
  cancelMeeting: { Meeting: '++' },
  moveMeeting: { Meeting: '++' },
  recordMinutes: { Meeting: '++' },
  commentOnMinutes: { Meeting: '++' },
  createDialogueCalendarLink: { DialogueCalendarLink: '--' },
  revokeDialogueCalendarLink: { DialogueCalendarLink: '--' },
};
/** What belongs to neither a municipality nor a supplier: nobody but the service's operators reads of it. */
const NOBODYS = ['CalendarLink', 'DialogueCalendarLink', 'NeedFollowing', 'Notice', 'Person', 'Procurement'];

describe.each(databaseKinds)('the audit log of what people do, on %s', (kind) => {
  let world: World;
  beforeAll(async () => {
    world = await World.open(kind, { clock: time, work: false });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  const entriesWhere = async (condition: string): Promise<Entry[]> =>
    (await world.sql(
      `${SERVICES.map(
        (
          service,
        ) => `select '${service}' as service, e.sequence, operation, outcome, code, actor_kind, p.person_id, client_id,
          organisations, roles, login_level, object_type, object_id, owner_municipality, owner_organisation,
          encode(before_digest, 'hex') as before, encode(after_digest, 'hex') as after
        from ${service}.audit_entry e left join ${service}.audit_person p on p.reference = e.actor_reference
        where ${condition}`,
      ).join('\nunion all ')} order by service, sequence`,
    )) as unknown as Entry[];

  /** Asks under a request id of its own, and gives what that has left in the logs. */
  const leavesOf = async (actor: Actor, query: string, variables: object = {}) => {
    const id = `audit-${randomUUID()}`;
    const answer = await world.ask(actor, query, variables, { 'x-request-id': id });
    return { answer, entries: await entriesWhere(`request_id = '${id}'`) };
  };
  const asPerson = async (subject: string, query: string, variables: object = {}, claims = {}) =>
    world.place.query(query, variables, {
      authorization: `Bearer ${await personaToken('officer', { sub: subject, ...claims })}`,
    });
  const as: AskAs = async (who, query, variables) =>
    world.place.query(query, variables, await everyone[who]());
  /** A mutation with something to do it to, and somebody who may. */
  const attemptAt = async (field: string) => {
    const [verdict] = verdicts[field] ?? [];
    if (!verdict) throw new Error(`Nobody has said who may do ${field}.`);
    const question = await verdict.ask(as);
    return { verdict, actor: verdict.admitted[0] as Actor, ...question };
  };
  const total = async () => (await entriesWhere('true')).length;

  it.each(mutations)('%s leaves who did it, for whom, and what it did', async (field) => {
    const operation = field.replace('Mutation.', '');
    const { actor, query, variables } = await attemptAt(field);
    await world.settled();
    const id = `audit-${randomUUID()}`;
    const answer = await world.ask(actor, query, variables, { 'x-request-id': id });
    expect(answer.errors).toBeUndefined();
    // Whoever wants to be forgotten is, once every service has heard of it; the wish stays, and is nobody's.
    await world.settled();
    const entries = await entriesWhere(`request_id = '${id}'`);
    const isForgotten = operation === 'eraseMyPersonalData';
    const persona = personas.find(({ id }) => id === actor);
    expect(entries.length).toBeGreaterThan(0);
    const found: Record<string, Set<string>> = {};
    for (const entry of entries) {
      const isDone = entry.outcome === 'DONE';
      expect(entry).toMatchObject({
        operation,
        // What is given back, and is not for everybody, has been read.
        outcome: isDone ? 'DONE' : 'READ',
        code: null,
        actor_kind: persona ? 'PERSON' : 'SERVICE',
        person_id: persona && !isForgotten ? personIdOfPersona(actor) : null,
        client_id: persona ? null : 'test',
        organisations: persona?.organisation ? [persona.organisation.number] : [],
        roles: [...(persona?.roles ?? [])].sort().map((role) => `${role}@${persona?.municipality}`),
        login_level: persona ? 'HIGH' : null,
        object_type: expect.any(String),
        object_id: expect.any(String),
      });
      const type = String(entry.object_type);
      if (NOBODYS.includes(type)) {
        expect([entry.owner_municipality, entry.owner_organisation], type).toEqual([null, null]);
      } else if (persona?.municipality) expect(entry.owner_municipality).toBe(persona.municipality);
      else if (persona?.organisation) expect(entry.owner_organisation).toBe(persona.organisation.number);
      else expect(entry.owner_municipality).toBe(INDRE_OSTFOLD);
      const isSame = entry.before !== null && entry.before === entry.after;
      const digests = isSame ? '==' : `${entry.before ? '+' : '-'}${entry.after ? '+' : '-'}`;
      if (isDone) found[type] = (found[type] ?? new Set()).add(digests);
      else expect(digests, type).toBe('--');
    }
    const traced = Object.fromEntries(
      Object.entries(found).map(([type, each]) => [type, [...each].join(' ')]),
    );
    expect(traced, 'digests before and after').toEqual(traces[operation]);
  });

  it.each(mutations)('%s leaves that it was refused, and to whom', async (field) => {
    const operation = field.replace('Mutation.', '');
    for (const [actor, name] of [
      ['person', 'person'],
      ['public', 'public'],
      ['machine without scopes', 'machine'],
    ] as const) {
      const { verdict, query, variables } = await attemptAt(field);
      const code = codeFor(verdict, name);
      // A person may do some of it, and of some there is nothing for them.
      if (actor === 'person' && (code === null || code === 'NOTHING')) continue;
      const { answer, entries } = await leavesOf(actor, query, variables);
      expect(answer.errors?.[0]?.extensions?.code).toBe(code);
      expect(entries).toEqual([
        expect.objectContaining({
          operation,
          outcome: 'REFUSED',
          code,
          actor_kind: actor === 'person' ? 'PERSON' : actor === 'public' ? 'PUBLIC' : 'SERVICE',
          person_id: actor === 'person' ? personIdOfPersona('person') : null,
          before: null,
          after: null,
        }),
      ]);
    }
  });

  it('knows of the attempt to read colleagues, and to follow their trail', async () => {
    const members = await leavesOf('supplier', '{ members(municipality: "3118") { totalCount } }');
    expect(members.entries).toEqual([
      expect.objectContaining({ operation: 'members', outcome: 'REFUSED', code: 'FORBIDDEN' }),
    ]);
    const trail = await leavesOf(
      'officer',
      '{ members(municipality: "3118", first: 1) { nodes { auditTrail { totalCount } } } }',
    );
    expect(trail.entries).toContainEqual(
      expect.objectContaining({ operation: 'Member.auditTrail', outcome: 'REFUSED', code: 'FORBIDDEN' }),
    );
  });

  it('names the draft that somebody tried to publish without the role', async () => {
    const { id } = await world.draft(INDRE_OSTFOLD);
    const { entries } = await leavesOf(
      'evaluator',
      'mutation ($id: ID!) { publishNeed(input: { id: $id }) { need { id } } }',
      { id },
    );
    expect(entries).toEqual([expect.objectContaining({ outcome: 'REFUSED', object_id: id })]);
  });

  describe('reading what is not for everybody', () => {
    const READS: Record<string, [Actor, query: string, variables: () => object, type: string]> = {
      'a draft by its id': [
        'evaluator',
        'query ($id: ID!) { need(id: $id) { title } }',
        () => ({ id: world.ids.draft }),
        'Need',
      ],
      'drafts in a list': [
        'officer',
        '{ needs(filter: { status: [DRAFT] }) { nodes { id } } }',
        () => ({}),
        'Need',
      ],
      'a draft of a procurement': [
        'administrator',
        'query ($id: ID!) { procurement(id: $id) { needs { title } } }',
        () => ({ id: world.ids.procurementOfDraft }),
        'Need',
      ],
      'a draft of a municipality in Marker': [
        'officer-marker',
        '{ needs(filter: { status: [DRAFT] }) { nodes { title } } }',
        () => ({}),
        'Need',
      ],
      'a draft of a supplier': [
        'supplier',
        'query ($n: OrganisationNumber!) { supplier(organisationNumber: $n) { capabilities { cpv } } }',
        () => ({ n: OYEREN }),
        'Capability',
      ],
      colleagues: [
        'contract-manager',
        '{ members(municipality: "3118", first: 2) { nodes { roles } } }',
        () => ({}),
        'Member',
      ],
    };

    it.each(Object.keys(READS))('leaves an entry for every row: %s', async (what) => {
      const [actor, query, variables, type] = READS[what] as (typeof READS)[string];
      const { answer, entries: all } = await leavesOf(actor, query, variables());
      // Beside the rows it may say that something was asked for that is not for everybody.
      const entries = all.filter(({ object_id }) => object_id !== null);
      expect(all.every(({ outcome }) => outcome === 'READ')).toBe(true);
      expect(answer.errors).toBeUndefined();
      expect(entries.length).toBeGreaterThan(0);
      expect(new Set(entries.map(({ object_id }) => object_id)).size).toBe(entries.length);
      for (const entry of entries) {
        expect(entry).toMatchObject({
          outcome: 'READ',
          person_id: personIdOfPersona(actor),
          login_level: 'HIGH',
          object_type: type,
          object_id: expect.any(String),
        });
        expect(entry.owner_municipality ?? entry.owner_organisation).toBe(
          { Capability: OYEREN }[type] ?? (actor === 'officer-marker' ? MARKER : INDRE_OSTFOLD),
        );
      }
    });

    const asked = (field: string) => verdicts[field]?.[0]?.ask as (as: AskAs) => Promise<Question>;
    const OBJECTS: Record<string, [Actor, ask: (as: AskAs) => Promise<Question>, type: string]> = {
      'a draft of an event': ['evaluator', draftOfEvent, 'Event'],
      'registrations, as a host': ['event-host', asked('Event.registrations'), 'Registration'],
      'those who take part, as a host': ['event-host', asked('Attendance.attendees'), 'Registration'],
      'one’s own registrations': ['supplier', asked('Query.myRegistrations'), 'Registration'],
      'an input before the summary': ['contract-manager', asked('Query.marketInput'), 'MarketInput'],
      'an input of one’s own': ['supplier', asked('Query.marketInput'), 'InputReceipt'],
      'a meeting': ['evaluator', asked('Query.meeting'), 'Meeting'],
    };

    it.each(Object.keys(OBJECTS))('leaves who read it, and whose it is: %s', async (what) => {
      const [actor, ask, type] = OBJECTS[what] as (typeof OBJECTS)[string];
      const { query, variables } = await ask(as);
      const { answer, entries: all } = await leavesOf(actor, query, variables);
      const entries = all.filter(({ object_id }) => object_id !== null);
      expect(answer.errors).toBeUndefined();
      expect(entries.map(({ object_type }) => object_type)).toContain(type);
      for (const entry of entries) {
        expect(entry).toMatchObject({ outcome: 'READ', person_id: personIdOfPersona(actor), before: null });
        if (NOBODYS.includes(String(entry.object_type))) continue;
        expect([INDRE_OSTFOLD, OYEREN]).toContain(entry.owner_municipality ?? entry.owner_organisation);
      }
    });

    it('comes first: what cannot be recorded is not told', async () => {
      await world.sql(`create function dialogue.no_reads() returns trigger language plpgsql as
        $$ begin if new.outcome = 'READ' then raise 'the log is full'; end if; return new; end $$`);
      await world.sql(
        'create trigger no_reads before insert on dialogue.audit_entry for each row execute function dialogue.no_reads()',
      );
      try {
        const answer = await world.ask('officer', 'query ($id: ID!) { need(id: $id) { title } }', {
          id: world.ids.draft,
        });
        expect(JSON.stringify(answer)).not.toContain('Uteområder');
        expect(JSON.stringify(answer)).not.toContain('the log is full');
        expect(answer.errors?.[0]?.extensions?.code).toBe('INTERNAL');
      } finally {
        await world.sql('drop trigger no_reads on dialogue.audit_entry');
        await world.sql('drop function dialogue.no_reads()');
      }
      const again = await world.ask('officer', 'query ($id: ID!) { need(id: $id) { title } }', {
        id: world.ids.draft,
      });
      expect(again.data.need.title).toContain('Uteområder');
    });

    it('is recorded as well when it is what a mutation gives back', async () => {
      const [changed, sibling] = [await world.draft(INDRE_OSTFOLD), await world.draft(INDRE_OSTFOLD)];
      await world.sql(
        `update dialogue.need set procurement_id = (select procurement_id from dialogue.need where id = '${changed.id}') where id = '${sibling.id}'`,
      );
      const one = `updateNeed(input: { id: $id, volume: $v }) { need { procurement { needs { id title } } } }`;
      const reads = (entries: Entry[]) =>
        entries.filter(({ outcome }) => outcome === 'READ').map(({ object_id }) => object_id);
      const single = await leavesOf('officer', `mutation ($id: ID!, $v: String!) { ${one} }`, {
        id: changed.id,
        v: '1',
      });
      expect(JSON.stringify(single.answer)).toContain(sibling.title);
      expect(reads(single.entries)).toContain(sibling.id);
      // Another mutation in the same request: what the first one showed has been read all the same.
      const other = await world.draft(INDRE_OSTFOLD);
      const double = await leavesOf(
        'officer',
        `mutation ($id: ID!, $v: String!, $other: ID!) { ${one} second: updateNeed(input: { id: $other, volume: $v }) { need { id } } }`,
        { id: changed.id, v: '2', other: other.id },
      );
      expect(JSON.stringify(double.answer)).toContain(sibling.title);
      expect(reads(double.entries)).toContain(sibling.id);
    });
  });

  it('holds nothing about what is for everybody, and the public pays nothing for it', async () => {
    const before = await total();
    const queries = [
      '{ needs(first: 3) { nodes { id title municipality { name } } } }',
      '{ suppliers(first: 3) { nodes { name capabilities { cpv description } } } }',
      '{ tenders(first: 3) { nodes { title } } me { kind } }',
    ];
    for (const query of queries) {
      for (const actor of ['public', 'person', 'supplier-2'] as const) {
        if (actor === 'supplier-2' && query.includes('capabilities')) continue;
        world.place.statements.length = 0;
        const answer = await world.ask(actor, query);
        expect(answer.errors).toBeUndefined();
        const statements = [...world.place.statements];
        if (actor !== 'public') continue;
        expect(statements.length).toBeGreaterThan(0);
        // No transaction, no role to take on, no log: one statement for each list.
        expect(statements.filter((sql) => !/^(\[query\] )?select /i.test(plain(sql)))).toEqual([]);
        expect(statements.filter((sql) => /audit|set_config|memberships_of|samspill/.test(sql))).toEqual([]);
      }
    }
    expect(await total()).toBe(before);
    world.place.statements.length = 0;
    await world.ask('public', '{ needs(first: 3) { nodes { id title } } }');
    expect(world.place.statements).toHaveLength(1);
  });

  it('keeps nothing of a change that fails half way, and no change without its entries', async () => {
    const create = (title: string) =>
      leavesOf(
        'officer',
        'mutation ($t: String!) { createNeed(input: { municipality: "3118", title: $t, effect: "e", users: "u", successCriteria: ["c"] }) { need { id } } }',
        { t: title },
      );
    const stored = async (title: string) =>
      (await world.sql(`select 1 from dialogue.need where title = '${title}'`)).length;
    const failures = {
      'the row is refused': [
        'dialogue.need',
        'create trigger fails before insert on dialogue.need for each row',
      ],
      'the end of the transaction fails, after the log was written': [
        'dialogue.need',
        'create constraint trigger fails after insert on dialogue.need deferrable initially deferred for each row',
      ],
      'the log cannot be written': [
        'dialogue.audit_entry',
        'create trigger fails before insert on dialogue.audit_entry for each row',
      ],
      'the message cannot be sent': ['messages.job', null],
    } as const;
    for (const [what, [on, trigger]] of Object.entries(failures)) {
      const title = world.unique('halvveis');
      const messages = await world.sql(
        `select count(*)::int as n from messages.job where name like '%procurement-started%'`,
      );
      if (trigger) {
        await world.sql(
          `create function dialogue.fails() returns trigger language plpgsql as $$ begin raise 'half way'; end $$`,
        );
        await world.sql(`${trigger} execute function dialogue.fails()`);
      } else {
        await world.sql('revoke insert on all tables in schema messages from samspill_dialogue_writer');
      }
      let made: Awaited<ReturnType<typeof create>>;
      try {
        made = await create(title);
      } finally {
        if (trigger) {
          await world.sql(`drop trigger fails on ${on}`);
          await world.sql('drop function dialogue.fails()');
        } else {
          await world.sql('grant insert on all tables in schema messages to samspill_dialogue_writer');
        }
      }
      expect(made.answer.errors, what).toHaveLength(1);
      expect(JSON.stringify(made.answer), what).not.toContain('half way');
      expect(await stored(title), what).toBe(0);
      expect(
        made.entries.filter(({ outcome }) => outcome === 'DONE'),
        what,
      ).toEqual([]);
      expect(
        await world.sql(
          `select count(*)::int as n from messages.job where name like '%procurement-started%'`,
        ),
        what,
      ).toEqual(messages);
    }
    const title = world.unique('hel');
    const { entries } = await create(title);
    expect(await stored(title)).toBe(1);
    expect(entries.map(({ outcome }) => outcome)).toEqual(['DONE']);
  });

  it('tells a supplier what was done with what is its own, but not who it was', async () => {
    const { id } = await world.capability(OYEREN, { published: true });
    const { data } = await world.ask(
      'supplier',
      '{ supplier(organisationNumber: "310000035") { capabilities { id auditTrail { nodes { operation actorKind personId organisations before after } } } } }',
    );
    const { nodes } = data.supplier.capabilities.find((each: { id: string }) => each.id === id).auditTrail;
    expect(nodes.map(({ operation }: { operation: string }) => operation)).toContain('publishCapability');
    for (const node of nodes)
      expect(node).toMatchObject({ actorKind: 'PERSON', personId: null, organisations: [OYEREN] });
    const trail = await world.ask(
      'administrator',
      'query ($id: ID!) { need(id: $id) { auditTrail { totalCount nodes { operation outcome personId requestId } } } }',
      { id: (await world.draft(INDRE_OSTFOLD)).id },
    );
    expect(trail.data.need.auditTrail.nodes).toContainEqual(
      expect.objectContaining({
        operation: 'createNeed',
        outcome: 'DONE',
        personId: personIdOfPersona('officer'),
      }),
    );
  });

  it('forgets a person in all four services, and stays whole', async () => {
    const subject = `glemmes-${kind}`;
    const personId = personIdOfPersona(subject);
    const role = { municipality: INDRE_OSTFOLD, personId, role: 'PROCUREMENT_OFFICER' };
    await world.ask(
      'administrator',
      'mutation ($i: GrantRoleInput!) { grantRole(input: $i) { member { id } } }',
      {
        i: { ...role, displayName: 'Gløym Meg' },
      },
    );
    await world.settled();
    const created = await asPerson(
      subject,
      'mutation { createNeed(input: { municipality: "3118", title: "glemt", effect: "e", users: "u", successCriteria: ["c"] }) { need { id } } }',
    );
    expect(created.errors).toBeUndefined();
    await asPerson(subject, '{ members(municipality: "3118") { totalCount nodes { id } } }');
    await asPerson(
      subject,
      'mutation { createCapability(input: { organisationNumber: "310000035", cpv: "45331000" }) { capability { id } } }',
    );
    const known = async () =>
      (await world.sql(
        SERVICES.map(
          (service) => `select '${service}' as service,
            (select count(*)::int from ${service}.audit_person where person_id = '${personId}') as acts,
            (select count(*)::int from ${service}.membership where person_id = '${personId}') as roles`,
        ).join(' union all '),
      )) as { service: string; acts: number; roles: number }[];
    const knownBefore = await known();
    expect(knownBefore.map(({ roles }) => roles)).toEqual([1, 1, 1, 1]);
    expect(knownBefore.filter(({ acts }) => acts > 0).map(({ service }) => service)).toEqual([
      'tenders',
      'suppliers',
      'dialogue',
    ]);
    const i = { municipality: INDRE_OSTFOLD, personId };
    const erase =
      'mutation ($i: EraseMemberInput!) { eraseMember(input: $i) { member { id personId displayName } userErrors { code } } }';
    expect((await world.ask('administrator', erase, { i })).data.eraseMember.userErrors).toEqual([
      { code: 'ROLES_STILL_HELD' },
    ]);
    await world.ask(
      'administrator',
      'mutation ($i: RevokeRoleInput!) { revokeRole(input: $i) { member { id } } }',
      { i: { ...role, reason: 'sluttet' } },
    );
    const erased = await world.ask('administrator', erase, { i });
    expect(erased.data.eraseMember).toMatchObject({
      member: { personId: null, displayName: null },
      userErrors: [],
    });
    await world.settled();
    expect(await known()).toEqual(SERVICES.map((service) => ({ service, acts: 0, roles: 0 })));
    // What was done is still there, by nobody.
    const [act] = await entriesWhere(
      `object_id = '${created.data.createNeed.need.id}' and operation = 'createNeed'`,
    );
    expect(act).toMatchObject({ actor_kind: 'PERSON', person_id: null, organisations: ['920123899'] });
    const everything = await world.sql(
      SERVICES.flatMap((service) =>
        ['audit_entry', 'audit_person', 'membership'].map(
          (each) => `select t::text as text from ${service}.${each} t`,
        ),
      ).join(' union all ') +
        ' union all select t::text from tenders.member t union all select t::text from tenders.role_grant t',
    );
    for (const { text } of everything) {
      expect(text).not.toContain(personId);
      expect(text).not.toContain('Gløym');
    }
  });

  it('forgets a person for the municipality that asks, and not the roles that another one has given', async () => {
    const subject = `delt-${kind}`;
    const personId = personIdOfPersona(subject);
    // Marker gets an administrator; the demo gives it none.
    for (const service of SERVICES) {
      await world.sql(
        `update ${service}.membership set roles = roles || '{ADMINISTRATOR}' where person_id = '${personIdOfPersona('officer-marker')}'`,
      );
    }
    const grant =
      'mutation ($i: GrantRoleInput!) { grantRole(input: $i) { member { roles } userErrors { code } } }';
    const inMarker = {
      municipality: MARKER,
      personId,
      role: 'PROCUREMENT_OFFICER',
      displayName: 'Delt Stilling',
    };
    expect((await world.ask('officer-marker', grant, { i: inMarker })).errors).toBeUndefined();
    const inOstfold = { municipality: INDRE_OSTFOLD, personId, role: 'EVALUATOR' };
    await world.ask('administrator', grant, { i: { ...inOstfold, displayName: 'Delt Stilling' } });
    await world.settled();
    const forMarker = {
      authorization_details: [
        {
          type: 'ansattporten:altinn:resource',
          authorized_parties: [{ orgno: { authority: 'iso6523-actorid-upis', ID: '0192:210000046' } }],
        },
      ],
    };
    const me = async () =>
      (await asPerson(subject, '{ me { memberships { municipalityNumber roles } } }', {}, forMarker)).data.me
        .memberships;
    expect(await me()).toEqual([{ municipalityNumber: MARKER, roles: ['PROCUREMENT_OFFICER'] }]);
    await world.ask(
      'administrator',
      'mutation ($i: RevokeRoleInput!) { revokeRole(input: $i) { member { id } } }',
      { i: { ...inOstfold, reason: 'sluttet' } },
    );
    const erased = await world.ask(
      'administrator',
      'mutation ($i: EraseMemberInput!) { eraseMember(input: $i) { userErrors { code } } }',
      {
        i: { municipality: INDRE_OSTFOLD, personId },
      },
    );
    expect(erased).toEqual({ data: { eraseMember: { userErrors: [] } } });
    await world.settled();
    expect(await me()).toEqual([{ municipalityNumber: MARKER, roles: ['PROCUREMENT_OFFICER'] }]);
  });

  it('takes a role back at once in tenders, and within five seconds everywhere', async () => {
    const subject = `trekkes-${kind}`;
    const i = {
      municipality: INDRE_OSTFOLD,
      personId: personIdOfPersona(subject),
      role: 'PROCUREMENT_OFFICER',
    };
    await world.ask(
      'administrator',
      'mutation ($i: GrantRoleInput!) { grantRole(input: $i) { member { id } } }',
      { i: { ...i, displayName: 'Trekkes' } },
    );
    await world.settled();
    const create =
      'mutation { createNeed(input: { municipality: "3118", title: "t", effect: "e", users: "u", successCriteria: ["c"] }) { need { id } } }';
    expect((await asPerson(subject, create)).errors).toBeUndefined();
    const drafts = '{ needs(filter: { status: [DRAFT] }) { totalCount } }';
    expect((await asPerson(subject, drafts)).data.needs.totalCount).toBeGreaterThan(0);
    await world.ask(
      'administrator',
      'mutation ($i: RevokeRoleInput!) { revokeRole(input: $i) { member { id } } }',
      { i: { ...i, reason: 'sluttet' } },
    );
    const since = performance.now();
    expect((await asPerson(subject, '{ me { memberships { roles } } }')).data).toEqual({
      me: { memberships: [] },
    });
    const members = await asPerson(subject, '{ members(municipality: "3118") { totalCount } }');
    expect(members.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    await eventually(
      async () => (await asPerson(subject, create)).errors?.[0]?.extensions?.code === 'FORBIDDEN',
      { patience: 5_000, every: 50, what: 'dialogue to know' },
    );
    expect((await asPerson(subject, drafts)).data).toEqual({ needs: { totalCount: 0 } });
    expect(performance.now() - since).toBeLessThan(5_000);
  });

  it('holds no name, no token and no e-mail address, and is whole after all of this', async () => {
    const rows = await world.sql(
      SERVICES.flatMap((service) =>
        ['audit_entry', 'audit_head', 'audit_person', 'audit_checkpoint'].map(
          (each) => `select '${service}.${each}' as name, t::text as text from ${service}.${each} t`,
        ),
      ).join(' union all '),
    );
    expect(rows.length).toBeGreaterThan(100);
    const names = [
      ...personas.flatMap(({ name }) => [name, ...name.split(' ')]),
      'Kollega',
      'Gløym',
      'Delt',
      'Trekkes',
    ];
    const found = rows.filter(
      ({ text }) =>
        names.some((name) => new RegExp(`\\b${name}\\b`).test(String(text))) ||
        /eyJ[\w-]{8}|bearer|[\w.]+@[\w-]+\.[a-z]{2,}/i.test(String(text)),
    );
    expect(found).toEqual([]);
    for (const service of world.place.region.services) {
      const system = service.store.as('system');
      const verdict = await verifyChain((statement) => system.execute(statement), service.name);
      expect(verdict.break, service.name).toBeNull();
      expect(verdict.entries, service.name).toBeGreaterThan(0);
    }
  });
});

it('a role that is taken back stays so when a clock is behind', async () => {
  let now = Date.parse('2026-11-02T08:00:00Z');
  await using world = await World.open('embedded', { clock: { now: () => new Date(now) } });
  const personId = personIdOfPersona('skjev');
  const grant = (role: string) =>
    world.ask(
      'administrator',
      'mutation ($i: GrantRoleInput!) { grantRole(input: $i) { userErrors { code } } }',
      {
        i: { municipality: INDRE_OSTFOLD, personId, role, displayName: 'Skjev' },
      },
    );
  await grant('PROCUREMENT_OFFICER');
  now += 10_000;
  await grant('OPENER');
  // Another replica, whose clock is five seconds behind.
  now -= 5_000;
  const revoked = await world.ask(
    'administrator',
    'mutation ($i: RevokeRoleInput!) { revokeRole(input: $i) { member { roles } userErrors { code } } }',
    { i: { municipality: INDRE_OSTFOLD, personId, role: 'PROCUREMENT_OFFICER', reason: 'sluttet' } },
  );
  expect(revoked).toEqual({ data: { revokeRole: { member: { roles: ['OPENER'] }, userErrors: [] } } });
  const token = await personaToken('officer', { sub: 'skjev' });
  const me = await world.place.query(
    '{ me { memberships { roles } } }',
    {},
    { authorization: `Bearer ${token}` },
  );
  expect(me.data.me.memberships).toEqual([{ roles: ['OPENER'] }]);
});

/** A statement as MikroORM logs it, without the colours and what stands around it. */
function plain(sql: string): string {
  return sql.replace(/^\[query\]\s*/, '').trim();
}
