import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { everybody, type Identity, personas, scopes } from '@samspill/identity';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Dice } from '../support/dice.js';
import { generate, type Manner } from '../support/operation-generator.js';
import type { Values } from '../support/operation-values.js';
import { SEED } from '../support/seed.js';
import { time } from './actors.js';
import { NOBODY_DID_THIS } from './hidden-rows.js';
import { useEverything } from './used.js';
import {
  type Actor,
  actors,
  asOwner,
  INDRE_OSTFOLD,
  MARKER,
  MYSEN,
  OYEREN,
  personIdOfPersona,
  World,
} from './world.js';

/** `OPERATIONS=12000` looks longer, `SEED=random` at others. */
const OPERATIONS = Number(process.env.OPERATIONS ?? 4_000);
/** Each document is asked so often, every time by somebody else and with other arguments: planning one costs most. */
const TIMES = 8;

const schema = buildSchema(
  readFileSync(fileURLToPath(new URL('../../gateway/supergraph.graphql', import.meta.url)), 'utf8'),
  { assumeValid: true, assumeValidSDL: true },
);

/** Who may see which canary. */
const colleagues: readonly Actor[] = [
  'officer',
  'evaluator',
  'contract-manager',
  'administrator',
  'event-host',
];
const mayKnow: Record<string, readonly Actor[]> = {
  '3118': colleagues,
  '3122': ['officer-marker'],
  [OYEREN]: ['supplier'],
  [MYSEN]: ['supplier-2'],
  'member-3118': colleagues,
  'member-3122': ['officer-marker'],
  'log-3118': ['administrator'],
  [`log-${OYEREN}`]: ['supplier'],
  [`log-${MYSEN}`]: ['supplier-2'],
  // Of what is led here: Øyeren has registered, answered and been told something, Mysen has had a meeting.
  'event-3118': colleagues,
  'dialogue-3118': colleagues,
  attendee: ['officer', 'event-host', 'supplier'],
  follower: ['supplier'],
  secret: ['officer', 'supplier'],
  told: [...colleagues, 'supplier'],
  minutes: [...colleagues, 'supplier-2'],
};

/** Each of these a run must have reached to say anything, */
const RAREST = ['3118', '3122', OYEREN, MYSEN, 'member-3118'];
/** and some of these, each of which is found in the test before; here they are together what one need is. */
const OF_LED = ['event-3118', 'dialogue-3118', 'attendee', 'follower', 'secret', 'told', 'minutes'];

/** Where the canaries of what is led here sit; what they sit in must be the same afterwards. */
const PLANTED = [
  `update events.event set title = 'canary:event-3118' where published_at is null and municipality_number in ('3118', '0124')`,
  `update dialogue.market_dialogue set title = 'canary:dialogue-3118' where announced_at is null and municipality_number in ('3118', '0124')`,
  `update events.attendee set name = 'canary:attendee' where organisation_number = '${OYEREN}'`,
  `update dialogue.need_following set email = 'canary:follower' where organisation_number = '${OYEREN}'`,
  `update dialogue.trade_secret set text = 'canary:secret' where organisation_number = '${OYEREN}'`,
  `insert into dialogue.disclosure select (jsonb_populate_record(null::dialogue.disclosure,
    to_jsonb(d) || jsonb_build_object('id', 'told', 'number', number + 1, 'text', 'canary:told'))).*
    from dialogue.disclosure d where id = 'disclosure-1'`,
  `update dialogue.meeting_minutes set text = 'canary:minutes' where organisation_number = '${MYSEN}'`,
];
const LED = {
  'events.attendee': 'name',
  'dialogue.need_following': 'email',
  'dialogue.trade_secret': 'text',
  'dialogue.disclosure': 'text',
  'dialogue.meeting_minutes': 'text',
};

