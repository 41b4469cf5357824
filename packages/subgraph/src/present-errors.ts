import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import { inLanguage, type Language, type Messages, PublicError } from './errors.js';

/** What is needed to show an error to a client: its language, and where the rest of it is written. */
export interface ErrorAudience {
  language: Language;
  requestId: string;
  /** Called with what the client does not get to see. */
  onInternalError: (error: unknown, requestId: string) => void;
}

const INTERNAL: Messages = {
  nb: 'Noe gikk galt hos oss. Prøv igjen, og oppgi forespørselens nummer om du melder fra.',
  nn: 'Noko gjekk gale hos oss. Prøv igjen, og oppgje nummeret på førespurnaden om du melder frå.',
  en: 'Something went wrong on our side. Try again, and give the request id if you report it.',
};

/**
 * Makes an error fit for a client. Our public errors are put into the client's language, GraphQL's own
 * (syntax, validation, variables) are passed on, and everything else is masked and logged: a stack trace
 * or a database message tells an attacker more than a developer.
 */
export function presentError(error: GraphQLError, audience: ErrorAudience): GraphQLFormattedError {
  const cause = error.originalError ?? error;
  const { message, locations, path } = error.toJSON();
  const messages = error.extensions.messages as Messages | undefined;
  if (cause instanceof PublicError || (messages && typeof error.extensions.code === 'string')) {
    const shown = messages ?? (cause as PublicError).messages;
    return { message: inLanguage(shown, audience.language), locations, path, extensions: error.extensions };
  }
  if (isClientFault(error)) {
    return { message, locations, path, extensions: { code: 'BAD_USER_INPUT', ...error.extensions } };
  }
  audience.onInternalError(cause, audience.requestId);
  return {
    message: inLanguage(INTERNAL, audience.language),
    locations,
    path,
    extensions: { code: 'INTERNAL', messages: INTERNAL, requestId: audience.requestId },
  };
}

/**
 * Whether graphql-js complains about what the client wrote. Its complaints about a document and its
 * variables lead to no place in the answer. Those that do are about a field: about one of its arguments,
 * whose value they then point at, or about what we resolved it to, such as a value that its enum lacks.
 */
function isClientFault(error: GraphQLError): boolean {
  const { originalError: original } = error;
  if (original && !(original instanceof GraphQLError)) return false;
  if (!error.path) return true;
  return ((original ?? error) as GraphQLError).nodes?.some(({ kind }) => kind !== Kind.FIELD) ?? false;
}
