// Apollo's gateway as its documentation has it: `startStandaloneServer`, and what NODE_ENV=production makes of it.
// Its telemetry is switched off by the environment, and no usage is reported, as there is no key to report with.
import { readFile } from 'node:fs/promises';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

const { PORT, SUPERGRAPH } = process.env;
const gateway = new ApolloGateway({ supergraphSdl: await readFile(SUPERGRAPH, 'utf8') });
const server = new ApolloServer({ gateway });
await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: Number(PORT) } });
