import type { GraphQLDataSource } from '@apollo/gateway';
import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parse } from 'graphql';
import { isMutation, type Question } from '../execution/service-call.js';
import type { RequestScope } from '../request-scope.js';
import type { ServiceCall, ServiceDataSource } from '../service-data-source.js';
import { type Answer, AnswerCache, type AnswerCacheOptions, type Beginning } from './answer-cache.js';
import { answerKey, digestOf } from './answer-key.js';
import { type CachePolicy, type CachePolicyOptions, readCachePolicy } from './cache-policy.js';
import { cacheHeaders, hasItAlready } from './conditional.js';
import { EntityCache } from './entity-cache.js';

/** `maxBytes` is of answers and of single entities. */
export interface AnswerCachingOptions extends AnswerCacheOptions, CachePolicyOptions {
  readonly supergraphSdl: string;
}

/** What of `maxBytes` is for single entities. */
const FOR_ENTITIES = 1 / 4;

/** What is noted while an answer is made, to know afterwards whether and how long it may be kept. */
export interface AnswerInTheMaking {
  readonly began: Beginning;
  readonly services: Set<string>;
  /** In seconds; 0 until the operation is known, and for ever when it failed. */
  maxAge: number;
}

export interface AnswerCaching {
  readonly answers: AnswerCache;
  /** What is kept of single entities; null where nothing is. */
  readonly entities: EntityCache | null;
  /** How long the answer to an operation may be kept, in seconds. */
  readonly policy: CachePolicy;
  /** What of the reader's languages answers follow. */
  languageOf(scope: RequestScope): string;
  /** Answers from what is kept, or has it answered, and keeps it. */
  answer(request: FastifyRequest, reply: FastifyReply, scope: RequestScope, make: Make): Promise<unknown>;
  /** Tells how long the answer to an operation may be kept. */
  readonly plugin: ApolloServerPlugin<RequestScope>;
  /** Notes which services an answer was made of, and which ones were changed. */
  witness(service: string, dataSource: GraphQLDataSource): GraphQLDataSource;
}

type Make = (scope: RequestScope) => unknown;

/**
 * Keeps answers to the public, and gives them to nobody else: whoever sends a token or a cookie is answered anew, and
 * what they are told is kept nowhere.
 */
export function useAnswerCache(options: AnswerCachingOptions): AnswerCaching {
  const { generations, supergraphSdl, defaultMaxAge, maxBytes } = options;
  const answers = new AnswerCache({ ...options, maxBytes: maxBytes * (1 - FOR_ENTITIES) });
  // Services of ours have three languages; others may see more in the header, which they get as it is.
  const languageOf = ({ language, forwarded }: RequestScope): string =>
    options.unannouncedMaxAge ? (forwarded['accept-language'] ?? '') : language;
  const policy = readCachePolicy(supergraphSdl, { defaultMaxAge });
  const ages = new WeakMap<Question, number>();
  const ageOf = (question: Question): number => {
    const age = ages.get(question) ?? policy(parse(question.query, { noLocation: true }));
    ages.set(question, age);
    return age;
  };
  return {
    answers,
    entities: maxBytes > 0 ? new EntityCache({ ...options, maxBytes: maxBytes * FOR_ENTITIES, ageOf }) : null,
    policy,
    languageOf,
    async answer(request, reply, scope, make) {
      const key = keyOf(request, scope, languageOf(scope));
      if (key === null) {
        const payload = await make(scope);
        reply.headers(cacheHeaders(null));
        return payload;
      }
      const known = answers.find(key);
      const found = known instanceof Promise ? await known : known;
      if (found) return give(request, reply, found);
      const making: AnswerInTheMaking = { began: answers.begin(), services: new Set(), maxAge: 0 };
      const payload = await make({ ...scope, making });
      const isGood = reply.statusCode === 200 && typeof payload === 'string' && making.maxAge > 0;
      if (!isGood) {
        reply.headers(cacheHeaders(null));
        return payload;
      }
      const contentType = String(reply.getHeader('content-type'));
      return give(request, reply, answers.keep(key, { body: Buffer.from(payload), contentType, ...making }));
    },
    plugin: {
      async requestDidStart({ contextValue }) {
        const { making } = contextValue;
        if (!making) return;
        return {
          async willSendResponse({ document, operationName, response }) {
            const isWhole = response.body.kind === 'single' && !response.body.singleResult.errors;
            making.maxAge = isWhole && document ? policy(document, operationName) : 0;
          },
        };
      },
    },
    witness(service, dataSource) {
      const noted = <T>(
        scope: Partial<RequestScope>,
        isMutation: boolean,
        ask: () => Promise<T>,
      ): Promise<T> => {
        scope.making?.services.add(service);
        if (!isMutation) return ask();
        // Also when it failed: a service that was too slow to answer may have been quick enough to change.
        return ask().finally(() => generations.changed(service));
      };
      return {
        ...dataSource,
        process: (call) =>
          noted(call.context as Partial<RequestScope>, isMutation(call.request.query), async () =>
            dataSource.process(call),
          ),
        ...('send' in dataSource && {
          send: (call: ServiceCall, scope: Partial<RequestScope>) =>
            noted(scope, call.kind === 'mutation', () => (dataSource as ServiceDataSource).send(call, scope)),
        }),
      };
    },
  };
}

function give(request: FastifyRequest, reply: FastifyReply, answer: Answer): Buffer | null {
  reply.headers({ 'content-type': answer.contentType, ...cacheHeaders(answer) });
  if (request.method !== 'GET' || !hasItAlready(request.headers['if-none-match'], answer.etag)) {
    reply.code(200);
    return answer.body;
  }
  reply.code(304).removeHeader('content-type');
  return null;
}

/** Null for what may not come from what was kept, or would be refused before it is answered. */
function keyOf(
  { method, headers, body, query }: FastifyRequest,
  scope: RequestScope,
  language: string,
): string | null {
  if (scope.identity.kind !== 'PUBLIC' || headers.authorization || headers.cookie) return null;
  const asked = method === 'POST' ? body : method === 'GET' && isNoForm(headers) ? fromAddress(query) : null;
  if (!isQuestion(asked) || !saysItAll(asked.extensions)) return null;
  const { operationName, variables } = asked;
  const digest = digestOf(asked.query);
  return answerKey({ digest, operationName, variables, language, accept: headers.accept });
}

/** A client may tell its name beside its query, but a query that is known by a hash is for whoever answers it. */
const saysItAll = (extensions: unknown): boolean =>
  extensions == null ||
  (typeof extensions === 'object' && !Array.isArray(extensions) && !('persistedQuery' in extensions));

/** A header that no web page can send elsewhere without being asked first, as the server demands of a `GET` (CSRF). */
const isNoForm = (headers: FastifyRequest['headers']): boolean =>
  Boolean(headers['apollo-require-preflight'] || headers['x-apollo-operation-name']);

function fromAddress(search: unknown): unknown {
  const { variables, ...rest } = search as Record<string, unknown>;
  if (variables === undefined) return rest;
  try {
    return { ...rest, variables: JSON.parse(String(variables)) };
  } catch {
    // Whoever answers it says what is wrong with it.
    return null;
  }
}

interface Asked {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: unknown;
  readonly extensions?: unknown;
}

function isQuestion(body: unknown): body is Asked {
  if (typeof body !== 'object' || body === null) return false;
  const { query, operationName } = body as Record<string, unknown>;
  return typeof query === 'string' && (operationName == null || typeof operationName === 'string');
}
