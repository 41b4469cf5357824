import { randomUUID } from 'node:crypto';
import { DEVELOPMENT_ISSUER, personIdOf } from '@samspill/identity';
import { expect } from 'vitest';
import { competition, fileOf, type NamedXml } from '../support/notices.js';
import { type Answer, startTestRegion, type TestRegion } from '../support/region.js';
import { machineToken } from '../support/tokens.js';

/** Everybody who may ask. The personas are those of the development issuer. */
export const actors = [
  'public',
  'person',
  'supplier',
  'supplier-2',
  'officer',
  'evaluator',
  'contract-manager',
  'administrator',
  'event-host',
  'officer-marker',
  'importer',
  'machine without scopes',
] as const;
export type Actor = (typeof actors)[number];

export const INDRE_OSTFOLD = '3118';
export const MARKER = '3122';
export const OYEREN = '310000035';
export const MYSEN = '310000027';

export const personIdOfPersona = (persona: string) => personIdOf(DEVELOPMENT_ISSUER, persona);

type Row = Record<string, unknown>;

/** A region with demo data, and throw-away objects in it for whoever wants to change or break something. */
export class World implements AsyncDisposable {
  readonly #scopeless: Promise<string> = machineToken([]);
  #count = 0;

  private constructor(
    readonly place: TestRegion,
    /** Ids of what is there from the start. */
    readonly ids: {
      readonly need: string;
      readonly draft: string;
      readonly draftOfMarker: string;
      readonly dialogue: string;
      readonly event: string;
      readonly tender: string;
      readonly notice: string;
      readonly procurement: string;
      readonly procurementOfDraft: string;
      readonly buyer: string;
      readonly capability: string;
      readonly capabilityDraft: string;
    },
  ) {}

  static async open(...how: Parameters<typeof startTestRegion>): Promise<World> {
    const place = await startTestRegion(...how);
    const one = async (sql: string) => ((await asOwner(place, sql)) as [Row])[0].id as string;
    return new World(place, {
      need: await one(
        `select id from dialogue.need where status <> 'DRAFT' and municipality_number = '3118'`,
      ),
      draft: await one(
        `select id from dialogue.need where status = 'DRAFT' and municipality_number = '3118'`,
      ),
      draftOfMarker: await one(
        `select id from dialogue.need where status = 'DRAFT' and municipality_number = '3122'`,
      ),
      dialogue: await one('select id from dialogue.market_dialogue order by id'),
      event: await one('select id from events.event order by id'),
      tender: await one('select id from tenders.tender order by id'),
      notice: await one('select id from tenders.notice order by id'),
      procurement: await one('select procurement_id as id from tenders.tender order by id'),
      procurementOfDraft: await one(
        `select procurement_id as id from dialogue.need where status = 'DRAFT' and municipality_number = '3118'`,
      ),
      buyer: await one(
        'select organisation_number as id from tenders.buyer where organisation_number is not null order by id',
      ),
      capability: await one(
        `select id from suppliers.capability where published_at is not null and organisation_number = '${OYEREN}'`,
      ),
      capabilityDraft: await one(
        `select id from suppliers.capability where published_at is null and organisation_number = '${OYEREN}'`,
      ),
    });
  }

  async ask(
    actor: Actor,
    query: string,
    variables: object = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    if (actor !== 'machine without scopes') return this.place.query(query, variables, headers, actor);
    const authorization = `Bearer ${await this.#scopeless}`;
    return this.place.query(query, variables, { ...headers, authorization });
  }

  /** Runs SQL as the user that owns the tables, whom no policy stops. */
  sql(statement: string): Promise<Row[]> {
    return asOwner(this.place, statement);
  }

