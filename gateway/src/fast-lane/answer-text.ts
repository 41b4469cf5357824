import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { asGraphQLError } from '../execution/as-graphql-error.js';
import type { Answer } from '../execution/compile-operation.js';

/** Apollo's `formatError`. */
export type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

export interface AnswerText {
  readonly status: number;
  readonly text: string;
}

/** An answer in which nothing is wrong, as Apollo Server writes it; null for any other. */
export function wholeText({ data, errors, holes }: Answer): string | null {
  return errors.length > 0 || holes.length > 0 ? null : `{"data":${JSON.stringify(data)}}\n`;
}

/** An answer with errors. Holes are told of only where no error explains them. */
export function textWithErrors({ data, errors, holes }: Answer, format: FormatError): AnswerText {
  const all = errors.length > 0 ? errors.map(asGraphQLError) : holes.map(asHole);
  const told = all.map((error) => format(enriched(error), error));
  return { status: statusOf(all), text: `${JSON.stringify({ errors: told, data })}\n` };
}

/** What is left to say when executing failed as a whole. */
export function textOfFailure(failure: unknown, format: FormatError): AnswerText {
  const error = asGraphQLError(failure);
  return { status: 500, text: `${JSON.stringify({ errors: [format(enriched(error), error)] })}\n` };
}

function asHole(hole: unknown): GraphQLError {
  // Without its own code, which would have it told as the client's fault.
  const { message, path } = hole as GraphQLError;
  return new GraphQLError(message, { path });
}

/** As Apollo Server hands an error to `formatError`. */
function enriched(error: GraphQLError): GraphQLFormattedError {
  const { http: _, ...extensions } = error.extensions;
  return {
    ...error.toJSON(),
    extensions: { ...extensions, code: error.extensions.code ?? 'INTERNAL_SERVER_ERROR' },
  };
}

/** Apollo Server lets an error decide on it. */
function statusOf(errors: readonly GraphQLError[]): number {
  const asked = errors.map(({ extensions }) => (extensions.http as { status?: unknown } | undefined)?.status);
  return asked.findLast((status) => typeof status === 'number') ?? 200;
}
