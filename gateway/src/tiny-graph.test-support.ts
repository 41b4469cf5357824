import { setTimeout as delay } from 'node:timers/promises';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { everybody, type Identity } from '@samspill/identity';
import {
  type IncomingRequest,
  PublicError,
  preferredLanguage,
  type Service,
  serveService,
} from '@samspill/subgraph';
import { GraphQLScalarType, parse } from 'graphql';
import pino, { type Logger } from 'pino';
import { type GatewayOptions, type RunningGateway, startGateway } from './gateway.js';
import { inProcess } from './in-process-data-source.js';

/** Two services that share an entity: the smallest graph that has to be planned. */
const TENDERS = parse(/* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])

  type Query {
    tenders: [Tender!]!
    "Answers after some time."
    slow(milliseconds: Int!): String
    "Fails in a way that no client may read about."
    broken: String
    "Fails in a way that the client must read about."
    refused: String
    "Breaks the promise of its type."
    hole: Tender
    echo(text: String!): String
    "Takes a value that only the service can judge."
    strict(number: StrictNumber!): String
    "The headers that reach the service."
    headers: String
    "Who asks, as the service is told, after some time."
    whoami(milliseconds: Int): String
    "Wants its reader to have logged in."
    mine: String
    colour(of: Colour, paint: Paint): String
    many(first: Int): TenderConnection
  }

  type TenderConnection {
    nodes: [Tender!]!
  }

  enum Colour {
    CRIMSON
    TURQUOISE
  }

  input Paint {
    thickness: Int
  }

  scalar StrictNumber

  type Mutation {
    publish(id: ID!): Tender
  }

  type Tender {
    id: ID!
    title: String!
    supplier: Supplier
    more(first: Int): TenderConnection
  }

  type Supplier @key(fields: "organisationNumber") {
    organisationNumber: ID!
  }
`);

const SUPPLIERS = parse(/* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])

  type Query {
    suppliers: [Supplier!]
  }

  type Supplier @key(fields: "organisationNumber") {
    organisationNumber: ID!
    name: String
    nested: Supplier
    list: [Supplier!]
  }
`);

const TENDER = { id: '1', title: 'Tomter skole', supplier: { organisationNumber: '974760673' } };
const SUPPLIER = { organisationNumber: '974760673', name: 'Brønn og Sønn', nested: {}, list: [] };

type Seen = IncomingRequest;

function service(name: string, typeDefs: typeof TENDERS, resolvers: object): Service {
  return {
    name,
    schema: buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]),
    log: pino({ level: 'silent' }),
    context: ({ headers, identity }: IncomingRequest) => ({
      headers,
      identity,
      language: preferredLanguage(headers['accept-language']),
      requestId: headers['x-request-id'] ?? 'none',
      recordReads: async () => undefined,
    }),
  } as unknown as Service;
}

const refuse = () => {
  throw PublicError.badInput({ nb: 'Nummeret er ikke gyldig.', en: 'The number is not valid.' });
};

export const tenders = service('tenders', TENDERS, {
  Query: {
    tenders: () => [TENDER],
    slow: async (_: unknown, { milliseconds }: { milliseconds: number }) => {
      await delay(milliseconds);
      return 'done';
    },
    broken: () => {
      throw new Error('connect ECONNREFUSED postgres://secret@10.0.0.1');
    },
    refused: () => {
      throw new PublicError('CONFLICT', { nb: 'Fristen er ute.', en: 'The deadline has passed.' });
    },
    hole: () => ({ id: '1', title: 'x', supplier: null }),
    echo: (_: unknown, { text }: { text: string }) => text,
    headers: (_: unknown, __: unknown, context: Seen) => JSON.stringify(context.headers),
    whoami: async (_: unknown, { milliseconds }: { milliseconds?: number }, { identity }: Seen) => {
      if (milliseconds) await delay(milliseconds);
      return JSON.stringify(identity);
    },
    mine: () => {
      throw new PublicError('UNAUTHENTICATED', { nb: 'Logg inn.', en: 'Log in.' });
    },
    colour: () => 'red',
    many: () => ({ nodes: [TENDER] }),
  },
  Tender: { more: () => ({ nodes: [TENDER] }) },
  Mutation: { publish: () => TENDER },
  StrictNumber: new GraphQLScalarType({ name: 'StrictNumber', parseValue: refuse, parseLiteral: refuse }),
});

export const suppliers = service('suppliers', SUPPLIERS, {
  Query: { suppliers: () => [SUPPLIER] },
  Supplier: { __resolveReference: () => SUPPLIER, nested: () => SUPPLIER, list: () => [SUPPLIER] },
});

const typeDefs = { tenders: TENDERS, suppliers: SUPPLIERS };

export function tinySupergraph(names: readonly (keyof typeof typeDefs)[] = ['tenders', 'suppliers']): string {
  const { supergraphSdl, errors } = composeServices(
    names.map((name) => ({ name, url: `http://${name}.invalid/graphql`, typeDefs: typeDefs[name] })),
  );
  if (!supergraphSdl) throw new AggregateError(errors ?? [], 'The tiny graph does not compose');
  return supergraphSdl;
}

/** A gateway on a free port over the two services, in this process unless told otherwise. */
export function startTinyGateway(options: Partial<GatewayOptions> = {}): Promise<RunningGateway> {
  return startGateway({
    supergraphSdl: tinySupergraph(),
    dataSource: (name) => inProcess(name === 'tenders' ? tenders : suppliers),
    log: pino({ level: 'silent' }),
    host: '127.0.0.1',
    port: 0,
    introspection: true,
    playground: false,
    isReady: async () => true,
    ...options,
  });
}

/** Puts one of the two services on a port; `close` is its failure, and serving it again its recovery. */
export async function serveTiny(
  each: Service,
  port = 0,
  authenticate: (
    headers: Record<string, string | undefined>,
    body: string,
  ) => Identity | Promise<Identity> = () => everybody,
) {
  const served = await serveService(each, {
    host: '127.0.0.1',
    port,
    isReady: async () => true,
    authenticate,
  });
  return { ...served, port: Number(new URL(served.url).port) };
}

export interface Response {
  status: number;
  headers: globalThis.Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever they asked for
  data: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  errors: any[] | undefined;
  text: string;
}

/** Asks over HTTP as a front end would. */
export async function ask(
  gateway: { url: string },
  query: string,
  init: {
    headers?: Record<string, string>;
    variables?: Record<string, unknown>;
    operationName?: string;
  } = {},
): Promise<Response> {
  const { headers, ...rest } = init;
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, ...rest }),
  });
  const text = await response.text();
  const { data, errors } = JSON.parse(text);
  return { status: response.status, headers: response.headers, data, errors, text };
}

/** A log that is kept, so that a test can look for what must or must not stand in it. */
export function keptLog(level = 'trace'): { log: Logger; lines: string[]; text: () => string } {
  const lines: string[] = [];
  const log = pino({ level }, { write: (line: string) => lines.push(line) });
  return { log, lines, text: () => lines.join('') };
}
