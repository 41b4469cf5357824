import { readFile } from 'node:fs/promises';
import { personIdOf } from '@samspill/identity';
import { supergraphFile } from '@samspill/region';
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLObjectType,
  getNamedType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import { type Kysely, sql, type Transaction } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../support/databases.js';
import { startTestRegion, type TestRegion } from '../support/region.js';
import { time } from './actors.js';
import { HIDDEN, HIDE, NOBODY_DID_THIS, type Whose } from './hidden-rows.js';
import { useEverything } from './used.js';

const services = ['tenders', 'suppliers', 'dialogue', 'events'] as const;

/** Tables that have no policy but the service's own, and why nobody else needs one. */
const forTheServiceItself: Record<string, string> = {
  'suppliers.membership': 'what tenders says of roles; read through memberships_of alone',
  'dialogue.membership': 'what tenders says of roles; read through memberships_of alone',
  'events.membership': 'what tenders says of roles; read through memberships_of alone',
  'dialogue.document_lease': 'who is writing or checking a file just now',
  'dialogue.document_removal': 'files that are to go away',
  'dialogue.mail': 'letters that wait to be sent; put there by queue_mail alone',
  'dialogue.meeting_seed': 'whoever knows it before the draw decides the lot',
  'events.certificate': 'whoever knows a code may ask whether it is good, and nobody which there are',
  'events.document_lease': 'who is writing or checking a file just now',
  'events.document_removal': 'files that are to go away',
  'events.mail': 'letters that wait to be sent; put there by queue_mail alone',
  'tenders.migration': 'what the start has done',
  'suppliers.migration': 'what the start has done',
  'dialogue.migration': 'what the start has done',
  'events.migration': 'what the start has done',
};

/** Tables of machines that import, and of nobody else but the service itself. */
const forImporters = ['tenders.announcement_told'];

/** Those on which the roles of people have not even a privilege. */
const untouchable = Object.keys(forTheServiceItself).filter((name) =>
  /\.(mail|document_lease|document_removal)$/.test(name),
);

/** Tables of which not every row is for everybody. All others are read by everybody, or by nobody. */
const restricted = [...Object.keys(HIDDEN), 'tenders.role_grant'];

/** Who is behind a statement, in the words of row-level security. */
const behind = {
  nobody: {},
  officer: {
    grants: 'MEMBER@3118,PROCUREMENT_OFFICER@3118,MEMBER@0124,PROCUREMENT_OFFICER@0124',
    organisations: '920123899',
    person: personIdOf('development', 'officer'),
  },
  administrator: {
    grants: 'MEMBER@3118,ADMINISTRATOR@3118',
    organisations: '920123899',
    person: personIdOf('development', 'administrator'),
  },
  evaluator: {
    grants: 'MEMBER@3118,EVALUATOR@3118',
    organisations: '920123899',
    person: personIdOf('development', 'evaluator'),
  },
  'event host': {
    grants: 'MEMBER@3118,EVENT_HOST@3118',
    organisations: '920123899',
    person: personIdOf('development', 'event-host'),
  },
  'officer of Marker': {
    grants: 'MEMBER@3122,PROCUREMENT_OFFICER@3122',
    organisations: '210000046',
    person: personIdOf('development', 'officer-marker'),
  },
  supplier: { organisations: '310000035', person: personIdOf('development', 'supplier') },
  'another supplier': { organisations: '310000027', person: personIdOf('development', 'supplier-2') },
} satisfies Record<string, { grants?: string; organisations?: string; person?: string }>;
type Behind = keyof typeof behind;

