import { randomUUID } from 'node:crypto';
import { type Verdict, verifyChain } from '@samspill/audit';
import { personas, personIdOf } from '@samspill/identity';
import { definitions, serviceNamed, settled } from '@samspill/region';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { databaseKinds } from '../support/databases.js';
import { competition, fileOf, organisation } from '../support/notices.js';
import { type Answer, startTestRegion, type TestRegion } from '../support/region.js';
import { authorization } from '../support/tokens.js';

/** An entry of a service's log, as it lies in the database. */
interface Entry {
  sequence: number;
  request_id: string;
  actor_kind: string;
  client_id: string | null;
  organisations: string[];
  roles: string[];
  login_level: string | null;
  operation: string;
  outcome: string;
  code: string | null;
  object_type: string | null;
  object_id: string | null;
  owner_municipality: string | null;
  owner_organisation: string | null;
  before: string | null;
  after: string | null;
  person_id: string | null;
}

type ServiceName = (typeof definitions)[number]['name'];
const services = definitions.map(({ name }) => name);
const DIGEST = /^[0-9a-f]{64}$/;
const personId = (persona: string) => personIdOf('development', persona);

const needTexts = { effect: 'Bedre luft', users: 'Elever', successCriteria: ['Ingen hodepine'] };
const CREATE_NEED = `mutation ($input: CreateNeedInput!) { createNeed(input: $input) { need { id } userErrors { code } } }`;
const UPDATE_NEED = `mutation ($input: UpdateNeedInput!) { updateNeed(input: $input) { need { id } userErrors { code } } }`;
const PUBLISH_NEED = `mutation ($input: PublishNeedInput!) { publishNeed(input: $input) { need { id } userErrors { code } } }`;
const CREATE_CAPABILITY = `mutation ($input: CreateCapabilityInput!) { createCapability(input: $input) { capability { id } userErrors { code } } }`;
const GRANT = `mutation ($input: GrantRoleInput!) { grantRole(input: $input) { member { id roles } userErrors { code } } }`;
const REVOKE = `mutation ($input: RevokeRoleInput!) { revokeRole(input: $input) { member { id roles } userErrors { code } } }`;
const ERASE = `mutation ($input: EraseMemberInput!) { eraseMember(input: $input) { member { id personId displayName } userErrors { code } } }`;

