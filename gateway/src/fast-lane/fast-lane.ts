import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Identify, Identity } from '@samspill/identity';
import { type Headers, requestIdFrom } from '@samspill/subgraph/protocol';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { safeParse } from 'secure-json-parse';
import { cacheHeaders } from '../caching/conditional.js';
import { authorizationOf, believeNobody } from '../identity.js';
import { type Counted, headersOf, type RateLimit } from '../protection/rate-limit.js';
import { currentRequest, type RequestScope, requestScope } from '../request-scope.js';
import { type AnswerText, type FormatError, textOfFailure, textWithErrors } from './answer-text.js';
import { handOn } from './handed-on.js';
import type { KnownOperation, Variables } from './known-operation.js';
import type { KnownOperations } from './known-operations.js';
import { type Head, LearnedHeads } from './learned-heads.js';
import { answerMaker, type MadeAnswer, type MakeAnswerOptions, type WholeAnswer } from './make-answer.js';

export interface FastLaneOptions extends MakeAnswerOptions {
  readonly path: string;
  readonly operations: KnownOperations;
  /** The origins whose pages may ask. */
  readonly origins?: readonly string[] | undefined;
  readonly formatError: FormatError;
  /** @default nobody's token is believed */
  readonly identify?: Identify | undefined;
  readonly count: RateLimit['count'];
  readonly addressOf: (request: IncomingMessage) => string;
  /** The largest body that anybody may send. */
  readonly largestBody: number;
  /** Whether requests are still taken; from then on the usual way says that we are leaving. */
  readonly isOpen: () => boolean;
  readonly log: Logger;
}

/** Longer bodies hold files or are no queries of people's, and what they cost is not the way they go. */
const LARGEST_BODY = 64 * 1024;

/** One request that has been taken. */
interface Taken {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly head: Head;
  readonly identity: Identity;
  readonly counted?: Counted | undefined;
}

/**
 * Answers what is asked over and over straight from the connection, past the server's hooks and Apollo Server's
 * phases: a query that they have let through before, from somebody known, sent as clients send queries. Everything
 * else goes the usual way, with whatever has been found out about it. `fast-lane.test.ts` holds both ways to the same
 * answers, byte by byte.
 */