describe.each(databaseKinds)('the %s database alone', (kind) => {
  let region: TestRegion;
  let owner: Kysely<unknown>;

  beforeAll(async () => {
    region = await startTestRegion(kind, { clock: time, work: false });
    owner = region.region.host.database.owner;
    await useEverything(region);
    for (const statement of NOBODY_DID_THIS) await sql.raw(statement).execute(owner);
  });
  afterAll(() => region?.[Symbol.asyncDispose]());

  /** Runs SQL as a role with somebody behind it, and undoes what it did. */
  async function as<T extends object>(role: string, who: Behind, statement: string): Promise<T[]> {
    const undone = new Error('undone');
    let rows: T[] = [];
    const work = async (transaction: Transaction<unknown>) => {
      for (const [name, value] of Object.entries(behind[who])) {
        await sql`select set_config(${`samspill.${name}`}, ${value}, true)`.execute(transaction);
      }
      await sql.raw(`set local role "${role}"`).execute(transaction);
      rows = (await sql.raw<T>(statement).execute(transaction)).rows;
      throw undone;
    };
    await owner
      .transaction()
      .execute(work)
      .catch((error: unknown) => {
        if (error !== undone) throw error;
      });
    return rows;
  }

  const codeOf = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'done',
      (error: { code?: string }) => error.code,
    );

  async function tables(): Promise<
    { schema: string; table: string; isProtected: boolean; policies: string[] }[]
  > {
    const found = await sql<{ schema: string; table: string; isProtected: boolean; policies: string }>`
      select n.nspname as schema, c.relname as table, c.relrowsecurity as "isProtected",
        coalesce((select string_agg(polname, '|' order by polname) from pg_policy where polrelid = c.oid), '') as policies
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname = any (string_to_array(${services.join(',')}, ',')) order by 1, 2`.execute(
      owner,
    );
    return found.rows.map((row) => ({ ...row, policies: row.policies.split('|').filter(Boolean) }));
  }
  const names = async () =>
    (await tables())
      .filter(({ table }) => !table.startsWith('audit_'))
      .map(({ schema, table }) => `${schema}.${table}`);
  const roleOf = (table: string, role: string) => `samspill_${table.split('.')[0]}_${role}`;

  it('has row-level security on every table, and somebody has thought about each', async () => {
    const found = await tables();
    expect(new Set(found.map(({ schema }) => schema))).toEqual(new Set(services));
    expect(found.filter((each) => !each.isProtected)).toEqual([]);
    const unthought = found.filter(({ policies }) =>
      policies.every((policy) => policy === 'the service itself'),
    );
    const named = unthought.map(({ schema, table }) => `${schema}.${table}`);
    expect(named.sort()).toEqual(Object.keys(forTheServiceItself).sort());
  });

  it('gives no role of ours a way round it', async () => {
    const roles = await sql<{ name: string; powers: string }>`
      select rolname as name, concat_ws(' ', case when rolsuper then 'superuser' end, case when rolbypassrls then 'bypassrls' end,
        case when rolcreaterole then 'createrole' end, case when rolcreatedb then 'createdb' end,
        case when rolcanlogin then 'login' end, case when rolreplication then 'replication' end) as powers
      from pg_roles where rolname like 'samspill\\_%'`.execute(owner);
    const ours = roles.rows.filter(({ name }) =>
      /^samspill_(public|(tenders|suppliers|dialogue|events)_\w+)$/.test(name),
    );
    expect(ours.map(({ name }) => name).sort()).toEqual(
      [
        'samspill_public',
        ...services.flatMap((each) =>
          ['public', 'reader', 'system', 'writer'].map((role) => `samspill_${each}_${role}`),
        ),
      ].sort(),
    );
    expect(ours.filter(({ powers }) => powers !== '')).toEqual([]);
    const owned =
      await sql`select c.oid::regclass::text as name, pg_get_userbyid(c.relowner) as owner from pg_class c
      where pg_get_userbyid(c.relowner) like 'samspill\\_%\\_%' and c.relnamespace::regnamespace::text = any (string_to_array(${services.join(',')}, ','))
        and pg_get_userbyid(c.relowner) = any (string_to_array(${ours.map(({ name }) => name).join(',')}, ','))`.execute(
        owner,
      );
    expect(owned.rows).toEqual([]);
    // The public to all is each service's public; nobody else is a member of anybody, least of all of the owner.
    const memberships = await sql<{ name: string }>`
      select pg_get_userbyid(member) || ' > ' || pg_get_userbyid(roleid) as name from pg_auth_members
      where pg_get_userbyid(member) = any (string_to_array(${ours.map(({ name }) => name).join(',')}, ',')) order by 1`.execute(
      owner,
    );
    expect(memberships.rows.map(({ name }) => name)).toEqual(
      [...services].sort().map((each) => `samspill_public > samspill_${each}_public`),
    );
  });

  it('lets no role make or change tables, or run what is the owner’s', async () => {
    for (const service of services) {
      for (const role of ['public', 'reader', 'writer', 'system']) {
        const name = `samspill_${service}_${role}`;
        expect(await codeOf(as(name, 'administrator', `create table ${service}.mine (a int)`)), name).toBe(
          '42501',
        );
        expect(
          await codeOf(
            as(name, 'administrator', `alter table ${service}.membership disable row level security`),
          ),
          name,
        ).toBe('42501');
        expect(
          await codeOf(
            as(
              name,
              'administrator',
              `create or replace function samspill.holds(role text, municipality text) returns boolean language sql return true`,
            ),
          ),
          name,
        ).toBe('42501');
        expect(await codeOf(as(name, 'administrator', `truncate ${service}.membership`)), name).toBe('42501');
      }
    }
  });

  describe('the public', () => {
    it('is who asks when nobody has logged in, from the connection on', async () => {
      for (const { store } of region.region.services) {
        const [row] = await store.fork().execute<{ user: string }[]>('select current_user as user');
        expect(row?.user).toBe('samspill_public');
      }
      region.statements.length = 0;
      const { errors } = await region.query(
        '{ needs { nodes { id } } suppliers { nodes { capabilities { id } } } events { nodes { id } } tenders { nodes { id } } }',
      );
      expect(errors).toBeUndefined();
      expect(region.statements.length).toBeGreaterThan(3);
      expect(region.statements.filter((each) => /set\s+(local\s+)?role|set_config/i.test(each))).toEqual([]);
      // The list can have them: whoever has logged in takes on another role.
      await region.query('{ needs { nodes { id } } }', {}, {}, 'officer');
      expect(region.statements.filter((each) => /role/i.test(each)).length).toBeGreaterThan(0);
    });

    it('writes to nothing', async () => {
      const refusals: Record<string, unknown> = {};
      for (const { schema, table } of await tables()) {
        const name = `${schema}.${table}`;
        for (const role of ['samspill_public', roleOf(name, 'public')]) {
          const column = await firstColumn(name);
          refusals[`${role} ${name}`] = [
            await codeOf(as(role, 'administrator', `insert into ${name} default values`)),
            await codeOf(as(role, 'administrator', `update ${name} set ${column} = ${column}`)),
            await codeOf(as(role, 'administrator', `delete from ${name}`)),
            await codeOf(as(role, 'administrator', `select * from ${name} for update`)),
          ];
        }
      }
      expect(Object.keys(refusals).length).toBeGreaterThan(150);
      const four = ['42501', '42501', '42501', '42501'];
      expect(Object.entries(refusals).filter(([, codes]) => String(codes) !== String(four))).toEqual([]);
    });

    it('is not even told that there is an audit log to read', async () => {
      for (const { schema, table } of (await tables()).filter((each) => each.table.startsWith('audit_'))) {
        expect(
          await codeOf(as('samspill_public', 'administrator', `select * from ${schema}.${table}`)),
          table,
        ).toBe('42501');
      }
    });
  });

  it('shows the public, readers and writers the same rows of all that is not restricted', async () => {
    const differing: Record<string, unknown> = {};
    const unrestricted = (await names()).filter(
      (name) => !restricted.includes(name) && !name.endsWith('.membership') && !untouchable.includes(name),
    );
    for (const name of unrestricted) {
      const [all] = (await sql.raw<{ n: string }>(`select count(*)::text as n from ${name}`).execute(owner))
        .rows;
      const seen = new Set<string | undefined>();
      for (const role of ['public', 'reader', 'writer']) {
        for (const who of ['nobody', 'administrator', 'supplier'] as const) {
          const [row] = await as<{ n: string }>(
            roleOf(name, role),
            who,
            `select count(*)::text as n from ${name}`,
          );
          seen.add(row?.n);
        }
      }
      const expected = name in forTheServiceItself || forImporters.includes(name) ? '0' : all?.n;
      if (String([...seen]) !== expected) differing[name] = [expected, [...seen]];
    }
    expect(unrestricted.length).toBeGreaterThan(10);
    expect(differing).toEqual({});
  });

  it('lets nobody but the service itself so much as ask for its letters and its notes about files', async () => {
    for (const name of untouchable) {
      for (const role of ['public', 'reader', 'writer']) {
        for (const who of ['administrator', 'officer', 'supplier'] as const) {
          const ask = as(roleOf(name, role), who, `select 1 from ${name}`);
          expect(await codeOf(ask), `${name} as ${role}`).toBe('42501');
        }
      }
    }
    expect(untouchable.length).toBe(6);
  });

  it('shows of what is restricted each row to whom it concerns, and to nobody else', async () => {
    await sql`create table public.published as
      select id, announced_at as at from dialogue.market_dialogue union all select id, published_at from events.event`.execute(
      owner,
    );
    for (const statement of HIDE) await sql.raw(statement).execute(owner);
    for (const [name, { rows, key = 'id' }] of Object.entries(HIDDEN)) {
      const hidden = (await sql.raw<{ id: string } & Whose>(rows).execute(owner)).rows;
      expect(hidden.length, `hidden rows in ${name}`).toBeGreaterThan(0);
      const ids = hidden.map(({ id }) => `'${id}'`).join(', ');
      const list = `select (${key})::text as id from ${name} where (${key})::text in (${ids})`;
      const found = async (role: string, who: Behind) =>
        (await as<{ id: string }>(role, who, list)).map(({ id }) => id).sort();
      for (const who of Object.keys(behind) as Behind[]) {
        const theirs = hidden.filter((row) => sees(who, row)).map(({ id }) => id);
        expect(await found(roleOf(name, 'reader'), who), `${name} as ${who}`).toEqual(theirs.sort());
        // Whatever stands behind it, the public's role sees none.
        for (const role of ['samspill_public', roleOf(name, 'public')]) {
          expect(await found(role, who), `${name} as ${role}`).toEqual([]);
        }
      }
    }
    expect(
      (await as('samspill_tenders_reader', 'officer', 'select id from tenders.role_grant')).length,
    ).toBeGreaterThan(0);
    expect(await as('samspill_tenders_reader', 'supplier', 'select id from tenders.role_grant')).toEqual([]);
    await sql`update dialogue.market_dialogue d set announced_at = p.at from public.published p where p.id = d.id`.execute(
      owner,
    );
    await sql`update events.event e set published_at = p.at from public.published p where p.id = e.id`.execute(
      owner,
    );
  });

  it('lets a writer without anybody behind it, or the wrong one, touch no row at all', async () => {
    const touched: Record<string, number> = {};
    for (const name of await names()) {
      const column = await firstColumn(name);
      for (const who of Object.keys(behind) as Behind[]) {
        const writer = roleOf(name, 'writer');
        for (const statement of [
          `update ${name} set ${column} = ${column} returning 1`,
          `delete from ${name} returning 1`,
        ]) {
          // Something that hangs on it may refuse a removal; then it was the writer's to try.
          const rows = await as(writer, who, statement).catch((error: { code?: string }) => {
            if (error.code === '23503') return [{}];
            if (error.code === '42501') return [];
            throw error;
          });
          if (rows.length) touched[`${who}: ${statement.split(' ')[0]} ${name}`] = rows.length;
        }
      }
    }
    const expected = [
      /^officer(?: of Marker)?: (update|delete) dialogue\.need$/,
      /^officer of Marker: (update|delete) dialogue\.need_joining$/,
      /^officer: (update|delete) dialogue\.(market_dialogue|dialogue_activity|dialogue_question|hearing_document)$/,
      /^officer: (update|delete) dialogue\.(overridden_finding|input_conclusion)$/,
      /^officer: update dialogue\.(disclosure|meeting|meeting_round|meeting_slot)$/,
      /^(another )?supplier: update dialogue\.(participant|input|meeting_request)$/,
      /^(officer|supplier): (update|delete) dialogue\.(need_following|dialogue_calendar_link)$/,
      /^supplier: delete dialogue\.document$/,
      /^(another )?supplier: (update|delete) suppliers\.capability$/,
      /^administrator: (update|delete) tenders\.(member|role_grant|membership)$/,
      /^event host: update events\.event$/,
      /^event host: (update|delete) events\.(session|material)$/,
      /^(event host|supplier|another supplier): update events\.registration$/,
      /^(event host|supplier|another supplier): (update|delete) events\.attendee$/,
      /^(officer|administrator|supplier|another supplier|evaluator|event host|officer of Marker): (update|delete) events\.calendar_link$/,
      /^(event host|officer|administrator|evaluator): delete events\.document$/,
    ];
    expect(Object.keys(touched).filter((each) => !expected.some((pattern) => pattern.test(each)))).toEqual(
      [],
    );
    // And each of these does touch something.
    for (const pattern of expected)
      expect(
        Object.keys(touched).some((each) => pattern.test(each)),
        String(pattern),
      ).toBe(true);
  });

  it('lets nobody put something of theirs into somebody else’s hands, or take it', async () => {
    const attempts: [string, Behind, string][] = [
      [
        'dialogue.need',
        'officer',
        `update dialogue.need set municipality_number = '3122' where municipality_number = '3118'`,
      ],
      [
        'dialogue.need',
        'officer',
        `update dialogue.need set municipality_number = null where municipality_number = '3118'`,
      ],
      [
        'suppliers.capability',
        'supplier',
        `update suppliers.capability set organisation_number = '310000027'`,
      ],
      ['suppliers.capability', 'supplier', `update suppliers.capability set organisation_number = null`],
      [
        'dialogue.market_dialogue',
        'officer',
        `update dialogue.market_dialogue set municipality_number = '3122'`,
      ],
      [
        'dialogue.participant',
        'supplier',
        `update dialogue.participant set organisation_number = '310000027'`,
      ],
      ['dialogue.input', 'supplier', `update dialogue.input set organisation_number = '310000027'`],
      [
        'dialogue.meeting',
        'supplier',
        `update dialogue.meeting set slot_id = slot_id where cancelled_at is null`,
      ],
      ['dialogue.disclosure', 'officer', `update dialogue.disclosure set municipality_number = '3122'`],
      [
        'dialogue.need_following',
        'supplier',
        `update dialogue.need_following set person_id = '${behind['another supplier'].person}'`,
      ],
      ['events.event', 'event host', `update events.event set municipality_number = '3122'`],
      ['events.registration', 'supplier', `update events.registration set organisation_number = '310000027'`],
      ['events.registration', 'supplier', `update events.registration set place = place + 1000`],
      ['events.registration', 'supplier', `update events.registration set seats = seats + 1`],
      [
        'events.attendee',
        'supplier',
        `update events.attendee set checked_in_at = now(), check_in_method = 'CODE'`,
      ],
      ['tenders.member', 'administrator', `update tenders.member set municipality_number = '3122'`],
      ['tenders.membership', 'administrator', `update tenders.membership set municipality = '3122'`],
      [
        'tenders.membership',
        'administrator',
        `insert into tenders.membership values ('P-X', '3122', '210000046', '{3122}', '{ADMINISTRATOR}', 1)`,
      ],
    ];
    for (const [name, who, statement] of attempts) {
      expect(await codeOf(as(roleOf(name, 'writer'), who, statement)), statement).toBe('42501');
    }
  });

  // A known defect: the policy of tenders.membership asks for the municipality, and not for the numbers beside it.
  it('lets no administrator give somebody the other numbers of a municipality that is not theirs', async () => {
    // membership decides what somebody may in every service: its numbers become the grants of the next request.
    const statement = `insert into tenders.membership values ('P-X', '3118', '920123899', '{3118,3122}', '{ADMINISTRATOR}', 1)`;
    expect(await codeOf(as('samspill_tenders_writer', 'administrator', statement))).toBe('42501');
  });

  it('shows a service nothing of another', async () => {
    const all = await tables();
    for (const service of services) {
      const others = all.filter(({ schema }) => schema !== service);
      for (const role of ['reader', 'writer', 'system', 'public']) {
        const name = `samspill_${service}_${role}`;
        // Of each table the privileges: the embedded database does not bear some thousand errors.
        const may = await sql<{ name: string }>`select t.name from unnest(string_to_array(${others
          .map(({ schema, table }) => `${schema}.${table}`)
          .join(',')}, ',')) as t (name)
          where has_table_privilege(${name}, t.name, 'select, insert, update, delete, truncate, references, trigger')
            or has_any_column_privilege(${name}, t.name, 'select, insert, update, references')`.execute(
          owner,
        );
        expect(may.rows, name).toEqual([]);
        for (const other of services.filter((each) => each !== service)) {
          const attempt = as(name, 'administrator', `select 1 from ${other}.migration`);
          expect(await codeOf(attempt), `${name} ${other}`).toBe('42501');
        }
      }
    }
    // It would be seen: each has some of its own.
    const own = await sql<{ may: boolean }>`
      select has_table_privilege('samspill_dialogue_writer', 'dialogue.need', 'update') as may`.execute(
      owner,
    );
    expect(own.rows).toEqual([{ may: true }]);
  });

  it('forgets who was behind a statement before the next one', async () => {
    const draft = '{ needs(filter: {status: [DRAFT]}) { totalCount } }';
    const asked = Array.from({ length: 60 }, (_, at) =>
      region.query(draft, {}, {}, at % 2 ? 'officer' : 'public'),
    );
    const answers = await Promise.all(asked);
    const counts = answers.map(({ data }) => data.needs.totalCount as number);
    expect(counts.filter((count, at) => (at % 2 ? count === 0 : count !== 0))).toEqual([]);
    const settings = `select current_user as who, coalesce(current_setting('samspill.grants', true), '') as grants`;
    for (const { store } of region.region.services) {
      expect(await store.fork().execute(settings)).toEqual([{ who: 'samspill_public', grants: '' }]);
    }
  });

  describe('is asked what it should be, whatever stands in an argument', () => {
    const strings = [
      `' or '1'='1`,
      `'; set role none; --`,
      `'; reset role; update dialogue.need set status = 'PUBLISHED'; --`,
      `') or true) --`,
      `%' or status = 'DRAFT' --`,
      `" or 1=1; drop table dialogue.need; --`,
      `$$; select set_config('samspill.grants', 'MEMBER@3118', false); $$`,
      `\\'; select set_config('samspill.grants','MEMBER@3118',false) --`,
      `1; delete from suppliers.capability`,
      `x' union select title from dialogue.need where status = 'DRAFT' --`,
      '?',
      '??',
      '$1',
      ':id',
      '%',
      '_',
      '\\',
      '*:*',
      `a' & 'b`,
      '\u0000',
      '\ud800',
      '{0}',
      '{}',
      '',
    ];

    it('in every text of every query', async () => {
      const before = await everything(owner);
      const { questions, texts } = await questionsWithTexts();
      expect(questions).toBeGreaterThan(10);
      expect(texts.length).toBeGreaterThan(40);
      const faults: unknown[] = [];
      const drafts = await sql<{
        title: string;
      }>`select title from dialogue.need where status = 'DRAFT'`.execute(owner);
      const secrets = drafts.rows.map((row) => row.title);
      for (const { name, query, variables } of texts) {
        for (const text of strings) {
          const answer = await region.query(query, variables(text));
          const told = JSON.stringify(answer.data ?? {});
          const isFault = answer.errors?.some((each) => each.extensions?.code === 'INTERNAL');
          // An error may repeat what the client wrote, and nothing else of the kind.
          const words = (answer.errors ?? []).map(({ message }) => message.replaceAll(text, ''));
          const isLoud = /syntax error|\bselect\b|\bpg_|unterminated|invalid (input|byte)|\.[jt]s:\d/i.test(
            words.join('\n'),
          );
          if (isFault || isLoud || secrets.some((secret) => told.includes(secret)))
            faults.push([name, text, answer.errors]);
        }
      }
      expect(faults.slice(0, 20)).toEqual([]);
      expect(await everything(owner)).toEqual(before);
    });

    it('in the headers and in what somebody may write', async () => {
      for (const text of strings.filter((each) => each.trim() && !['\u0000', '\ud800'].includes(each))) {
        const headers = { 'x-request-id': text, 'accept-language': text };
        const input = {
          municipality: '3118',
          title: text,
          effect: text,
          users: text,
          successCriteria: [text],
        };
        const mutation =
          'mutation ($input: CreateNeedInput!) { createNeed(input: $input) { need { title } userErrors { code } } }';
        const { data, errors } = await region.query(mutation, { input }, headers, 'officer');
        expect(errors, text).toBeUndefined();
        expect(data.createNeed, text).toEqual({ need: { title: text.trim() }, userErrors: [] });
      }
      const { data } = await region.query('{ needs(filter: {status: [DRAFT]}) { totalCount } }');
      expect(data.needs.totalCount).toBe(0);
    });
  });

  async function firstColumn(name: string): Promise<string> {
    const [schema, table] = name.split('.');
    const found = await sql<{ name: string }>`select column_name as name from information_schema.columns
      where table_schema = ${schema} and table_name = ${table} and is_generated = 'NEVER' order by ordinal_position limit 1`.execute(
      owner,
    );
    return `"${found.rows[0]?.name}"`;
  }
});

