import Fastify from 'fastify';
import { buildSchema, graphql } from 'graphql';
import { pino } from 'pino';
import { type PlaygroundOptions, usePlayground } from './serve.js';

const schema = buildSchema('type Query { "The one who asks" who: String! }');

/** The playground before a graph that knows nothing but who asks. */
export interface PageAlone extends AsyncDisposable {
  readonly url: string;
  /** Who has asked so far, and whether for the schema. */
  readonly asked: readonly { who: string; introspection: boolean }[];
}

/** `whoIs` says whose a header is, and throws what the gateway gives as the reason for refusing it. */
export async function startPageAlone(
  options: PlaygroundOptions & { whoIs: (authorization: string | undefined) => Promise<string> },
): Promise<PageAlone> {
  const app = Fastify({ forceCloseConnections: true });
  const asked: PageAlone['asked'][number][] = [];
  app.post<{ Body: { query: string; operationName?: string } }>('/graphql', async (request, reply) => {
    const { query: source, operationName } = request.body;
    try {
      const who = await options.whoIs(request.headers.authorization);
      asked.push({ who, introspection: operationName === 'IntrospectionQuery' });
      return await graphql({ schema, source, operationName, rootValue: { who } });
    } catch (error) {
      const extensions = { code: 'UNAUTHENTICATED', reason: (error as Error).message };
      return reply.code(401).send({ errors: [{ message: 'Log in again', extensions }] });
    }
  });
  await usePlayground(app, pino({ level: 'silent' }), { logIn: options.logIn });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, asked, [Symbol.asyncDispose]: () => app.close() };
}