const identityOf = (actor: Actor): Identity => {
  if (actor === 'public') return everybody;
  if (actor === 'importer' || actor === 'machine without scopes') {
    const own = actor === 'importer' ? [scopes.importNotices] : [];
    return { kind: 'SERVICE', issuer: 'test-tools', clientId: actor, organisation: null, scopes: own };
  }
  const organisation = personas.find(({ id }) => id === actor)?.organisation;
  return {
    kind: 'PERSON',
    issuer: 'development',
    personId: personIdOfPersona(actor),
    organisations: organisation ? [organisation.number] : [],
    level: 'HIGH',
  };
};

let world: World;
/** What carries a canary: it must be the same afterwards. */
let guarded: { needs: string[]; capabilities: string[]; persons: string[] };
/** What may be changed and removed as anybody likes. */
let throwAway: { needs: string[]; capabilities: string[]; persons: string[] };
let others: Record<
  'procurement' | 'dialogue' | 'event' | 'tender' | 'notice' | 'need' | 'meeting' | 'meetingRound' | 'input',
  string[]
>;
/** The dialogues and events in which there are canaries. */
let led: { dialogues: string[]; events: string[] };

beforeAll(async () => {
  world = await World.open('embedded', { clock: time, work: false });
  await useEverything(world.place);
  for (const statement of [...NOBODY_DID_THIS, ...PLANTED]) await world.sql(statement);
  guarded = { needs: [], capabilities: [], persons: personas.map(({ id }) => personIdOfPersona(id)) };
  throwAway = { needs: [], capabilities: [], persons: [] };
  const run = async (actor: Actor, log: string, operation: string, answer: string, input: object) => {
    const type = `${operation[0]?.toUpperCase()}${operation.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) { ${operation}(input: $input) { ${answer} userErrors { code } } }`;
    const headers = { 'x-request-id': `canary:${log}` };
    const { data, errors } = await world.place.query(query, { input }, headers, actor);
    expect(errors).toBeUndefined();
    expect(data[operation].userErrors).toEqual([]);
    return data[operation];
  };
  const need = async (actor: Actor, municipality: string, canary: string) => {
    const words = `kanarifugl ${canary}`;
    const texts = {
      title: words,
      effect: words,
      users: words,
      successCriteria: [words, words],
      volume: words,
    };
    const created = await run(actor, `log-${municipality}`, 'createNeed', 'need { id }', {
      municipality,
      ...texts,
    });
    return created.need.id as string;
  };
  for (let n = 0; n < 4; n++) {
    guarded.needs.push(await need('officer', INDRE_OSTFOLD, 'canary:3118'));
    guarded.needs.push(await need('officer-marker', MARKER, 'canary:3122'));
    throwAway.needs.push(
      await need('officer', INDRE_OSTFOLD, 'uten'),
      await need('officer-marker', MARKER, 'uten'),
    );
  }
  for (const [actor, organisationNumber] of [
    ['supplier', OYEREN],
    ['supplier-2', MYSEN],
  ] as const) {
    const capability = async (description: string) => {
      const input = { organisationNumber, cpv: '45331000', description };
      return (await run(actor, `log-${organisationNumber}`, 'createCapability', 'capability { id }', input))
        .capability.id as string;
    };
    for (let n = 0; n < 4; n++) {
      guarded.capabilities.push(await capability(`canary:${organisationNumber}`));
      throwAway.capabilities.push(await capability('uten'));
    }
  }
  for (let n = 0; n < 4; n++) {
    const personId = personIdOfPersona(`throw-away-${n}`);
    const names = { displayName: 'canary:member-3118', reason: 'canary:member-3118' };
    const role = { municipality: INDRE_OSTFOLD, personId, role: 'OPENER' };
    await run('administrator', 'log-3118', 'grantRole', 'member { id }', { ...role, ...names });
    throwAway.persons.push(personId);
  }
  // The names of the personas are restricted like any other; nobody administers Marker, so these are written directly.
  await asOwner(
    world.place,
    `update tenders.member set display_name = 'canary:member-' || municipality_number || ' ' || display_name where display_name not like 'canary%'`,
  );
  await asOwner(
    world.place,
    `update tenders.role_grant g set reason = 'canary:member-' || m.municipality_number from tenders.member m where m.id = g.member_id`,
  );
  await asOwner(
    world.place,
    `update dialogue.need set title = title || ' canary:' || municipality_number where status = 'DRAFT' and title not like 'kanarifugl%'`,
  );
  const ids = async (sql: string) => (await world.sql(sql)).map(({ id }) => String(id));
  others = {
    need: await ids(`select id from dialogue.need where status <> 'DRAFT' or title like '%canary%'`),
    procurement: await ids(
      'select procurement_id as id from dialogue.need union select id from tenders.procurement limit 60',
    ),
    dialogue: await ids('select id from dialogue.market_dialogue'),
    event: await ids('select id from events.event'),
    tender: await ids('select id from tenders.tender limit 40'),
    notice: await ids('select id from tenders.notice limit 40'),
    meeting: await ids('select id from dialogue.meeting'),
    meetingRound: await ids('select id from dialogue.meeting_round'),
    input: await ids('select id from dialogue.input'),
  };
  led = {
    dialogues: await ids(`select dialogue_id as id from dialogue.meeting_minutes
      union select dialogue_id from dialogue.trade_secret union select dialogue_id from dialogue.disclosure`),
    events: await ids(`select event_id as id from events.attendee where name like 'canary%'`),
  };
  await world.settled();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const CPV = ['45331000', '33100000', '90911200', '80000000'];
const TEXTS = [
  'canary',
  'kanarifugl',
  'skole',
  'rullestol',
  'leke OR vinter',
  'a',
  '"alle barn"',
  'Magnus',
  'x',
];

/** Real ids and numbers, among them those of objects that whoever asks must not see. */
const values =
  (actor: Actor): Values =>
  (path, type, dice) => {
    const [operation = '', ...rest] = path.split('.');
    const at = rest.at(-1);
    const mine = mayKnow['3118']?.includes(actor) || actor === 'officer-marker';
    if (type === 'MunicipalityNumber')
      return dice.pick([INDRE_OSTFOLD, INDRE_OSTFOLD, MARKER, MARKER, '0124', '0138', '3001']);
    if (type === 'OrganisationNumber')
      return dice.pick([OYEREN, OYEREN, MYSEN, MYSEN, '920123899', '210000046']);
    if (type === 'Int') return at === 'first' ? dice.pick([1, 2, 3]) : 1;
    // Whoever is forgotten takes the canaries along.
    if (operation === 'eraseMyPersonalData') return false;
    if (type === 'Boolean') return dice.chance(0.5);
    if (type === 'CpvCode') return dice.pick(CPV);
    if (type === 'NutsCode') return dice.pick(['NO083', 'NO082']);
    if (type === 'DateTime')
      return dice.pick(['2017-01-01T00:00:00Z', '2020-01-01T00:00:00Z', '2027-01-01T00:00:00Z']);
    if (type === 'Date') return dice.pick(['2017-01-01', '2027-01-01']);
    if (type === 'Money') return { amount: String(dice.below(1_000_000)), currency: 'NOK' };
    if (at === 'cpv') return dice.pick(CPV);
    if (type === 'String') return dice.pick(TEXTS);
    if (at === 'personId') {
      // An administrator who takes the personas' roles away would leave the rest of the run without actors.
      return dice.pick(
        actor === 'administrator' ? throwAway.persons : [...guarded.persons, ...throwAway.persons],
      );
    }
    if (/Need$/.test(operation))
      return dice.pick(mine ? throwAway.needs : [...guarded.needs, ...throwAway.needs]);
    if (/Capability$/.test(operation)) {
      const isSupplier = actor === 'supplier' || actor === 'supplier-2';
      return dice.pick(
        isSupplier ? throwAway.capabilities : [...guarded.capabilities, ...throwAway.capabilities],
      );
    }
    if (operation === 'need') return dice.pick([...guarded.needs, ...throwAway.needs, ...others.need]);
    const pools: Record<string, string[]> = {
      procurement: others.procurement,
      marketDialogue: dice.chance(0.5) ? led.dialogues : others.dialogue,
      event: dice.chance(0.5) ? led.events : others.event,
      meeting: others.meeting,
      meetingRound: others.meetingRound,
      marketInput: others.input,
      tender: others.tender,
      notice: others.notice,
    };
    return dice.pick(pools[operation] ?? [...guarded.needs, ...guarded.capabilities]);
  };

/** Roots that lead to what is not for everybody, the more often the less there is of it. */
const RESTRICTED = [
  ...['needs', 'needs', 'needs', 'need', 'supplier', 'supplier', 'supplier', 'members', 'members'],
  ...['procurement', 'municipality'],
  ...['events', 'event', 'event', 'myRegistrations', 'marketDialogues', 'marketDialogue', 'marketDialogue'],
  ...['marketInput', 'meeting', 'meetingRound', 'myFollowedNeeds'],
];

/** Fields that lead to what is not for everybody, and those that would tell it. */
const MANNER: Manner = {
  roots: RESTRICTED,
  mutations: 0.03,
  preferred: {
    leading: [
      ...[
        'needs',
        'capabilities',
        'auditTrail',
        'grants',
        'grantedBy',
        'nodes',
        'edges',
        'node',
        'suppliers',
      ],
      ...['registrations', 'myRegistrations', 'attendance', 'attendees', 'inputs', 'ledger', 'meetingRounds'],
      ...['meetings', 'minutes', 'comments', 'receipt', 'participants'],
    ],
    telling: [
      ...['title', 'effect', 'description', 'displayName', 'reason', 'requestId'],
      ...['name', 'contactName', 'text', 'tradeSecret', 'email'],
    ],
  },
};

const MACHINERY =
  /\n\s+at |node_modules|\.[jt]s:\d+|syntax error at|violates row-level|\bfrom "?(tenders|dialogue|suppliers|events)"?\.|samspill_\w+_(public|reader|writer|system)/i;

it('there is a canary of every kind to be found, by those who know where to look and may', async () => {
  const own =
    '{ supplier(organisationNumber: "$") { capabilities { description auditTrail { nodes { requestId } } } } }';
  const trail = 'auditTrail(first: 200) { nodes { requestId } }';
  const found = new Map<string, Set<string>>();
  for (const actor of actors) {
    for (const query of [
      `{ needs(filter: { status: [DRAFT] }, first: 200) { nodes { title ${trail} } } }`,
      '{ needs(filter: { status: [DRAFT] }, first: 200) { nodes { title } } }',
      own.replace('$', OYEREN),
      own.replace('$', MYSEN),
      '{ members(municipality: "3118") { nodes { displayName grants { reason } } } }',
      '{ members(municipality: "3122") { nodes { displayName grants { reason } } } }',
      '{ events(filter: { status: [DRAFT] }, first: 200) { nodes { title } } }',
      '{ marketDialogues(filter: { status: [DRAFT] }, first: 200) { nodes { title } } }',
      '{ myFollowedNeeds { nodes { email } } }',
      ...led.events.map(
        (id) =>
          `{ event(id: "${id}") { myRegistrations { attendees { name } } registrations { nodes { attendees { name } } } } }`,
      ),
      ...led.dialogues.map(
        (id) => `{ marketDialogue(id: "${id}") { ledger { nodes { text } } inputs { nodes { tradeSecret } }
          meetingRounds { meetings { nodes { minutes { text } } } } } }`,
      ),
    ]) {
      const answer = await world.place.region.gateway.execute({ query }, {}, identityOf(actor));
      for (const [, canary = ''] of JSON.stringify(answer).matchAll(/canary:([\w-]+)/g)) {
        found.set(canary, (found.get(canary) ?? new Set()).add(actor));
      }
    }
  }
  expect(Object.fromEntries([...found].map(([canary, by]) => [canary, [...by].sort()]))).toEqual(
    Object.fromEntries(Object.entries(mayKnow).map(([canary, by]) => [canary, [...by].sort()])),
  );
});

it(`no answer to any of ${OPERATIONS} generated operations tells somebody what is somebody else’s (SEED=${SEED})`, async () => {
  const dice = new Dice(SEED);
  const rightful: Record<string, number> = {};
  const tally = { answered: 0, refused: 0, mutations: 0 };
  const state = () =>
    world.sql(
      `select md5(string_agg(t::text, '' order by t::text)) as digest from dialogue.need t where title like '%canary:%'
       union all select md5(string_agg(t::text, '' order by t::text)) from suppliers.capability t where description like '%canary:%'
       ${Object.entries(LED)
         .map(
           ([table, column]) =>
             `union all select md5(string_agg(t::text, '' order by t::text)) from ${table} t where ${column} like '%canary:%'`,
         )
         .join(' ')}
       union all select md5(string_agg(t::text, '' order by t::text)) from tenders.membership t where person_id in (${guarded.persons.map((each) => `'${each}'`)})`,
    );
  const before = await state();
  const sumOf = (counts: readonly (number | undefined)[]) =>
    counts.reduce<number>((sum, each) => sum + (each ?? 0), 0);
  const reached = () => ({
    rarest: Math.min(...RAREST.map((canary) => rightful[canary] ?? 0)),
    ofLed: sumOf(OF_LED.map((canary) => rightful[canary])),
    all: sumOf(Object.values(rightful)),
  });
  // Until enough canaries have been reached, by those whose they are: before that, none could have got out.
  const isEnough = () => {
    const { rarest, ofLed, all } = reached();
    return rarest > OPERATIONS / 5_000 && ofLed > OPERATIONS / 240 && all > OPERATIONS / 40;
  };
  let done = 0;
  while (done < OPERATIONS || (!isEnough() && done < 5 * OPERATIONS)) {
    const generated = generate(schema, dice, MANNER);
    const asked = Array.from({ length: TIMES }, () => {
      const actor = dice.pick(actors);
      return { actor, variables: generated.variables(values(actor), dice) };
    });
    const answers = await Promise.all(
      asked.map(({ actor, variables }) =>
        world.place.region.gateway.execute(
          { query: generated.query, variables },
          { 'accept-language': 'en' },
          identityOf(actor),
        ),
      ),
    );
    answers.forEach((answer, at) => {
      const { actor, variables } = asked[at] as (typeof asked)[number];
      const told = JSON.stringify(answer);
      const explained = () =>
        `SEED=${SEED}\n${actor} asked ${generated.query}\nwith ${JSON.stringify(variables)}\nand was told ${told.slice(0, 2_000)}`;
      for (const [, canary] of told.matchAll(/canary:([\w-]+)/g)) {
        if (!mayKnow[canary as string]?.includes(actor))
          expect.fail(`A canary of ${canary} got out. ${explained()}`);
        rightful[canary as string] = (rightful[canary as string] ?? 0) + 1;
      }
      if (told.includes('"INTERNAL"') || MACHINERY.test(told))
        expect.fail(`An error of ours. ${explained()}`);
      tally[answer.errors ? 'refused' : 'answered'] += 1;
      if (generated.query.startsWith('mutation')) tally.mutations += 1;
    });
    done += TIMES;
  }
  console.info(`SEED=${SEED}`, { ...tally, rightful });
  expect(isEnough(), JSON.stringify(reached())).toBe(true);
  expect(tally.answered).toBeGreaterThan(done / 3);
  expect(tally.mutations).toBeGreaterThan(done / 100);
  await world.settled();
  expect(await state(), 'what carries a canary has been changed').toEqual(before);
}, 600_000);
