import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, getIntrospectionQuery, parse } from 'graphql';
import { expect, it, onTestFinished } from 'vitest';
import { eventually, freePorts, killGroup, startProgram } from '../support/programs.js';
import { ask } from '../support/region.js';

/** Two services of somebody else's. They have names of ours, and know nothing of Samspill: no health, no assertions. */
const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])';
const services = {
  events: {
    typeDefs: parse(`${LINK} type Query { concerts: [Concert!]! broken: Int! version: Int @shareable }
      type Concert @key(fields: "id") { id: ID! hall: String }`),
    resolvers: {
      Query: {
        concerts: () => [{ id: '1', hall: 'A' }, { id: '2' }],
        version: () => 1,
        broken: () => {
          throw new Error('secret');
        },
      },
    },
  },
  suppliers: {
    typeDefs: parse(`${LINK} type Query { version: Int @shareable }
      type Concert @key(fields: "id") { id: ID! musicians: [String!] }`),
    resolvers: {
      Query: { version: () => 1 },
      Concert: {
        __resolveReference: (key: object) => key,
        musicians: ({ id }: { id: string }) => (id === '1' ? ['Ola'] : null),
      },
    },
  },
};

/** Serves both at paths of one port, as an outside suite does. */
async function serveThem(): Promise<string> {
  const schemas = new Map(
    Object.entries(services).map(([name, each]) => [`/group/${name}`, buildSubgraphSchema([each as never])]),
  );
  const server = createServer(async (request, response) => {
    const schema = schemas.get(request.url ?? '');
    if (!schema || request.method !== 'POST') return response.writeHead(404).end('nothing here');
    const { query, variables } = (await json(request)) as { query: string; variables?: object };
    const result = await execute({ schema, document: parse(query), variableValues: { ...variables } });
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://localhost:${(server.address() as AddressInfo).port}/group`;
}

it('the gateway serves any supergraph, on its own, with nothing else configured', async () => {
  const base = await serveThem();
  const { supergraphSdl } = composeServices(
    Object.entries(services).map(([name, { typeDefs }]) => ({ name, typeDefs, url: `${base}/${name}` })),
  );
  const directory = mkdtempSync(join(tmpdir(), 'samspill-supergraph-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  writeFileSync(join(directory, 'supergraph.graphql'), supergraphSdl as string);
  const port = await freePorts(1);
  const program = startProgram('gateway/dist/main.js', [], {
    environment: {
      SUPERGRAPH: join(directory, 'supergraph.graphql'),
      PORT: String(port),
      DATA_DIR: directory,
    },
  });
  onTestFinished(() => killGroup(program.child));
  const url = `http://localhost:${port}`;
  const health = await eventually(() => fetch(`${url}/health`).catch(() => null), { what: 'the gateway' });
  expect(health.status).toBe(200);

  expect((await ask(url, getIntrospectionQuery())).errors).toBeUndefined();
  expect(await ask(url, '{ version concerts { __typename id hall musicians } }')).toEqual({
    data: {
      version: 1,
      concerts: [
        { __typename: 'Concert', id: '1', hall: 'A', musicians: ['Ola'] },
        { __typename: 'Concert', id: '2', hall: null, musicians: null },
      ],
    },
  });
  const { data, errors } = await ask(url, '{ broken }');
  expect(data).toBeNull();
  expect(errors).toHaveLength(1);
});
