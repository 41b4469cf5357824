import { GraphQLError } from 'graphql';
import type { Path } from './paths.js';

interface Failure {
  readonly error: unknown;
  path: Path;
}

/**
 * Calls that were not answered, for one request. A page may ask a service ten times, and that it is down is one thing
 * to tell a reader, not ten: one error for each service, at the innermost place that has all its missing parts in it.
 */
export class Failures {
  readonly #byService = new Map<string, Failure>();

  add(service: string, error: unknown, path: Path): void {
    const known = this.#byService.get(service);
    if (known) known.path = sharedBeginning(known.path, path);
    else this.#byService.set(service, { error, path });
  }

  errors(): unknown[] {
    return [...this.#byService.values()].map(({ error, path }) => placed(error, path));
  }
}

function sharedBeginning(one: Path, other: Path): Path {
  const end = one.findIndex((step, at) => step !== other[at]);
  return end < 0 ? one : one.slice(0, end);
}

function placed(error: unknown, path: Path): GraphQLError {
  const cause = error instanceof Error ? error : new Error(String(error));
  const extensions = cause instanceof GraphQLError ? cause.extensions : {};
  return new GraphQLError(cause.message, {
    originalError: cause,
    path: path.length > 0 ? path : undefined,
    extensions,
  });
}
