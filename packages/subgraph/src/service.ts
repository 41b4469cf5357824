import { randomBytes, randomUUID } from 'node:crypto';
import type { AnyEntity, EntityClass } from '@mikro-orm/core';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { AuditRow, auditMigration, erasePersonFromAudit } from '@samspill/audit';
import {
  assertColumns,
  type Database,
  type DatabaseRole,
  type GenerationListener,
  openStore,
  roleName,
  type SqlMigration,
} from '@samspill/database';
import { everybody, type Identity, serviceKey } from '@samspill/identity';
import {
  type MessageBus,
  membershipChanged,
  type PayloadOf,
  personErased,
  personForgotten,
  type ServiceName,
} from '@samspill/messages';
import type { Clock } from '@samspill/values';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { Actor } from './access/actor.js';
import {
  forgetMembership,
  membershipMigration,
  membershipsOf,
  recordMembership,
} from './access/membership.js';
import { declaredReads } from './asked-properties.js';
import { type Change, inChange } from './change.js';
import { RequestContext } from './context.js';
import { preferredLanguage } from './errors.js';
import { federatedSchema, type SubgraphDefinition } from './federated-schema.js';
import { type Links, linksOf } from './links.js';
import type { Stop } from './repeatedly.js';
import { requestIdFrom } from './request-id.js';
import type { ServiceRoute } from './route.js';

/** What a service needs from whoever hosts it: one process for all of them, or one for each. */
export interface ServiceHost {
  readonly database: Database;
  readonly bus: MessageBus;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told every SQL statement of every service; tests count them. */
  readonly onStatement?: (sql: string, service: ServiceName) => void;
  /**
   * Whether the rules at the resolvers are asked. A test leaves it to the database to show that row-level
   * security holds alone; nothing else does.
   * @default 'checked'
   */
  readonly permission?: 'checked' | 'left to the database';
  /** Who administers a municipality until its own administrators do. */
  readonly administrators?: readonly FirstAdministrator[];
  /**
   * Whether the development issuer is trusted, and its personas get their roles with the demo data.
   * @default false
   */
  readonly personas?: boolean;
  /**
   * Where the gateway answers, as the world sees it, without a slash at the end: for addresses in mails and answers.
   * @default 'http://127.0.0.1:4000'
   */
  readonly publicUrl?: () => string;
  /**
   * Signs links that end, 32 bytes; the same for all replicas of a service.
   * @default made up for this process: a link then ends with it
   */
  readonly linkKey?: Uint8Array;
  /**
   * Where documents are kept.
   * @default a folder of its own, which goes away with the process
   */
  readonly files?: FileStorage;
  /** How mail leaves. @default into the mailbox, where a developer reads it */
  readonly mail?: MailRoute;
  /** Looks for malware in a file before anybody may have it. @default nobody looks */
  readonly scan?: MalwareScan;
}

/** Where documents are kept. */
export type FileStorage =
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 's3';
      readonly bucket: string;
      readonly region: string;
      /** For stores that are not Amazon's, such as MinIO. */
      readonly endpoint?: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
    };

export interface MailRoute {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly smtpUrl: string;
  /** Whom mail comes from: `Samspill <ikke-svar@example.no>`. */
  readonly from: string;
}

/** What a scanner says of a file; `threat` is what it calls what it found. */
export type MalwareScan = (
  file: () => NodeJS.ReadableStream | Promise<NodeJS.ReadableStream>,
) => Promise<{ readonly clean: true } | { readonly clean: false; readonly threat: string }>;

/** The first administrator of a municipality, as the configuration names it. */
export interface FirstAdministrator {
  /** A number that the municipality has or had. */
  readonly municipality: string;
  /** The municipality's organisation number, for which its officers act at log-in. */
  readonly organisation: string;
  readonly personId: string;
  readonly name: string;
}

/** What belongs to one service while it runs. */
export interface ServiceStore {
  readonly host: ServiceHost;
  readonly name: ServiceName;
  /** A fresh unit of work that sees what everybody may see. */
  fork(): EntityManager;
  /** A fresh unit of work under another role; `variables` say who is behind it. */
  as(role: DatabaseRole, variables?: Record<string, string>): EntityManager;
  /** The addresses of the service's routes. */
  readonly links: Links;
  /** Changes something on the service's own behalf: a message, demo data. Audited like everything else. */
  change<T>(operation: string, work: (change: Change) => Promise<T>): Promise<T>;
}

