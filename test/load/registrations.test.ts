import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ASSERTION_HEADER, assertionSigner, type Identity, personIdOf, serviceKey } from '@samspill/identity';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { emptyDatabase, type TestDatabase } from '../support/databases.js';
import { organisation } from '../support/notices.js';
import { eventually, freePorts, killGroup, type RunningProgram, startProgram } from '../support/programs.js';

const SEATS = 100;
const REQUESTS = 500;
const COMPANIES = 60;
/** How many have been answered when one of the two is killed. */
const KILLED_AFTER = 150;
const EVENT = 'under-load';

const gatewayKey = new Uint8Array(randomBytes(32));
const signer = assertionSigner({ key: gatewayKey });
const companies = Array.from({ length: COMPANIES }, (_, at) => organisation(600_001 + at, `Firma ${at} AS`));

let database: TestDatabase;
let pool: pg.Pool;
let directory: string;
const instances: { readonly url: string; readonly program: RunningProgram; isAlive: boolean }[] = [];

beforeAll(async () => {
  database = await emptyDatabase('postgresql');
  pool = new pg.Pool({ connectionString: database.options.databaseUrl, max: 3 });
  directory = mkdtempSync(join(tmpdir(), 'samspill-load-'));
  const port = await freePorts(2);
  // One after the other: the first makes the tables.
  for (const at of [0, 1]) {
    const program = startProgram('services/events/dist/main.js', [], {
      environment: {
        ...database.environment,
        PORT: String(port + at),
        DATA_DIR: directory,
        ASSERTION_KEYS: Buffer.from(serviceKey(gatewayKey, 'events')).toString('base64url'),
      },
    });
    const url = `http://127.0.0.1:${port + at}`;
    instances.push({ url, program, isAlive: true });
    await eventually(async () => (await fetch(`${url}/health/ready`).catch(() => null))?.ok, {
      what: `instance ${at}`,
    });
  }
  await pool.query(
    `insert into events.event (id, title, description, kind, published_at, registration_opens_at, starts_at, ends_at,
       online, capacity, seats_taken, organiser, municipality_number, offer_hours, updated_at)
     values ($1, 'Dialogkonferanse', 'x', 'CONFERENCE', now(), now() - interval '1 hour', now() + interval '9 days',
       now() + interval '10 days', false, $2, 0, 'Indre Østfold kommune', '3118', 1, now())`,
    [EVENT, SEATS],
  );
});

afterAll(async () => {
  for (const { program } of instances) killGroup(program.child);
  await Promise.all(instances.map(({ program }) => program.ended));
  await pool?.end();
  await database?.[Symbol.asyncDispose]();
  if (directory) rmSync(directory, { recursive: true, force: true });
});

interface Client {
  readonly number: number;
  readonly identity: Identity;
  readonly input: Record<string, unknown>;
  readonly seats: number;
}

/** One in five for themselves; the others for a company, one to four seats. */
function clientNumber(number: number): Client {
  const isPrivate = number % 5 === 0;
  const company = companies[number % COMPANIES] as (typeof companies)[number];
  const seats = isPrivate ? 1 : 1 + (number % 4);
  const contact = { contactName: `Person ${number}`, contactEmail: `person${number}@eksempel.no` };
  return {
    number,
    seats,
    identity: {
      kind: 'PERSON',
      issuer: 'development',
      personId: personIdOf('development', `load-${number}`),
      organisations: isPrivate ? [] : [company.organisationNumber as string],
      level: 'HIGH',
    },
    input: {
      ...{ eventId: EVENT, seats, clientKey: randomUUID(), ...contact },
      ...(!isPrivate && { organisationNumber: company.organisationNumber, organisationName: company.name }),
    },
  };
}

interface Found {
  readonly registration: { readonly id: string; readonly status: string } | null;
  readonly userErrors: readonly { readonly code: string }[];
}

let repeated = 0;