  /** Waits until the services have told each other everything. */
  async settled(): Promise<void> {
    const { bus } = this.place.region.host;
    const deadline = Date.now() + 20_000;
    while ((await bus.backlog()) > 0) {
      if (Date.now() > deadline) throw new Error('Some message is not handled.');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** A digest of everything that is stored, and the messages ever sent; the audit logs are left out. */
  async state(): Promise<Record<string, string>> {
    await this.settled();
    this.#tables ??= (
      await this.sql(
        `select format('%I.%I', schemaname, tablename) as name from pg_tables
         where schemaname in ('tenders', 'suppliers', 'dialogue', 'events')
           and tablename not like 'audit\\_%' and tablename not like 'migration%' order by 1`,
      )
    ).map(({ name }) => name as string);
    const digests = this.#tables.map(
      (name) =>
        `select '${name}' as name, md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) as digest from ${name} t`,
    );
    const messages = `select 'messages' as name, md5(coalesce(string_agg(name || data::text || id::text, E'\\n' order by id), '')) as digest
      from messages.job where name not like '\\_\\_pgboss%'`;
    const rows = await this.sql([...digests, messages].join('\nunion all '));
    return Object.fromEntries(rows.map(({ name, digest }) => [name as string, digest as string]));
  }
  #tables: string[] | undefined;

  /** A new draft of a municipality; its title is said to nobody but its officers. */
  async draft(municipality: string): Promise<{ id: string; title: string }> {
    const title = this.unique('utkast');
    const texts = { title, effect: `effekt ${title}`, users: 'u', successCriteria: ['c'] };
    const data = await this.#done(
      municipality === MARKER ? 'officer-marker' : 'officer',
      'createNeed',
      'need',
      {
        input: { municipality, ...texts },
      },
    );
    return { id: data.id, title };
  }

  /** A new draft of what a supplier can deliver. */
  async capability(
    organisationNumber: string,
    { published = false } = {},
  ): Promise<{ id: string; words: string }> {
    const words = this.unique('kapabilitet');
    const actor = organisationNumber === OYEREN ? 'supplier' : 'supplier-2';
    const input = { organisationNumber, cpv: '45331000', description: words };
    const { id } = await this.#done(actor, 'createCapability', 'capability', { input });
    if (published) await this.#done(actor, 'publishCapability', 'capability', { input: { id } });
    // A supplier has room for fifty; the tests need more.
    this.#capabilities.push(async () => {
      await this.#done(actor, 'removeCapability', 'removed', { input: { id } }).catch(() => undefined);
    });
    while (this.#capabilities.length > 20) await this.#capabilities.shift()?.();
    return { id, words };
  }
  readonly #capabilities: (() => Promise<void>)[] = [];

  /** A new colleague in Indre Østfold, with one role, or with none any more. */
  async member({ role = 'OPENER', revoked = false } = {}): Promise<{ personId: string; name: string }> {
    const name = this.unique('Kollega');
    const personId = personIdOfPersona(name);
    const input = { municipality: INDRE_OSTFOLD, personId, role };
    await this.#done('administrator', 'grantRole', 'member', { input: { ...input, displayName: name } });
    if (revoked) {
      await this.#done('administrator', 'revokeRole', 'member', { input: { ...input, reason: 'sluttet' } });
    }
    return { personId, name };
  }

  notice(): NamedXml {
    return fileOf(competition({ title: this.unique('kunngjøring') }));
  }

  unique(word: string): string {
    this.#count += 1;
    return `${word} ${this.#count} ${randomUUID().slice(0, 8)}`;
  }

  // biome-ignore lint/suspicious/noExplicitAny: each operation has an object of its own
  async #done(actor: Actor, operation: string, what: string, variables: object): Promise<any> {
    const type = `${operation[0]?.toUpperCase()}${operation.slice(1)}Input`;
    const fields = what === 'removed' ? 'removedId' : `${what} { id }`;
    const query = `mutation ($input: ${type}!) { ${operation}(input: $input) { ${fields} userErrors { code } } }`;
    const { data, errors } = await this.ask(actor, query, variables);
    expect(errors, operation).toBeUndefined();
    expect(data[operation].userErrors, operation).toEqual([]);
    return data[operation][what];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.place[Symbol.asyncDispose]();
  }
}

/** Connections have the public's role; within a transaction whoever connected can be themselves again. */
export function asOwner({ region }: Pick<TestRegion, 'region'>, statement: string): Promise<Row[]> {
  const [service] = region.services;
  if (!service) throw new Error('There are no services.');
  return service.store.fork().transactional(async (em) => {
    await em.execute('set local role none');
    return em.execute(statement);
  });
}
