import type { IncomingMessage } from 'node:http';
import { everybody, type Identify, type Identity, TokenRefused } from '@samspill/identity';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { foundOf } from './fast-lane/handed-on.js';
import { Refusal } from './refusals.js';
import { refusedToken } from './token-messages.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks. Everybody, where nobody has to say who they are. */
    identity: Identity;
  }
}

export interface IdentityOptions {
  /** The paths where it matters who asks. */
  paths: readonly string[];
  /**
   * How a header becomes an identity.
   * @default nobody's token is believed, and whoever sends none is the public
   */
  identify?: Identify;
  log: Logger;
  /** Told of every token that is not believed; may refuse in words of its own. */
  onRefused?: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
}

/** `Bearer `, and the largest token that is taken. */
const LARGEST_HEADER = 'Bearer '.length + 8_192;

/**
 * Finds out who asks before anything of what they ask is read. A token that is not believed is refused and
 * never taken for none: whoever sent it would see less than they expect and not be told why.
 */
export function useIdentity(app: FastifyInstance, options: IdentityOptions): void {
  const { paths, identify = believeNobody, log, onRefused } = options;
  app.decorateRequest('identity', null as never);
  app.addHook('onRequest', async (request, reply) => {
    request.identity = everybody;
    if (!paths.includes(request.routeOptions.url ?? '')) return;
    try {
      const identity = foundOf(request.raw).identity ?? identify(authorizationOf(request.raw));
      // Mostly known already, and then not worth a turn of the event loop.
      request.identity = identity instanceof Promise ? await identity : identity;
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error;
      throw await refusal(error, request, reply);
    }
  });

  async function refusal(
    refused: TokenRefused,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Refusal> {
    const { fault, detail } = refused;
    log.warn({ requestId: request.id, fault, detail }, 'A token was not believed');
    if (fault !== 'ISSUER_UNREACHABLE') await onRefused?.(request, reply);
    return refusedToken(fault);
  }
}

/** @throws TokenRefused */
export function authorizationOf(request: IncomingMessage): string | undefined {
  const { authorization } = request.headers;
  if (authorization === undefined) return undefined;
  // Node would take the first, and whoever stands in front may have checked the last.
  if ((request.headersDistinct.authorization?.length ?? 0) > 1) {
    throw new TokenRefused('MALFORMED', 'more than one Authorization header');
  }
  if (authorization.length > LARGEST_HEADER) throw new TokenRefused('TOO_LARGE');
  return authorization;
}

export const believeNobody: Identify = (header) => {
  if (header !== undefined) throw new TokenRefused('WRONG_ISSUER', 'no issuer is configured');
  return everybody;
};
