import { randomUUID } from 'node:crypto';
import type { AnyEntity, EntityClass } from '@mikro-orm/core';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { type Database, openStore } from '@samspill/database';
import type { MessageBus, ServiceName } from '@samspill/messages';
import type { Clock } from '@samspill/values';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { RequestContext } from './context.js';
import { preferredLanguage } from './errors.js';
import { federatedSchema, type SubgraphDefinition } from './federated-schema.js';

/** What a service needs from whoever hosts it: one process for all of them, or one for each. */
export interface ServiceHost {
  readonly database: Database;
  readonly bus: MessageBus;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told every SQL statement of every service; tests count them. */
  readonly onStatement?: (sql: string, service: ServiceName) => void;
}

/** What belongs to one service while it runs. */
export interface ServiceStore {
  readonly host: ServiceHost;
  /** A fresh unit of work. One for each request, message or batch. */
  fork(): EntityManager;
}

export interface ServiceDefinition extends SubgraphDefinition {
  readonly name: ServiceName;
  readonly entities: EntityClass<AnyEntity>[];
  readonly migrations: URL;
  /** Registers the service's message handlers. */
  readonly receive?: (store: ServiceStore) => Promise<void>;
  /** Fills an empty store with demo data; does nothing when there is data already. */
  readonly demo?: (store: ServiceStore) => Promise<void>;
}

/** Headers of a request, in lower case. */
export type Headers = Record<string, string | undefined>;

/** A service as its host sees it. */
export interface Service {
  readonly name: ServiceName;
  readonly schema: GraphQLSchema;
  readonly store: ServiceStore;
  readonly log: Logger;
  context(headers: Headers): RequestContext;
  fillWithDemoData(): Promise<void>;
}

export async function startService(definition: ServiceDefinition, host: ServiceHost): Promise<Service> {
  const { schema } = federatedSchema(definition);
  const orm: MikroORM = await openStore(host.database, {
    schema: definition.name,
    entities: definition.entities,
    migrations: definition.migrations,
    onStatement: host.onStatement && ((sql) => host.onStatement?.(sql, definition.name)),
  });
  const store: ServiceStore = { host, fork: () => orm.em.fork() as EntityManager };
  await definition.receive?.(store);
  return {
    name: definition.name,
    schema,
    store,
    log: host.log.child({ service: definition.name }),
    context: (headers) =>
      new RequestContext(
        store,
        preferredLanguage(headers['accept-language']),
        headers['x-request-id'] ?? randomUUID(),
      ),
    fillWithDemoData: async () => {
      const { demo } = definition;
      // Of several replicas that start together one fills, and the others find it done.
      if (demo) await host.database.exclusively(`samspill.demo.${definition.name}`, () => demo(store));
    },
  };
}
