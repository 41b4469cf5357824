import { unwrapResolverError } from '@apollo/server/errors';
import {
  type ErrorCode,
  inLanguage,
  type Language,
  type Messages,
  presentError,
} from '@samspill/subgraph/protocol';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { currentRequest, requestScope } from './request-scope.js';
import { AssertionRefused, ServiceUnavailable } from './service-unavailable.js';

/** Apollo's codes for what is wrong with the client's own document or request. Kept as `reason`. */
const CLIENT_FAULTS = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'OPERATION_RESOLUTION_FAILURE',
  'INVALID_GRAPHQL',
]);

const CODES: ReadonlySet<unknown> = new Set<ErrorCode>([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'BAD_USER_INPUT',
  'RATE_LIMITED',
  'SERVICE_UNAVAILABLE',
  'INTERNAL',
]);

/** What Apollo, or a service's server, adds and no client needs. */
const INTERNAL_EXTENSIONS = ['messages', 'serviceName', 'stacktrace', 'exception', 'http', 'code'];

/**
 * Apollo's `formatError` for the whole gateway: every error leaves with a code of the closed list and a
 * message in the reader's language, and whatever is not known to be meant for clients is masked and logged.
 *
 * graphql-js's complaints about a document keep its own English words: they are for whoever writes the
 * query, and clients of persisted queries compare them.
 */
export function errorFormatter(log: Logger, { hideSchemaDetails }: { hideSchemaDetails: boolean }) {
  return (shown: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const formatted = hideSchemaDetails ? withoutSuggestions(shown) : shown;
    const { language, requestId } = currentRequest.getStore() ?? requestScope({});
    const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
    if (cause instanceof ServiceUnavailable) {
      const details = { err: cause.reason, service: cause.extensions.service, requestId };
      if (cause.reason instanceof AssertionRefused) {
        log.error(
          details,
          'A service does not believe who we say asks: its ASSERTION_KEYS must fit GATEWAY_KEY',
        );
      } else log.warn(details, 'A service did not answer');
    }
    return (
      asPublic(formatted, language) ??
      inOneLanguage(
        presentError(asInternal(formatted, error), {
          language,
          requestId,
          onInternalError: (err) => log.error({ err, requestId }, 'A request failed'),
        }),
      )
    );
  };
}

/**
 * graphql-js ends a complaint with its guesses of what a misspelt name should have been. Apollo would take them
 * out of what validation says, but not out of what is said of the values of variables; and by a pattern that
 * takes the better part of a minute for a value of a megabyte that is full of beginnings.
 */
function withoutSuggestions(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { message } = formatted;
  const guess = message.endsWith('?') ? message.lastIndexOf('Did you mean ') : -1;
  return guess < 0 ? formatted : { ...formatted, message: message.slice(0, guess).trimEnd() };
}

function asPublic(formatted: GraphQLFormattedError, language: Language): GraphQLFormattedError | undefined {
  const { message, locations, path, extensions = {} } = formatted;
  const reason = extensions.code as string;
  const messages = extensions.messages as Messages | undefined;
  // From a service they mean that the service did not understand us, unless it says in words of its own what
  // the client did: a value that one of its scalars refuses is found by its validation, not by ours.
  const isClientFault = CLIENT_FAULTS.has(reason) && (extensions.serviceName === undefined || !!messages);
  // A masked error has words of ours. Without them the message is whatever was thrown.
  if (!isClientFault && (!CODES.has(reason) || (reason === 'INTERNAL' && !messages))) return undefined;
  return {
    message: messages ? inLanguage(messages, language) : message,
    locations,
    path,
    extensions: {
      code: isClientFault ? 'BAD_USER_INPUT' : reason,
      ...(isClientFault && { reason }),
      ...(extensions.serviceName !== undefined && { service: extensions.serviceName }),
      ...Object.fromEntries(
        Object.entries(extensions).filter(([name]) => !INTERNAL_EXTENSIONS.includes(name)),
      ),
    },
  };
}

/** Between services an error has its words in all languages; a client is told those that it reads. */
function inOneLanguage({ extensions = {}, ...error }: GraphQLFormattedError): GraphQLFormattedError {
  const { messages: _, ...rest } = extensions;
  return { ...error, extensions: rest };
}

function asInternal(formatted: GraphQLFormattedError, error: unknown): GraphQLError {
  const thrown = unwrapResolverError(error);
  return new GraphQLError('Internal', {
    path: formatted.path,
    // An error that is no GraphQLError is what presentError masks.
    originalError: new Error(formatted.message, { cause: thrown }),
  });
}
