import { GraphQLError, type GraphQLFormattedError } from 'graphql';
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
  // Without an original error it was graphql-js itself that complained, about the client's document or variables.
  if (!error.originalError || error.originalError instanceof GraphQLError) {
    return { message, locations, path, extensions: { code: 'BAD_USER_INPUT', ...error.extensions } };
  }
  audience.onInternalError(error.originalError, audience.requestId);
  return {
    message: inLanguage(INTERNAL, audience.language),
    locations,
    path,
    extensions: { code: 'INTERNAL', messages: INTERNAL, requestId: audience.requestId },
  };
}