describe.each(databaseKinds)('what everybody leaves in the audit log, on %s', (kind) => {
  let region: TestRegion;
  beforeAll(async () => {
    // Statements are counted: none but those that somebody asked for.
    region = await startTestRegion(kind, { work: false, caching: { maxBytes: 0 } });
  }, 180_000);
  afterAll(() => region?.[Symbol.asyncDispose]());

  /** As the owner, whom no policy stops. */
  async function rows<T>(statement: string): Promise<T[]> {
    return (await sql.raw<T>(statement).execute(region.region.host.database.owner)).rows;
  }

  const entriesOf = (service: ServiceName, requestId: string): Promise<Entry[]> =>
    rows(`select sequence::int, request_id, actor_kind, client_id, organisations, roles, login_level, operation,
        outcome, code, object_type, object_id, owner_municipality, owner_organisation,
        encode(before_digest, 'hex') as before, encode(after_digest, 'hex') as after, person_id
      from ${service}.audit_entry left join ${service}.audit_person on reference = actor_reference
      where request_id = '${requestId}' order by sequence`);

  async function countEntries(): Promise<number> {
    // What services tell each other leaves entries too, a little later.
    await settled(region.region.host);
    const counts = await Promise.all(
      services.map((service) => rows<{ count: number }>(`select count(*)::int from ${service}.audit_entry`)),
    );
    return counts.flat().reduce((sum, { count }) => sum + count, 0);
  }

  /** Asks, and says under which request id it was. */
  async function ask(who: string, query: string, variables = {}): Promise<Answer & { id: string }> {
    const id = randomUUID();
    return { ...(await region.query(query, variables, { 'x-request-id': id }, who)), id };
  }

  async function succeed(
    who: string,
    query: string,
    input: object,
  ): Promise<{ id: string; payload: Answer['data'] }> {
    const { data, errors, id } = await ask(who, query, { input });
    expect(errors).toBeUndefined();
    const [payload] = Object.values(data) as [Answer['data']];
    expect(payload.userErrors).toEqual([]);
    return { id, payload };
  }

  const newNeed = (who: string, municipality: string, title = 'Godt inneklima') =>
    succeed(who, CREATE_NEED, { municipality, title, ...needTexts });

  async function verdicts(): Promise<Record<string, Verdict>> {
    const found: Record<string, Verdict> = {};
    for (const service of services) {
      const { store } = serviceNamed(region.region.services, service);
      found[service] = await verifyChain((statement) => store.as('system').execute(statement), service);
    }
    return found;
  }

  const officer = {
    actor_kind: 'PERSON',
    client_id: null,
    organisations: ['920123899'],
    roles: ['EVENT_HOST@3118', 'OPENER@3118', 'PROCUREMENT_OFFICER@3118'],
    login_level: 'HIGH',
    person_id: personId('officer'),
  };

  describe('a change leaves who did it, for whom, how sure, on what, and digests before and after', () => {
    test('createNeed, updateNeed and publishNeed, each beginning where the one before ended', async () => {
      const created = await newNeed('officer', '3118');
      const needId = created.payload.need.id;
      const updated = await succeed('officer', UPDATE_NEED, { id: needId, title: 'Bedre inneklima' });
      const published = await succeed('officer', PUBLISH_NEED, { id: needId });
      const done = async (requestId: string) =>
        (await entriesOf('dialogue', requestId)).filter(({ outcome }) => outcome === 'DONE');
      const [[first], [second], [third]] = (await Promise.all(
        [created, updated, published].map(({ id }) => done(id)),
      )) as [Entry[], Entry[], Entry[]];
      for (const [operation, entry] of [
        ['createNeed', first],
        ['updateNeed', second],
        ['publishNeed', third],
      ] as const) {
        expect(sorted(entry), operation).toMatchObject({
          ...officer,
          operation,
          object_type: 'Need',
          object_id: needId,
          owner_municipality: '3118',
          owner_organisation: null,
          after: expect.stringMatching(DIGEST),
        });
      }
      expect(first?.before).toBeNull();
      expect(second?.before).toBe(first?.after);
      expect(third?.before).toBe(second?.after);
      expect(new Set([first?.after, second?.after, third?.after]).size).toBe(3);
    });

    test('createCapability, updateCapability, publishCapability and removeCapability', async () => {
      const organisationNumber = '310000035';
      const created = await succeed('supplier', CREATE_CAPABILITY, { organisationNumber, cpv: '33000000' });
      const { id } = created.payload.capability;
      const change = (operation: string, type: string, input: object, what: string) =>
        succeed(
          'supplier',
          `mutation ($input: ${type}!) { ${operation}(input: $input) { ${what} userErrors { code } } }`,
          input,
        );
      const all = [
        created,
        await change(
          'updateCapability',
          'UpdateCapabilityInput',
          { id, description: 'Trygghetsalarmer' },
          'capability { id }',
        ),
        await change('publishCapability', 'PublishCapabilityInput', { id }, 'capability { id }'),
        await change('removeCapability', 'RemoveCapabilityInput', { id }, 'removedId'),
      ];
      const done: Entry[] = [];
      for (const each of all) {
        done.push(...(await entriesOf('suppliers', each.id)).filter(({ outcome }) => outcome === 'DONE'));
      }
      expect(done.map(({ operation }) => operation)).toEqual([
        'createCapability',
        'updateCapability',
        'publishCapability',
        'removeCapability',
      ]);
      for (const [index, entry] of done.entries()) {
        expect(entry).toMatchObject({
          actor_kind: 'PERSON',
          organisations: [organisationNumber],
          roles: [],
          login_level: 'HIGH',
          person_id: personId('supplier'),
          object_type: 'Capability',
          object_id: id,
          owner_organisation: organisationNumber,
          owner_municipality: null,
          before: index === 0 ? null : done[index - 1]?.after,
          after: index === 3 ? null : expect.stringMatching(DIGEST),
        });
      }
    });

    test('grantRole, revokeRole and eraseMember', async () => {
      const person = personId('a colleague for a day');
      const input = { municipality: '3118', personId: person };
      const granted = await succeed('administrator', GRANT, {
        ...input,
        role: 'OPENER',
        displayName: 'Dag Vikar',
      });
      const revoked = await succeed('administrator', REVOKE, {
        ...input,
        role: 'OPENER',
        reason: 'Dagen er over',
      });
      const erased = await succeed('administrator', ERASE, input);
      const memberId = granted.payload.member.id;
      const done: Entry[] = [];
      for (const [operation, { id }] of Object.entries({
        grantRole: granted,
        revokeRole: revoked,
        eraseMember: erased,
      })) {
        const [entry, ...more] = (await entriesOf('tenders', id)).filter(({ outcome }) => outcome === 'DONE');
        expect(more).toEqual([]);
        expect(entry, operation).toMatchObject({
          operation,
          actor_kind: 'PERSON',
          person_id: personId('administrator'),
          organisations: ['920123899'],
          roles: ['ADMINISTRATOR@3118'],
          login_level: 'HIGH',
          object_type: 'Member',
          object_id: memberId,
          owner_municipality: '3118',
        });
        done.push(entry as Entry);
      }
      expect(done[0]).toMatchObject({ before: null, after: expect.stringMatching(DIGEST) });
      expect(done[1]).toMatchObject({ before: done[0]?.after, after: expect.stringMatching(DIGEST) });
      expect(done[1]?.after).not.toBe(done[0]?.after);
      await settled(region.region.host);
    });

    test('importNotices, of a machine: its client and no person', async () => {
      const notice = competition({ title: 'Sporing', buyer: organisation(400_501, 'Sporet kommune') });
      const { id } = await succeed('importer', IMPORT, { files: [fileOf(notice)] });
      const entries = await entriesOf('tenders', id);
      expect(entries.length).toBeGreaterThan(0);
      for (const entry of entries) {
        expect(entry).toMatchObject({
          operation: 'importNotices',
          outcome: 'DONE',
          actor_kind: 'SERVICE',
          client_id: 'test',
          person_id: null,
          organisations: [],
          roles: [],
          login_level: null,
          object_type: expect.any(String),
          object_id: expect.any(String),
          after: expect.stringMatching(DIGEST),
        });
      }
      const again = await succeed('importer', IMPORT, { files: [fileOf(notice)] });
      expect(await entriesOf('tenders', again.id), 'the same again').toEqual([]);
    });
  });
  const IMPORT = `mutation ($input: ImportNoticesInput!) { importNotices(input: $input) { files { outcome } userErrors { code } } }`;

  test('what a user can mend changes nothing and leaves nothing', async () => {
    const before = await countEntries();
    const { data } = await ask('officer', CREATE_NEED, {
      input: { municipality: '3118', title: ' ', ...needTexts },
    });
    expect(data.createNeed).toMatchObject({ need: null, userErrors: [{ code: 'TEXT_MISSING' }] });
    expect(await countEntries()).toBe(before);
  });

  test('an entry and its change are kept together or not at all', async () => {
    const { payload } = await newNeed('officer', '3118', 'Står fast');
    const needId = payload.need.id;
    const titleOf = async () =>
      (await rows<{ title: string }>(`select title from dialogue.need where id = '${needId}'`))[0]?.title;
    const before = await countEntries();
    // The change itself works, and then the log cannot take the entry.
    await rows(
      `create function dialogue.log_is_full() returns trigger language plpgsql as $$ begin raise 'The log is full'; end $$`,
    );
    await rows(
      'create trigger log_is_full before insert on dialogue.audit_entry for each row execute function dialogue.log_is_full()',
    );
    try {
      const changed = await ask('officer', UPDATE_NEED, { input: { id: needId, title: 'Uten spor' } });
      expect(changed.errors?.[0]?.extensions?.code).toMatch(/^INTERNAL/);
      expect(JSON.stringify(changed)).not.toContain('The log is full');
      expect(await titleOf()).toBe('Står fast');
      // Nor is anything restricted told that could not be recorded.
      const read = await ask('officer', '{ need(id: $id) { title } }'.replace('$id', JSON.stringify(needId)));
      expect(read.errors).toHaveLength(1);
      expect(JSON.stringify(read)).not.toContain('Står fast');
    } finally {
      await rows('drop trigger log_is_full on dialogue.audit_entry');
      await rows('drop function dialogue.log_is_full()');
    }
    // The entry would have been taken, but the change fails at the very end of its transaction.
    await rows(
      `create function dialogue.not_after_all() returns trigger language plpgsql as $$ begin raise 'Not after all'; end $$`,
    );
    await rows(
      'create constraint trigger not_after_all after update on dialogue.need deferrable initially deferred for each row execute function dialogue.not_after_all()',
    );
    try {
      const changed = await ask('officer', UPDATE_NEED, { input: { id: needId, title: 'Uten spor' } });
      expect(changed.errors).toHaveLength(1);
      expect(await titleOf()).toBe('Står fast');
    } finally {
      await rows('drop trigger not_after_all on dialogue.need');
      await rows('drop function dialogue.not_after_all()');
    }
    expect(await countEntries()).toBe(before);
    await succeed('officer', UPDATE_NEED, { id: needId, title: 'Med spor' });
    expect(await countEntries()).toBeGreaterThan(before);
  });

  test.each([
    [
      'public',
      'UNAUTHENTICATED',
      { actor_kind: 'PUBLIC', person_id: null, login_level: null, organisations: [], roles: [] },
    ],
    [
      'person',
      'FORBIDDEN',
      {
        actor_kind: 'PERSON',
        person_id: personId('person'),
        login_level: 'HIGH',
        organisations: [],
        roles: [],
      },
    ],
    [
      'officer-marker',
      'FORBIDDEN',
      {
        actor_kind: 'PERSON',
        person_id: personId('officer-marker'),
        organisations: ['210000046'],
        roles: ['OPENER@3122', 'PROCUREMENT_OFFICER@3122'],
      },
    ],
    [
      'importer',
      'FORBIDDEN',
      { actor_kind: 'SERVICE', person_id: null, client_id: 'test', login_level: null },
    ],
  ])('an attempt that is refused leaves who tried and what they were told: %s', async (who, code, actor) => {
    const { errors, id } = await ask(who, CREATE_NEED, {
      input: { municipality: '3118', title: 'Ikke vår', ...needTexts },
    });
    expect(errors).toMatchObject([{ extensions: { code } }]);
    const entries = await entriesOf('dialogue', id);
    expect(entries.map(sorted)).toMatchObject([
      {
        ...actor,
        operation: 'createNeed',
        outcome: 'REFUSED',
        code,
        owner_municipality: '3118',
        before: null,
        after: null,
      },
    ]);
    const members = await ask(who, '{ members(municipality: "3118") { totalCount } }');
    expect(await entriesOf('tenders', members.id)).toMatchObject([
      { operation: 'members', outcome: 'REFUSED', code },
    ]);
  });

  test('an officer who reads a draft leaves that they did, in whichever way they came to it', async () => {
    const { payload } = await newNeed('officer', '3118', 'Lest av kolleger');
    const needId = payload.need.id;
    const ways = {
      need: `{ need(id: "${needId}") { title } }`,
      needs: '{ needs(first: 200, filter: { status: [DRAFT] }) { nodes { title } } }',
      _entities: `{ municipality(number: "3118") { name } need(id: "${needId}") { procurement { needs { title } } } }`,
    };
    for (const query of Object.values(ways)) {
      const { data, id } = await ask('evaluator', query);
      expect(JSON.stringify(data)).toContain('Lest av kolleger');
      const entries = await entriesOf('dialogue', id);
      expect(entries.filter((entry) => entry.object_id === needId)).not.toEqual([]);
      for (const entry of entries) {
        expect(entry).toMatchObject({
          outcome: 'READ',
          object_type: 'Need',
          owner_municipality: '3118',
          person_id: personId('evaluator'),
          roles: ['EVALUATOR@3118'],
          before: null,
          after: null,
        });
      }
    }
    const members = await ask('evaluator', '{ members(municipality: "3118") { nodes { id displayName } } }');
    const read = (await entriesOf('tenders', members.id)).flatMap((entry) =>
      entry.outcome === 'READ' ? (entry.object_id ?? []) : [],
    );
    for (const { id } of members.data.members.nodes) expect(read).toContain(id);
  });

  test('somebody who sees nothing restricted leaves nothing', async () => {
    const { payload } = await newNeed('officer', '3118', 'Ikke for Marker');
    const before = await countEntries();
    for (const who of ['public', 'person', 'supplier', 'officer-marker', 'importer']) {
      const { data } = await ask(
        who,
        `{ need(id: "${payload.need.id}") { title } needs { totalCount } me { kind } }`,
      );
      expect(data.need, who).toBeNull();
    }
    await ask('officer', '{ needs { nodes { title } } tenders(first: 5) { nodes { title } } }');
    expect(await countEntries()).toBe(before);
  });

  test('the public pays for none of it: no entry, no transaction, no other role, no more statements than rows need', async () => {
    const query =
      '{ need(id: "nothing") { title } supplier(organisationNumber: "310000035") { name capabilities { cpv } } }';
    const count = async (who: string) => {
      await settled(region.region.host);
      await ask(who, query);
      const from = region.statements.length;
      await ask(who, query);
      return region.statements.slice(from);
    };
    const before = await countEntries();
    const statements = await count('public');
    expect(statements.map((each) => each.replace(/\s+/g, ' ').slice(0, 60))).toHaveLength(3);
    for (const statement of statements) {
      expect(statement).toMatch(/^\W*(\[query\]\s*)?select/i);
      expect(statement).not.toMatch(/set_config|set local|begin|audit|membership/i);
    }
    expect((await count('officer')).length, 'somebody who has logged in does pay').toBeGreaterThan(
      statements.length,
    );
    expect(await countEntries()).toBe(before);
  });

  describe('the trail of an object', () => {
    const trail = (needId: string) =>
      `{ need(id: "${needId}") { id auditTrail { totalCount nodes { operation outcome personId requestId before after organisations } } } }`;

    test('is for administrators of the municipality whose it is', async () => {
      const { payload, id } = await newNeed('officer', '3118', 'Med revisjonsspor');
      const needId = payload.need.id;
      await succeed('officer', PUBLISH_NEED, { id: needId });
      const { data, errors } = await ask('administrator', trail(needId));
      expect(errors).toBeUndefined();
      const { nodes } = data.need.auditTrail;
      expect(nodes.filter((node: { outcome: string }) => node.outcome === 'DONE')).toMatchObject([
        { operation: 'publishNeed', personId: personId('officer'), organisations: ['920123899'] },
        { operation: 'createNeed', personId: personId('officer'), requestId: id, before: null },
      ]);
      for (const [who, code] of [
        ['public', 'UNAUTHENTICATED'],
        ['person', 'FORBIDDEN'],
        ['supplier', 'FORBIDDEN'],
        ['officer', 'FORBIDDEN'],
        ['evaluator', 'FORBIDDEN'],
        ['officer-marker', 'FORBIDDEN'],
        ['importer', 'FORBIDDEN'],
      ] as const) {
        const answer = await ask(who, trail(needId));
        expect(answer.errors, who).toMatchObject([{ extensions: { code } }]);
        expect(answer.data.need, who).toEqual({ id: needId, auditTrail: null });
        expect(await entriesOf('dialogue', answer.id), who).toMatchObject([
          { operation: 'Need.auditTrail', outcome: 'REFUSED', code },
        ]);
      }
    });

    test('is empty for an administrator of another municipality, who is not told even how long it is', async () => {
      const { payload } = await newNeed('officer-marker', '3122', 'Markers behov');
      await succeed('officer-marker', PUBLISH_NEED, { id: payload.need.id });
      const { data, errors } = await ask('administrator', trail(payload.need.id));
      expect(errors).toBeUndefined();
      expect(data.need.auditTrail).toEqual({ totalCount: 0, nodes: [] });
    });

    test('of a capability is for those who act for the supplier, without the persons', async () => {
      const created = await succeed('supplier', CREATE_CAPABILITY, {
        organisationNumber: '310000035',
        cpv: '85000000',
      });
      const capabilityId = created.payload.capability.id;
      await succeed(
        'supplier',
        'mutation ($input: PublishCapabilityInput!) { publishCapability(input: $input) { capability { id } userErrors { code } } }',
        { id: capabilityId },
      );
      const query =
        '{ supplier(organisationNumber: "310000035") { capabilities { id auditTrail { nodes { operation outcome personId } } } } }';
      const trailFor = async (who: string) => {
        const { data } = await ask(who, query);
        const all = (data.supplier?.capabilities ?? []) as {
          id: string;
          auditTrail: { nodes: unknown[] } | null;
        }[];
        return all.find(({ id }) => id === capabilityId)?.auditTrail?.nodes ?? null;
      };
      const own = await trailFor('supplier');
      expect(own).toContainEqual({ operation: 'createCapability', outcome: 'DONE', personId: null });
      for (const who of ['public', 'person', 'supplier-2', 'officer', 'administrator']) {
        expect((await trailFor(who)) ?? [], who).toEqual([]);
      }
    });
  });

  test('a role that is revoked is gone at once where it was revoked, and everywhere else within five seconds', async () => {
    const person = personId('evaluator');
    const input = { municipality: '3118', personId: person };
    const { payload } = await newNeed('officer', '3118', 'Før og etter');
    const query = `{ me { memberships { roles } } need(id: "${payload.need.id}") { title } }`;
    expect((await ask('evaluator', query)).data).toMatchObject({
      me: { memberships: [{ roles: ['EVALUATOR'] }] },
      need: { title: 'Før og etter' },
    });
    await succeed('administrator', REVOKE, { ...input, role: 'EVALUATOR', reason: 'Ferdig' });
    const revokedAt = performance.now();
    const { data, errors } = await ask(
      'evaluator',
      '{ me { memberships { roles } } members(municipality: "3118") { totalCount } }',
    );
    expect(data).toEqual({ me: { memberships: [] }, members: null });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    while ((await ask('evaluator', query)).data.need !== null) {
      expect(performance.now() - revokedAt, 'how long it still held in another service').toBeLessThan(5_000);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    for (const service of services) {
      const held = async () =>
        rows(
          `select roles from ${service}.membership where person_id = '${person}' and cardinality(roles) > 0`,
        );
      while ((await held()).length > 0) {
        expect(performance.now() - revokedAt, service).toBeLessThan(5_000);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    await succeed('administrator', GRANT, { ...input, role: 'EVALUATOR' });
    await settled(region.region.host);
    expect((await ask('evaluator', query)).data.need).not.toBeNull();
  });

  test('names, tokens and addresses stand nowhere in the audit tables', async () => {
    const { authorization: header = '' } = await authorization('officer');
    const [, token = ''] = header.split(' ');
    await ask(
      'officer',
      '{ members(municipality: "3118", filter: { text: "Ingrid" }) { nodes { displayName } } }',
    );
    await ask(
      'person',
      'mutation ($input: EraseMemberInput!) { eraseMember(input: $input) { userErrors { code } } }',
      {
        input: { municipality: '3118', personId: personId('officer') },
      },
    );
    const said: string[] = [];
    for (const service of services) {
      for (const table of ['audit_entry', 'audit_head', 'audit_person', 'audit_checkpoint']) {
        const found = await rows<{ row: string }>(
          `select to_jsonb(t)::text as row from ${service}.${table} t`,
        );
        // A pseudonym has one place, from where it can be taken.
        if (table !== 'audit_person') {
          for (const { row } of found)
            expect(row, `${service}.${table}`).not.toMatch(/P-[0-9A-HJKMNP-TV-Z]{26}/);
        }
        said.push(...found.map(({ row }) => row));
      }
    }
    expect(said.length).toBeGreaterThan(50);
    const all = said.join('\n');
    const forbidden = [
      ...personas.flatMap(({ name }) => [name, ...name.split(' ').slice(0, 1)]),
      ...token.split('.'),
      'Bearer',
      'Dag Vikar',
      '127.0.0.1',
    ];
    for (const text of forbidden) expect(all.includes(text), text).toBe(false);
    expect(all).not.toMatch(/[\w.]+@[\w-]+\.[a-z]{2,}/i);
  });

  test('an erased person is forgotten in all four services, and every chain holds', async () => {
    // Known to Indre Østfold alone, and active in more than one service.
    const person = personId('contract-manager');
    const input = { municipality: '3118', personId: person };
    await succeed('administrator', GRANT, { ...input, role: 'PROCUREMENT_OFFICER', reason: 'Vikar' });
    await settled(region.region.host);
    const { payload } = await newNeed('contract-manager', '3118', 'Skrevet av noen som sluttet');
    await ask('contract-manager', '{ members(municipality: "3118") { nodes { displayName } } }');
    await ask('contract-manager', CREATE_CAPABILITY, {
      input: { organisationNumber: '310000035', cpv: '33000000' },
    });
    const known = async () => {
      const counts: Record<string, number> = {};
      for (const service of services) {
        const [found] = await rows<{ count: number }>(
          `select (select count(*) from ${service}.audit_person where person_id = '${person}')::int
             + (select count(*) from ${service}.membership where person_id = '${person}')::int as count`,
        );
        counts[service] = found?.count ?? 0;
      }
      return counts;
    };
    const before = await known();
    expect(before.tenders).toBeGreaterThan(1);
    expect(before.dialogue).toBeGreaterThan(1);
    expect(before.suppliers).toBeGreaterThan(1);
    expect(before.events).toBeGreaterThan(0);

    const tooEarly = await ask('administrator', ERASE, { input });
    expect(tooEarly.data.eraseMember).toMatchObject({
      member: null,
      userErrors: [{ code: 'ROLES_STILL_HELD' }],
    });
    for (const role of ['CONTRACT_MANAGER', 'PROCUREMENT_OFFICER']) {
      await succeed('administrator', REVOKE, { ...input, role, reason: 'Sluttet' });
    }
    const entries = await countEntries();
    const erased = await succeed('administrator', ERASE, input);
    expect(erased.payload.member).toMatchObject({ personId: null, displayName: null });
    await settled(region.region.host);
    expect(await known()).toEqual({ tenders: 0, suppliers: 0, dialogue: 0, events: 0 });
    expect(await countEntries(), 'nothing was taken out of the logs').toBeGreaterThan(entries);

    const { data } = await ask(
      'administrator',
      `{ need(id: "${payload.need.id}") { auditTrail { nodes { operation personId organisations } } } }`,
    );
    expect(data.need.auditTrail.nodes).toContainEqual({
      operation: 'createNeed',
      personId: null,
      organisations: ['920123899'],
    });
    const everywhere = await rows<{ table: string }>(`select table_schema || '.' || table_name as table
      from information_schema.tables where table_schema = any ('{tenders,suppliers,dialogue,events}') and table_type = 'BASE TABLE'`);
    for (const { table } of everywhere) {
      const found = await rows(
        `select 1 from ${table} t where to_jsonb(t)::text like '%${person}%' or to_jsonb(t)::text like '%Kari Kontrakt%'`,
      );
      expect(found, table).toEqual([]);
    }
    for (const [service, verdict] of Object.entries(await verdicts())) {
      expect(verdict.break, service).toBeNull();
      expect(verdict.entries, service).toBeGreaterThan(0);
    }
  });

  it('is one whole chain in every service after all of this', async () => {
    await settled(region.region.host);
    for (const [service, verdict] of Object.entries(await verdicts()))
      expect(verdict.break, service).toBeNull();
  });
});

/** The order of roles is nobody's business. */
const sorted = (entry: Entry | undefined) => entry && { ...entry, roles: [...entry.roles].sort() };