/** Something that several services have alike, with tables in each one's own schema: documents, mail. */
export interface ServicePart {
  /** Run before the service's own. */
  readonly migrations?: (service: ServiceName) => readonly SqlMigration[];
  readonly entities?: readonly EntityClass<AnyEntity>[];
  readonly routes?: (store: ServiceStore) => readonly ServiceRoute[];
  /** Begins what goes on beside requests, for as long as the service runs. */
  readonly work?: (store: ServiceStore) => Stop | Promise<Stop>;
  /** Takes a person out of what it stores, because they have asked for it. Called again it finds nothing more. */
  readonly forgetPerson?: (change: Change, store: ServiceStore, personId: string) => Promise<void>;
}

export interface ServiceDefinition
  extends SubgraphDefinition,
    Pick<ServicePart, 'routes' | 'work' | 'forgetPerson'> {
  readonly name: ServiceName;
  readonly entities: EntityClass<AnyEntity>[];
  readonly migrations: URL;
  /** What it has alike with others. @default [] */
  readonly parts?: readonly ServicePart[];
  /** Registers the service's message handlers. */
  readonly receive?: (store: ServiceStore) => Promise<void>;
  /** What has to be there before the first request. Runs at every start, one process at a time. */
  readonly prepare?: (store: ServiceStore) => Promise<void>;
  /** Fills an empty store with demo data; does nothing when there is data already. */
  readonly demo?: (store: ServiceStore) => Promise<void>;
}

/** Headers of a request, in lower case. */
export type Headers = Record<string, string | undefined>;

/** Somebody's request, as far as a service needs to know it. */
export interface IncomingRequest {
  readonly headers: Headers;
  /** Who asks. Whoever hands this over has made sure of it. */
  readonly identity: Identity;
}

/** A request of somebody who has not logged in. */
export const publicRequest = (headers: Headers = {}): IncomingRequest => ({ headers, identity: everybody });

/** A service as its host sees it. */
export interface Service {
  readonly name: ServiceName;
  readonly schema: GraphQLSchema;
  readonly store: ServiceStore;
  readonly log: Logger;
  /** What it answers beside GraphQL. */
  readonly routes: readonly ServiceRoute[];
  /** Tells what its data is at, now and whenever it has changed, until what it gives back is called. */
  followChanges(listener: GenerationListener): () => void;
  /** Begins what goes on beside requests: mails, seats that are passed on. */
  work(): Promise<Stop>;
  /** At once for the public, for whom nothing needs to be looked up. */
  context(request: IncomingRequest): RequestContext | Promise<RequestContext>;
  fillWithDemoData(): Promise<void>;
}

