import { createHash } from 'node:crypto';
import { type EntityClass, type FilterQuery, wrap } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type AuditEntry, appendAudit } from '@samspill/audit';
import { type FindRowsOptions, findRows } from '@samspill/database';
import { type Clock, isMunicipalityNumber } from '@samspill/values';
import DataLoader from 'dataloader';
import type { Actor } from './access/actor.js';
import { forbidden, unauthenticated } from './access/refusals.js';
import { type Restricted, type Restriction, restrictionOf } from './access/restricted.js';
import type { Role } from './access/role.js';
import type { AskedProperties } from './asked-properties.js';
import { type Change, inChange, isRefusedByDatabase } from './change.js';
import type { Language, PublicError } from './errors.js';
import type { ServiceStore } from './service.js';

/**
 * What every resolver gets first: one unit of work, one set of loaders, one idea of what time it is and
 * of who asks. It lives exactly as long as one request.
 */
export class RequestContext {
  // Not #private names: Apollo Server hands resolvers a copy of this object, made property by property.
  private readonly loaders = new Map<string, DataLoader<string, unknown>>();
  private readonly restrictedReads = new Set<string>();
  /** What has been read that is not for everybody and is not in the unit of work, or no longer. */
  private readonly restrictedRows: Restriction[] = [];
  private readonly attempts = new Set<string>();
  /** The request's unit of work, for reading: it sees what the actor may see. */
  readonly em: EntityManager;
  /** The mutation that runs; the others are known by the document. */
  operation: string | null = null;
  /** What the document asks for; null where there is no document, such as at a route. */
  asked: AskedProperties | null = null;

  constructor(
    /** The service's store, for the few operations that need a transaction of their own. */
    readonly store: ServiceStore,
    readonly language: Language,
    readonly requestId: string,
    readonly actor: Actor,
  ) {
    this.em = actor.isPublic ? store.fork() : store.as('reader', actor.sessionVariables());
  }

  get clock(): Clock {
    return this.store.host.clock;
  }

  /** Whether the rules at the resolvers are asked; only a test of row-level security alone switches them off. */
  get isPermissionChecked(): boolean {
    return this.store.host.permission !== 'left to the database';
  }

  /**
   * Loads by key, gathering the keys of one tick into one call of `load`. `name` tells loaders apart and
   * must include every argument that changes what is loaded.
   */
  batched<T>(
    name: string,
    key: string,
    load: (keys: readonly string[]) => Promise<Map<string, T>>,
  ): Promise<T | null> {
    let loader = this.loaders.get(name) as DataLoader<string, T | null> | undefined;
    if (!loader) {
      loader = new DataLoader<string, T | null>(async (keys) => {
        const found = await load(keys);
        return keys.map((each) => found.get(each) ?? null);
      });
      this.loaders.set(name, loader as DataLoader<string, unknown>);
    }
    return loader.load(key);
  }

  /**
   * Rows that the actor may see, as plain objects of the entity's class: what an answer is made of. What a resolver
   * reads to change it comes from the change's own `em`.
   */
  async find<T extends object>(
    entity: EntityClass<T>,
    where: FilterQuery<T>,
    { own, ...options }: FindOptions = {},
  ): Promise<T[]> {
    const fields = own ? this.fieldsOf(entity, own) : options.fields;
    const rows = await findRows(this.em, entity, where, { ...options, ...(fields && { fields }) });
    this.noteRows(rows);
    return rows;
  }

  /** What has to be read of an entity's rows: what is asked for and these; undefined is everything. */
  fieldsOf<T extends object>(
    entity: EntityClass<T>,
    own: readonly string[] = [],
  ): readonly string[] | undefined {
    // Whether a row is for everybody, any of its columns may say.
    if (!this.actor.isPublic && 'restriction' in entity.prototype) return undefined;
    const asked = this.asked?.(entity.name);
    return asked ? [...asked, ...own] : undefined;
  }

  /** Remembers which of these rows are not for everybody, for {@link recordReads}. */
  noteRows(rows: readonly object[]): void {
    if (this.actor.isPublic) return;
    for (const row of rows) {
      const restriction = restrictionOf(row as Partial<Restricted>);
      if (restriction) this.restrictedRows.push(restriction);
    }
  }

  /**
   * Changes something as the actor: in one transaction, with an audit entry for every object that
   * `change.audit` names. Afterwards the request reads what the change has written.
   */
  async change<T>(work: (change: Change) => Promise<T>): Promise<T> {
    const author = {
      role: 'writer',
      variables: this.actor.sessionVariables(),
      actor: this.auditActor,
      operation: this.operation ?? 'unknown',
      requestId: this.requestId,
    } as const;
    const watched = async (change: Change): Promise<T> => {
      const told = new Set<string>();
      const audit: Change['audit'] = (...objects) => {
        for (const { object } of objects) told.add(`${object.type} ${object.id}`);
        change.audit(...objects);
      };
      const answer = await work({ ...change, audit });
      // What it changed stands in the log; what it only read may be given back as well, by a change of nothing too.
      this.noteLoadedRows(change.em, told);
      return answer;
    };
    const result = await inChange(this.store, author, watched).catch(async (error: unknown) => {
      if (!isRefusedByDatabase(error)) throw error;
      if (this.isPermissionChecked) {
        const { requestId } = this;
        this.store.host.log.error(
          { err: error, requestId },
          'The database refused what the rules had admitted',
        );
      }
      throw await this.refusal(author.operation, {});
    });
    this.noteLoadedRows(this.em);
    this.em.clear();
    this.loaders.clear();
    return result;
  }

