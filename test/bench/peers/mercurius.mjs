// Mercurius' gateway with its just-in-time compiler, on Fastify without a log. It knows Federation 1 only, and is given
// the services' schemas in that spelling instead of asking for them.
import { readFile } from 'node:fs/promises';
import gateway from '@mercuriusjs/gateway';
import Fastify from 'fastify';

const { PORT, SHOP, SCHEMAS } = process.env;
const services = await Promise.all(
  Object.entries(JSON.parse(SCHEMAS)).map(async ([name, file]) => ({
    name,
    url: `${SHOP}/${name}`,
    schema: await readFile(file, 'utf8'),
    connections: 64,
  })),
);
const app = Fastify({ logger: false });
app.register(gateway, { gateway: { services }, jit: 1 });
await app.listen({ host: '127.0.0.1', port: Number(PORT) });