function sees(who: Behind, { role, municipality, organisation, person }: Whose): boolean {
  const { grants = '', organisations, person: self } = behind[who] as Record<string, string | undefined>;
  return (
    grants.split(',').includes(`${role}@${municipality}`) ||
    (organisation !== null && organisation === organisations) ||
    (person !== null && person === self)
  );
}

/** Everything but the audit logs, as one digest for each table. */
async function everything(owner: Kysely<unknown>): Promise<unknown[]> {
  const tables = await sql<{
    name: string;
  }>`select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('tenders', 'suppliers', 'dialogue', 'events') and tablename not like 'audit\\_%' order by 1`.execute(
    owner,
  );
  const digests = tables.rows.map(
    ({ name }) =>
      `select '${name}' as name, count(*)::text as n, md5(string_agg(md5(t::text), '' order by md5(t::text))) as digest from ${name} t`,
  );
  return (await sql.raw(`${digests.join(' union all ')} order by name`).execute(owner)).rows as unknown[];
}

interface TextQuestion {
  readonly name: string;
  readonly query: string;
  variables(text: string): object;
}

/** One question for each place of each query where a client can write whatever it likes. */
async function questionsWithTexts(): Promise<{ questions: number; texts: TextQuestion[] }> {
  const schema = buildSchema(await readFile(supergraphFile(), 'utf8'), { assumeValidSDL: true });
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  const withTexts = new Set<string>();
  const texts = fields.flatMap((field) =>
    field.args.flatMap((argument) =>
      textsIn(argument).map(({ path, put }) => {
        withTexts.add(field.name);
        const others = field.args.filter(
          (each) => each !== argument && isNonNullType(each.type) && each.defaultValue === undefined,
        );
        const declared = [argument, ...others].map((each) => `$${each.name}: ${each.type}`).join(', ');
        const given = [argument, ...others].map((each) => `${each.name}: $${each.name}`).join(', ');
        return {
          name: `${field.name}(${path})`,
          query: `query (${declared}) { ${field.name}(${given}) ${selection(getNamedType(field.type) as GraphQLObjectType)} }`,
          variables: (text: string) => ({
            ...Object.fromEntries(others.map((each) => [each.name, '3118'])),
            [argument.name]: put(text),
          }),
        };
      }),
    ),
  );
  return { questions: withTexts.size, texts };
}

