import { type ErrorCode, type Messages, presentError } from '@samspill/subgraph/protocol';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { MAX_BODY } from './limits.js';
import { requestScope } from './request-scope.js';

/** What is refused before it is known to be GraphQL. Thrown by hooks, shown by {@link useRefusals}. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly statusCode: number,
    readonly code: ErrorCode,
    readonly messages: Messages,
    readonly also: { reason?: string; headers?: Record<string, string> } = {},
  ) {
    super(messages.en);
  }
}

export function tooLarge(limit: number): Refusal {
  const megabytes = `${Math.round((limit / 1024 / 1024) * 10) / 10} MB`;
  return new Refusal(413, 'BAD_USER_INPUT', {
    nb: `Forespørselen er for stor; grensen er ${megabytes.replace('.', ',')}. Del den opp.`,
    nn: `Førespurnaden er for stor; grensa er ${megabytes.replace('.', ',')}. Del han opp.`,
    en: `The request is too large; the limit is ${megabytes}. Split it.`,
  });
}

const NOT_JSON: Messages = {
  nb: 'Send spørringen som JSON, med `content-type: application/json`.',
  nn: 'Send spørjinga som JSON, med `content-type: application/json`.',
  en: 'Send the query as JSON, with `content-type: application/json`.',
};

const UNREADABLE: Messages = {
  nb: 'Forespørselen lar seg ikke lese. Send et JSON-objekt med `query` og eventuelt `variables`.',
  nn: 'Førespurnaden lèt seg ikkje lese. Send eit JSON-objekt med `query` og eventuelt `variables`.',
  en: 'The request cannot be read. Send a JSON object with `query` and, if needed, `variables`.',
};

const NOTHING_HERE: Messages = {
  nb: 'Her er det ingenting. GraphQL svarer på /graphql.',
  nn: 'Her er det ingenting. GraphQL svarar på /graphql.',
  en: 'There is nothing here. GraphQL answers at /graphql.',
};

/** What is refused before it reaches GraphQL is refused in GraphQL's manner, so that a client needs one kind of error. */
export function useRefusals(app: FastifyInstance, log: Logger): void {
  const refuse = (request: FastifyRequest, reply: FastifyReply, status: number, error: GraphQLError) => {
    const presented = presentError(error, {
      ...requestScope(request.headers as Record<string, string>, request.id),
      onInternalError: (err, requestId) => log.error({ err, requestId }, 'A request failed'),
    });
    const { messages: _, ...extensions } = presented.extensions ?? {};
    return reply
      .code(status)
      .type(contentTypeFor(request.headers.accept))
      .send(JSON.stringify({ errors: [{ message: presented.message, extensions }] }));
  };
  app.setErrorHandler((error: FastifyError | Refusal, request, reply) => {
    const known = asRefusal(error, app.initialConfig.bodyLimit ?? MAX_BODY);
    if (!known) return refuse(request, reply, 500, new GraphQLError('', { originalError: error }));
    const { statusCode, code, messages, also } = known;
    if (also.headers) reply.headers(also.headers);
    const extensions = { code, messages, ...(also.reason && { reason: also.reason }) };
    return refuse(request, reply, statusCode, new GraphQLError(messages.en, { extensions }));
  });
  app.setNotFoundHandler((request, reply) => {
    const extensions = { code: 'NOT_FOUND' satisfies ErrorCode, messages: NOTHING_HERE };
    return refuse(request, reply, 404, new GraphQLError(NOTHING_HERE.en, { extensions }));
  });
}

function asRefusal(error: FastifyError | Refusal, largestBody: number): Refusal | undefined {
  if (error instanceof Refusal) return error;
  const status = error.statusCode ?? 500;
  if (status >= 500) return undefined;
  const also = { reason: error.code };
  if (status === 413) return new Refusal(413, 'BAD_USER_INPUT', tooLarge(largestBody).messages, also);
  return new Refusal(status, 'BAD_USER_INPUT', status === 415 ? NOT_JSON : UNREADABLE, also);
}

/** https://graphql.github.io/graphql-over-http/draft/#sec-Accept */
function contentTypeFor(accept = ''): string {
  const onlyGraphQL =
    accept.includes('application/graphql-response+json') && !accept.includes('application/json');
  return `application/${onlyGraphQL ? 'graphql-response+json' : 'json'}; charset=utf-8`;
}