/** What a front end does: asks one of the instances, and repeats the request elsewhere when there is no answer. */
async function mutate(client: Client, mutation: string, type: string, input: object): Promise<Found> {
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { registration { id status } userErrors { code } } }`;
  const body = JSON.stringify({ query, variables: { input } });
  for (let attempt = 0; attempt < 20; attempt++) {
    const alive = instances.filter((each) => each.isAlive);
    const { url } = alive[(client.number + attempt) % alive.length] as (typeof alive)[number];
    const sent = signer.sign({ service: 'events', identity: client.identity, body });
    const headers = { 'content-type': 'application/json', [ASSERTION_HEADER]: sent };
    try {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.timeout(40_000),
      });
      const { data, errors } = (await response.json()) as { data?: Record<string, Found>; errors?: object[] };
      if (data?.[mutation]) return data[mutation];
      throw new Error(JSON.stringify(errors));
    } catch (error) {
      // An answer that says why is not to be repeated, and no part of this test.
      if (error instanceof Error && error.message.startsWith('[')) throw error;
      repeated++;
      await delay(50);
    }
  }
  throw new Error(`${mutation} had no answer.`);
}

const registers = (client: Client) =>
  mutate(client, 'registerForEvent', 'RegisterForEventInput', client.input);
const cancels = (client: Client, id: string) =>
  mutate(client, 'cancelRegistration', 'CancelRegistrationInput', { id });
const answers = (client: Client, yes: boolean, id: string) =>
  mutate(client, yes ? 'acceptOffer' : 'declineOffer', 'AnswerOfferInput', { id });

interface Row {
  readonly id: string;
  readonly person_id: string;
  readonly seats: number;
  readonly status: string;
  readonly place: number;
  readonly registered: number;
  readonly offered: number | null;
  readonly cancelled: number | null;
  readonly waited: boolean;
}

/** All registrations; times in milliseconds, and whether there was a letter that they have to wait. */
const rows = async (): Promise<Row[]> =>
  (
    await pool.query<Row>(
      `select id, person_id, seats, status, place::int as place,
         extract(epoch from registered_at)::float8 * 1000 as registered,
         extract(epoch from offered_at)::float8 * 1000 as offered,
         extract(epoch from cancelled_at)::float8 * 1000 as cancelled,
         exists (select from events.mail where about_id = registration.id and template = 'registration-waiting') as waited
       from events.registration where event_id = $1 order by place`,
      [EVENT],
    )
  ).rows;

/** What must hold at every moment, as one snapshot sees it. */
async function seatsNow(): Promise<{ taken: number; held: number; people: number }> {
  const { rows: found } = await pool.query(
    `select seats_taken as taken,
       (select coalesce(sum(seats), 0)::int from events.registration where event_id = $1 and status in ('CONFIRMED', 'OFFERED')) as held,
       (select count(*)::int from events.attendee a join events.registration r on r.id = a.registration_id
         where r.event_id = $1 and r.status in ('CONFIRMED', 'OFFERED')) as people
     from events.event where id = $1`,
    [EVENT],
  );
  return found[0];
}

it('500 for 100 seats, with cancellations between and one of two instances killed: never oversold, nobody passed, nobody lost', {
  timeout: 100_000,
}, async () => {
  const clients = Array.from({ length: REQUESTS }, (_, at) => clientNumber(at));
  const known = new Map<number, string>();
  const left = new Set<string>();
  let answered = 0;
  let isOver = false;

  const snapshots: { taken: number; held: number; people: number }[] = [];
  const watching = (async () => {
    while (!isOver) {
      snapshots.push(await seatsNow());
      await delay(25);
    }
  })();

  const run = async (client: Client) => {
    const { registration, userErrors } = await registers(client);
    expect(userErrors).toEqual([]);
    const { id, status } = registration as NonNullable<Found['registration']>;
    known.set(client.number, id);
    if (++answered === KILLED_AFTER) {
      const [, victim] = instances;
      if (victim) {
        killGroup(victim.program.child);
        victim.isAlive = false;
      }
    }
    // One in three of those with seats gives them up, and one in ten of those who wait leaves.
    const leaves = status === 'CONFIRMED' ? client.number % 3 === 0 : client.number % 10 === 7;
    if (!leaves) return;
    await delay(client.number % 40);
    const cancelled = await cancels(client, id);
    // Repeated after the instance that had done it was killed, it has been done.
    const codes = cancelled.userErrors.map(({ code }) => code);
    expect(codes.length === 0 || codes[0] === 'REGISTRATION_ENDED', codes.join()).toBe(true);
    left.add(id);
  };
  await Promise.all(clients.map(run));
  expect((await instances[1]?.program.ended)?.signal).toBe('SIGKILL');

  // Those who were offered seats answer, some with no; some never do, and their time runs out.
  for (let round = 0; round < 6; round++) {
    const offered = (await rows()).filter(({ status }) => status === 'OFFERED');
    if (offered.length === 0) break;
    await Promise.all(
      offered.map(async ({ id }, at) => {
        const client = clients.find(({ number }) => known.get(number) === id) as Client;
        if (at % 4 === 3) {
          await pool.query(
            `update events.registration set offer_expires_at = offered_at + interval '1 millisecond' where id = $1 and status = 'OFFERED'`,
            [id],
          );
          return;
        }
        await answers(client, at % 4 !== 2, id);
      }),
    );
    await eventually(
      async () => {
        const late = await pool.query(
          `select 1 from events.registration where status = 'OFFERED' and offer_expires_at <= now() limit 1`,
        );
        return late.rows.length === 0;
      },
      { what: 'the worker to pass on what nobody answered' },
    );
  }
  isOver = true;
  await watching;

  // Never oversold, and the count is what it counts, at every moment that somebody looked.
  expect(snapshots.length).toBeGreaterThan(50);
  for (const { taken, held, people } of snapshots) {
    expect(taken).toBeLessThanOrEqual(SEATS);
    expect([held, people]).toEqual([taken, taken]);
  }

  // Nobody is lost, and nobody is there twice, however often they asked.
  const all = await rows();
  expect(all).toHaveLength(REQUESTS);
  for (const client of clients) {
    const { personId } = client.identity as { personId: string };
    const own = all.filter((row) => row.person_id === personId);
    expect(own.map(({ id, seats }) => [id, seats])).toEqual([[known.get(client.number), client.seats]]);
  }
  expect(all.filter(({ id, status }) => left.has(id) && status !== 'CANCELLED')).toEqual([]);
  const { rows: letters } = await pool.query(
    `select about_id, count(*) filter (where template in ('registration-confirmed', 'registration-waiting')) as first
     from events.mail group by about_id`,
  );
  expect(letters).toHaveLength(REQUESTS);

  // The order of the line is that of the requests.
  expect(all.map(({ place }) => place)).toEqual(all.map((_, at) => at + 1));
  for (const [at, row] of all.entries()) {
    const earlier = all.slice(0, at);
    if (at > 0) expect(row.registered).toBeGreaterThanOrEqual(earlier.at(-1)?.registered as number);
    // When it was given seats, everybody before it had been, or had left; all of it under one lock.
    const given = row.waited ? row.offered : row.registered;
    if (given === null) continue;
    const passed = earlier.filter(
      (each) =>
        each.waited &&
        !(each.offered !== null && each.offered <= given) &&
        !(each.cancelled !== null && each.cancelled <= given),
    );
    expect(passed, `those whom ${row.place} passed`).toEqual([]);
  }

  // Nothing is kept back: whoever is first does not fit.
  const [first] = all.filter(({ status }) => status === 'WAITING');
  const { taken } = await seatsNow();
  expect(first?.seats ?? SEATS).toBeGreaterThan(SEATS - taken);
  expect(all.some(({ status }) => status === 'EXPIRED')).toBe(true);
  expect(all.filter(({ waited }) => waited).length).toBeGreaterThan(REQUESTS / 2);
  expect(repeated, 'requests that had no answer from the instance that was killed').toBeGreaterThan(0);
});