export async function startService(definition: ServiceDefinition, host: ServiceHost): Promise<Service> {
  if (host.permission === 'left to the database' && process.env.NODE_ENV === 'production') {
    throw new Error('Permission is never left to the database alone in production.');
  }
  const { schema } = federatedSchema(definition);
  const { parts = [] } = definition;
  const orm: MikroORM = await openStore(host.database, {
    schema: definition.name,
    entities: [...definition.entities, ...parts.flatMap(({ entities = [] }) => entities), AuditRow],
    migrations: definition.migrations,
    common: [
      membershipMigration(definition.name),
      auditMigration(definition.name),
      ...parts.flatMap(({ migrations }) => migrations?.(definition.name) ?? []),
    ],
    onStatement: host.onStatement && ((sql) => host.onStatement?.(sql, definition.name)),
  });
  // A field that reads what is no column is found out now, and not by whoever asks for it.
  for (const entity of definition.entities) assertColumns(orm.em, entity, declaredReads(schema, entity.name));
  const { name } = definition;
  await host.bus.admit(name, [roleName(name, 'writer'), roleName(name, 'system')]);
  const { publicUrl = () => 'http://127.0.0.1:4000', linkKey = randomBytes(32), clock } = host;
  const store: ServiceStore = {
    host,
    name,
    links: linksOf({ service: name, publicUrl, clock, key: serviceKey(linkKey, name) }),
    fork: () => orm.em.fork() as EntityManager,
    as: (role, variables = {}) => {
      const em = orm.em.fork() as EntityManager;
      em.setSessionContext({ role: roleName(name, role), variables });
      return em;
    },
    change: (operation, work) =>
      inChange(
        store,
        { role: 'system', variables: {}, actor: ITSELF, operation, requestId: randomUUID() },
        work,
      ),
  };
  await receiveFromEverybody(store, [definition, ...parts]);
  const { prepare } = definition;
  if (prepare) await host.database.exclusively(`samspill.prepare.${name}`, () => prepare(store));
  await definition.receive?.(store);
  return {
    name,
    schema,
    store,
    log: host.log.child({ service: name }),
    routes: [definition, ...parts].flatMap(({ routes }) => routes?.(store) ?? []),
    followChanges: (listener) => host.database.changes.follow(name, listener),
    work: async () => {
      const stops: Stop[] = [];
      for (const { work } of [definition, ...parts]) if (work) stops.push(await work(store));
      return async () => {
        await Promise.all(stops.map((stop) => stop()));
      };
    },
    context: ({ headers, identity }) => {
      const withActor = (actor: Actor) =>
        new RequestContext(
          store,
          preferredLanguage(headers['accept-language']),
          requestIdFrom(headers['x-request-id']),
          actor,
        );
      if (identity.kind === 'PUBLIC') return withActor(PUBLIC);
      if (identity.kind === 'SERVICE') return withActor(new Actor(identity));
      // Who may have been somebody else acts for nobody but themselves.
      if (identity.level === 'LOW') return withActor(new Actor({ ...identity, organisations: [] }));
      if (identity.organisations.length === 0) return withActor(new Actor(identity));
      return membershipsOf(store.fork(), name, identity.personId, identity.organisations).then(
        (memberships) => withActor(new Actor(identity, memberships)),
      );
    },
    fillWithDemoData: async () => {
      const { demo } = definition;
      // Of several replicas that start together one fills, and the others find it done.
      if (demo) await host.database.exclusively(`samspill.demo.${name}`, () => demo(store));
    },
  };
}

const PUBLIC = new Actor(everybody);

/** The service as the author of what it does on its own behalf. */
const ITSELF = {
  kind: 'SERVICE',
  personId: null,
  clientId: 'samspill',
  organisations: [],
  roles: [],
  level: null,
} as const;

/** What every service is told that does not own the members itself. */
async function receiveFromEverybody(
  store: ServiceStore,
  parts: readonly Pick<ServicePart, 'forgetPerson'>[],
): Promise<void> {
  const { bus } = store.host;
  if (membershipChanged.receivers.includes(store.name)) {
    await bus.receive(store.name, membershipChanged, (message) =>
      store.change('membership-changed', async ({ em, audit }) => {
        const { municipality } = message;
        if (!(await recordMembership(em, store.name, message))) return;
        audit({ object: { type: 'Membership', id: municipality }, owner: { municipality } });
      }),
    );
  }
  await bus.receive(store.name, personForgotten, ({ personId }) =>
    store.change('person-forgotten', async (change) => {
      for (const { forgetPerson } of parts) await forgetPerson?.(change, store, personId);
      await erasePersonFromAudit(change.em, store.name, personId, 'in no office');
      // Not whom: the log is kept for ever.
      change.audit({ object: { type: 'Person', id: 'forgotten' } });
    }),
  );
  if (personErased.receivers.includes(store.name)) {
    await bus.receive(store.name, personErased, (message) => erasePerson(store, message));
  }
}

/**
 * Forgets who a person was for a municipality, in the roles and in the audit log; what they are elsewhere is not
 * its to erase. The log stays whole: see `packages/audit`.
 */
function erasePerson(store: ServiceStore, erasure: PayloadOf<typeof personErased>): Promise<void> {
  const { personId, municipality, municipalityNumbers, organisation } = erasure;
  return store.change('person-erased', async ({ em, audit }) => {
    await forgetMembership(em, store.name, erasure);
    await erasePersonFromAudit(em, store.name, personId, {
      municipalities: municipalityNumbers,
      organisation,
    });
    audit({ object: { type: 'Municipality', id: municipality }, owner: { municipality } });
  });
}