export function useFastLane(app: FastifyInstance, options: FastLaneOptions): void {
  const { path, operations, formatError, identify = believeNobody, count, log } = options;
  const heads = new LearnedHeads(options.origins);
  heads.use(app, path);
  const make = answerMaker(options);
  const usualWay: RequestListener = (request, response) => app.routing(request, response);
  const largest = Math.min(LARGEST_BODY, options.largestBody);

  function arrive(request: IncomingMessage, response: ServerResponse): void {
    const head = options.isOpen() && isUsual(request, path, largest) ? heads.for(request) : undefined;
    const identity = head && whoAsks(request);
    // Whose keys have to be asked for first, and what comes of it, is found out there.
    if (identity instanceof Promise) handOn(request, { identity });
    if (!head || !identity || identity instanceof Promise) {
      usualWay(request, response);
    } else if (count) {
      const taken = { request, response, head, identity };
      limited(taken, count).catch((error: unknown) => giveUp(taken, error));
    } else {
      read({ request, response, head, identity });
    }
  }

  function whoAsks(request: IncomingMessage): Identity | Promise<Identity> | undefined {
    try {
      const identity = identify(authorizationOf(request));
      // Not unhandled if nobody gets as far as waiting for it.
      if (identity instanceof Promise) identity.catch(() => undefined);
      return identity;
    } catch {
      // Refused, or our fault. There is one place that says so.
      return undefined;
    }
  }

  async function limited(taken: Taken, countOne: NonNullable<typeof count>): Promise<void> {
    const { request, response, identity } = taken;
    const counted = await countOne({ identity, ip: options.addressOf(request), routeOptions: {} });
    if (counted?.isExceeded) {
      handOn(request, { identity, counted });
      usualWay(request, response);
    } else {
      read({ ...taken, counted });
    }
  }

  function read(taken: Taken): void {
    const { request } = taken;
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      try {
        understand(taken, parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts));
      } catch (error) {
        giveUp(taken, error);
      }
    });
  }

  /** A fault of ours costs this answer, and not the process. */
  function giveUp({ response }: Taken, err: unknown): void {
    log.error({ err }, 'A request could not be taken');
    response.destroy();
  }

  function understand(taken: Taken, body: Buffer): void {
    const { request, response, identity, counted } = taken;
    const text = body.toString();
    const asked = askedIn(text);
    const operation = asked && operations.find(asked.query, asked.operationName);
    if (asked && operation?.takes(asked.variables)) {
      answer(taken, text, operation, asked);
    } else {
      handOn(request, { identity, counted, body });
      usualWay(request, response);
    }
  }

  function answer(taken: Taken, text: string, operation: KnownOperation, asked: Asked): void {
    const { request, identity, head } = taken;
    const { accept, cookie } = request.headers;
    const requestId = requestIdFrom(request.headers['x-request-id']);
    const scope = requestScope(request.headers as Headers, requestId, identity);
    const isOfEverybody = identity.kind === 'PUBLIC' && cookie === undefined;
    const contentType = head[head.indexOf('content-type') + 1] as string;
    const made = make({ operation, ...asked, text, scope, isOfEverybody, accept, contentType });
    if (!(made instanceof Promise)) tell(taken, scope, made);
    else
      made
        .then(
          (it) => tell(taken, scope, it),
          (failure: unknown) => sendErrors(taken, scope, (format) => textOfFailure(failure, format)),
        )
        .catch((error: unknown) => giveUp(taken, error));
  }

  function tell(taken: Taken, scope: RequestScope, made: MadeAnswer): void {
    if ('wrong' in made) sendErrors(taken, scope, (format) => textWithErrors(made.wrong, format));
    else send(taken, scope, 200, made);
  }

  function sendErrors(taken: Taken, scope: RequestScope, say: (format: FormatError) => AnswerText): void {
    try {
      const { status, text } = currentRequest.run(scope, () => say(formatError));
      send(taken, scope, status, { body: text, etag: null, isPrivate: true });
    } catch (err) {
      log.error({ err, requestId: scope.requestId }, 'An error could not be told');
      taken.response.destroy();
    }
  }

  function send(
    { response, head, counted }: Taken,
    { requestId }: RequestScope,
    status: number,
    { body, etag, isPrivate = false }: WholeAnswer,
  ): void {
    const headers = ['x-request-id', requestId, ...head, 'content-length', String(Buffer.byteLength(body))];
    for (const [name, value] of Object.entries(cacheHeaders(isPrivate ? null : { etag }))) {
      headers.push(name, value);
    }
    if (counted) headers.push(...Object.entries(headersOf(counted)).flat().map(String));
    if (!options.isOpen()) headers.push('connection', 'close');
    response.writeHead(status, headers).end(body);
  }

  app.server.removeAllListeners('request').on('request', arrive);
}

const JSON_TYPES = new Set([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-8',
]);
const HOST = /^[\w.-]+(?::\d+)?$|^\[[\da-f:.]+\](?::\d+)?$/i;

/** Sent as clients send queries: a short JSON body that says how long it is. */
function isUsual({ method, url, headers }: IncomingMessage, path: string, largest: number): boolean {
  return (
    method === 'POST' &&
    url === path &&
    JSON_TYPES.has(headers['content-type'] ?? '') &&
    Number(headers['content-length']) <= largest &&
    headers['transfer-encoding'] === undefined &&
    headers['content-encoding'] === undefined &&
    HOST.test(headers.host ?? '')
  );
}

interface Asked {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Variables;
}

/** Undefined for a body that is no plain question, well-formed or not. */
function askedIn(text: string): Asked | undefined {
  // What is no text is refused in words that name the variable that holds it.
  if (text.includes('\\u0000')) return undefined;
  const body: unknown = safeParse(text);
  if (!isObject(body)) return undefined;
  const { query, operationName, variables, extensions } = body;
  if (typeof query !== 'string') return undefined;
  if (extensions !== undefined && extensions !== null) {
    // Such as a client's name; a persisted query is found by its digest, and that is not our business.
    if (!isObject(extensions) || 'persistedQuery' in extensions) return undefined;
  }
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    return undefined;
  if (variables !== undefined && variables !== null && !isObject(variables)) return undefined;
  return { query, operationName: operationName ?? undefined, variables: variables ?? {} };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