type Place = { path: string; put: (text: string) => unknown };

function textsIn({ name, type }: Pick<GraphQLArgument, 'name' | 'type'>): Place[] {
  const bare: GraphQLInputType = isNonNullType(type) ? type.ofType : type;
  if (isListType(bare)) {
    return textsIn({ name, type: bare.ofType }).map(({ path, put }) => ({
      path,
      put: (text) => [put(text)],
    }));
  }
  if (isInputObjectType(bare)) {
    return Object.values(bare.getFields()).flatMap((field) =>
      textsIn(field).map(({ path, put }) => ({
        path: `${name}.${path}`,
        put: (text) => ({ [field.name]: put(text) }),
      })),
    );
  }
  const isText =
    isLeafType(bare) && !['Int', 'Float', 'Boolean'].includes(bare.name) && !('getValues' in bare);
  return isText ? [{ path: name, put: (text) => text }] : [];
}

function selection(type: GraphQLObjectType): string {
  const fields = type.getFields();
  if (fields.nodes)
    return `{ totalCount nodes ${selection(getNamedType(fields.nodes.type) as GraphQLObjectType)} }`;
  const leaves = Object.values(fields).filter(
    (field) => isLeafType(getNamedType(field.type)) && field.args.length === 0,
  );
  return `{ __typename ${leaves.map((field) => field.name).join(' ')} }`;
}
