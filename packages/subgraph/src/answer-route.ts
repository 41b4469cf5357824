import { GraphQLError } from 'graphql';
import { type ErrorCode, PublicError } from './errors.js';
import { presentError } from './present-errors.js';
import { findRoute } from './route.js';
import type { IncomingRequest, Service } from './service.js';

const STATUS: Record<ErrorCode, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  BAD_USER_INPUT: 400,
  RATE_LIMITED: 429,
  SERVICE_UNAVAILABLE: 503,
  INTERNAL: 500,
};

/** Whether a path belongs to a service's routes: `/events/…`. */
export const routePrefix = (service: string): string => `/${service}/`;

/**
 * Answers a request to one of a service's routes, by the same rules as GraphQL: who asks decides what is seen, what
 * is not for everybody is told only once it stands in the log who saw it, and errors are in GraphQL's manner.
 */
export async function answerRoute(
  service: Service,
  request: Request,
  incoming: IncomingRequest,
): Promise<Response> {
  const context = await service.context(incoming);
  const { language, requestId } = context;
  const refusal = (error: unknown, headers: Record<string, string> = {}) => {
    const presented = presentError(
      error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error }),
      {
        language,
        requestId,
        onInternalError: (err) => service.log.error({ err, requestId }, 'A route failed'),
      },
    );
    const { messages: _, ...extensions } = presented.extensions ?? {};
    const status = STATUS[extensions.code as ErrorCode] ?? 400;
    return Response.json({ errors: [{ message: presented.message, extensions }] }, { status, headers });
  };
  const url = new URL(request.url);
  const found = findRoute(service.routes, request.method, url.pathname.slice(service.name.length + 1));
  if (!found) return refusal(nothingHere());
  if ('allowed' in found) {
    const allow = found.allowed.join(', ');
    const answer = refusal(PublicError.badInput(notLikeThat(allow)), { allow });
    return new Response(answer.body, { status: 405, headers: answer.headers });
  }
  try {
    const response = await found.route.handle({ request, url, params: found.params, context });
    await context.recordReads(`${request.method} /${service.name}${found.route.path}`);
    return response;
  } catch (error) {
    return refusal(error);
  }
}

function nothingHere(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Her er det ingenting, eller ikke lenger. Hent adressen på nytt fra GraphQL.',
    nn: 'Her er det ingenting, eller ikkje lenger. Hent adressa på nytt frå GraphQL.',
    en: 'There is nothing here, or not any more. Ask GraphQL for the address again.',
  });
}

const notLikeThat = (allowed: string) => ({
  nb: `Denne adressen svarer bare på ${allowed}.`,
  nn: `Denne adressa svarar berre på ${allowed}.`,
  en: `This address answers only to ${allowed}.`,
});
