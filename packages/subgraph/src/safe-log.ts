import { withoutDetail } from '@samspill/values';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

/** Headers that let somebody in. */
const SECRETS = ['authorization', 'cookie', 'set-cookie', 'samspill-assertion', 'proxy-authorization'];

/**
 * A log that can be kept and shown to others: no tokens, and no more of a request or an error than what
 * happened where. Errors of libraries carry whatever they were busy with — a client, its request, the
 * parameters of a statement — and pino writes all that hangs on them.
 */
export function safeLog(log: Logger): Logger {
  return log.child(
    {},
    {
      redact: {
        paths: SECRETS.flatMap((name) => ['', '*.', '*.*.'].map((above) => pathOf(above, name))),
        censor: '[redacted]',
      },
      serializers: { err: plainError, error: plainError, req: plainRequest, res: plainReply },
    },
  );
}

function pathOf(above: string, name: string): string {
  const isWord = /^\w+$/.test(name);
  return isWord ? `${above}${name}` : `${above.replace(/\.$/, '')}["${name}"]`;
}

interface PlainError {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: PlainError;
  errors?: PlainError[];
}

const DEEPEST = 5;

function plainError(error: unknown, depth = 0): PlainError {
  if (!(error instanceof Error)) return { type: typeof error, message: withoutTokens(String(error)) };
  const { code } = error as NodeJS.ErrnoException;
  const further = depth < DEEPEST;
  return {
    type: error.name,
    message: withoutTokens(error.message),
    ...(typeof code === 'string' && { code }),
    ...(error.stack && { stack: withoutTokens(error.stack) }),
    ...(further && error.cause !== undefined && { cause: plainError(error.cause, depth + 1) }),
    ...(further &&
      error instanceof AggregateError && {
        errors: error.errors.slice(0, 10).map((each) => plainError(each, depth + 1)),
      }),
  };
}

/** A JSON Web Token or the beginning of one, and whatever stands behind `Bearer`. */
const TOKENS = /\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}|(?<=\bBearer\s+)[^\s"',;]+/gi;

export function withoutTokens(text: string): string {
  return withoutDetail(text).replace(TOKENS, '[redacted]');
}

/** Neither the address of whoever asks nor the query, which may be a GraphQL document with its variables. */
function plainRequest(request: FastifyRequest) {
  return { method: request.method, path: request.url?.split('?', 1)[0] };
}

function plainReply(reply: FastifyReply) {
  return { statusCode: reply.statusCode };
}