  /** Refuses unless the actor has one of these roles in the municipality whose object it is. */
  async demand(
    roles: readonly Role[],
    municipality: string | null,
    object?: AuditEntry['object'],
  ): Promise<void> {
    if (!this.isPermissionChecked) return;
    if (municipality !== null && this.actor.holds(roles, municipality)) return;
    throw await this.refusal(this.operation ?? 'unknown', {}, object, { municipality });
  }

  /**
   * Leaves an entry of the attempt, and gives the error to throw. A field of two hundred elements that is refused
   * two hundred times is one attempt, and nobody fills the log by asking for a thousand things at once.
   */
  async refusal(
    operation: string,
    args: Readonly<Record<string, unknown>>,
    object: AuditEntry['object'] = objectNamedIn(args),
    owner: AuditEntry['owner'] = ownerNamedIn(args),
  ): Promise<PublicError> {
    const error = this.actor.isPublic ? unauthenticated() : forbidden(this.actor);
    return this.refused(error, operation, object, owner);
  }

  /** The same with an error of the operation's own, such as that there is nothing that the actor may know of. */
  async refused(
    error: PublicError,
    operation: string,
    object: AuditEntry['object'],
    owner: AuditEntry['owner'] = null,
  ): Promise<PublicError> {
    const attempt = JSON.stringify([operation, object]);
    if (this.attempts.has(attempt) || this.attempts.size >= MOST_REFUSALS) return error;
    this.attempts.add(attempt);
    await this.leaveEntries(this.em.fork({ clear: true }), [
      { operation, outcome: 'REFUSED', code: error.code, object: object && withPlainId(object), owner },
    ]);
    return error;
  }

  /** Remembers that something was asked for that is not for everybody, for {@link recordReads}. */
  noteRestrictedRead(operation: string): void {
    this.restrictedReads.add(operation);
  }

  /**
   * Leaves an entry for every row that was read and is not for everybody, also for one that a mutation gave back.
   * Called before the answer leaves: what cannot be recorded is not told.
   */
  async recordReads(operation: string): Promise<void> {
    if (this.actor.isPublic) return;
    this.noteLoadedRows(this.em);
    const byObject = new Map(this.restrictedRows.map((row) => [`${row.object.type} ${row.object.id}`, row]));
    const rows = [...byObject.values()].map((row) => ({ operation, outcome: 'READ' as const, ...row }));
    this.restrictedRows.length = 0;
    const noted = [...this.restrictedReads].map((each) => ({ operation: each, outcome: 'READ' as const }));
    const entries = [...rows, ...noted];
    if (entries.length === 0) return;
    this.restrictedReads.clear();
    await this.leaveEntries(this.em.fork({ clear: true }), entries);
  }

  private noteLoadedRows(em: EntityManager, except: ReadonlySet<string> = new Set()): void {
    for (const entity of em.getUnitOfWork(false).getIdentityMap().values()) {
      // What is only pointed at has not been read.
      if (!wrap(entity).isInitialized()) continue;
      const restriction = restrictionOf(entity as Partial<Restricted>);
      if (!restriction || except.has(`${restriction.object.type} ${restriction.object.id}`)) continue;
      this.restrictedRows.push(restriction);
    }
  }

  private get auditActor(): AuditEntry['actor'] {
    const { identity, memberships, organisations } = this.actor;
    return {
      kind: identity.kind,
      personId: this.actor.personId,
      clientId: identity.kind === 'SERVICE' ? identity.clientId : null,
      organisations: [...organisations],
      roles: memberships.flatMap(({ municipality, roles }) => roles.map((role) => `${role}@${municipality}`)),
      level: identity.kind === 'PERSON' ? identity.level : null,
    };
  }

  private async leaveEntries(
    em: EntityManager,
    entries: readonly Pick<AuditEntry, 'operation' | 'outcome' | 'code' | 'object' | 'owner'>[],
  ): Promise<void> {
    const { requestId, auditActor: actor } = this;
    const at = this.clock.now();
    await appendAudit(
      em,
      this.store.name,
      entries.map((entry) => ({ ...entry, at, requestId, actor })),
    );
  }
}

/** How rows are found for an answer. */
export interface FindOptions extends FindRowsOptions {
  /**
   * What whoever calls reads of them. Then nothing else is read but what the document asks for of objects of this
   * type: give it where the rows go into the answer as they are.
   */
  readonly own?: readonly string[];
}

/** Refused attempts that one request leaves in the log; more of them say nothing more. */
const MOST_REFUSALS = 20;

/** What an attempt was about, as far as its arguments say. */
function objectNamedIn(args: Readonly<Record<string, unknown>>): AuditEntry['object'] {
  const { id } = { ...(args.input as { id?: unknown } | undefined), ...args };
  return typeof id === 'string' ? { type: 'unknown', id } : null;
}

/** Ids as we give them out: UUIDs, those of notices, and those of organisations. */
const OUR_ID =
  /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-\d{1,4})?|[A-Z]{2,3}-(BRC|NAME)-[\w-]{1,40}|\d{4})$/i;

/**
 * Whoever is refused decides what the id is, and the log is kept for ever: anything but an id stands there as
 * its digest, so that nobody's name does.
 */
function withPlainId({ type, id }: { type: string; id: string }): { type: string; id: string } {
  return { type, id: OUR_ID.test(id) ? id : `sha256:${createHash('sha256').update(id).digest('hex')}` };
}

/** Whose it was about: the municipality that is named sees who tried to act in its name. */
function ownerNamedIn(args: Readonly<Record<string, unknown>>): AuditEntry['owner'] {
  const { municipality } = { ...(args.input as { municipality?: unknown } | undefined), ...args };
  return typeof municipality === 'string' && isMunicipalityNumber(municipality) ? { municipality } : null;
}
