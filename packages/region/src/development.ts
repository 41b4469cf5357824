import type { DevelopmentIssuer } from '@samspill/development-issuer';
import { isLoopback, isProduction } from '@samspill/environment';
import type { Logger } from 'pino';

/** Whom the development issuer's tokens are for. Real issuers have an audience of their own in ISSUERS. */
const AUDIENCE = 'https://samspill.local';

/** What of the environment decides whether there is a development issuer. */
interface Environment {
  readonly DEVELOPMENT_ISSUER?: boolean | undefined;
  readonly ISSUERS?: string | undefined;
  readonly DATABASE_URL?: string | undefined;
  readonly TRUST_PROXY?: unknown;
  readonly ADMINISTRATORS?: string | undefined;
  readonly CORS_ORIGINS: readonly string[];
  readonly NODE_ENV?: string | undefined;
  readonly HOST: string;
  readonly PORT: number;
}

/**
 * Starts the development issuer where a developer would want it: on this machine, with data of its own, and
 * nobody else to log in with. Told to (DEVELOPMENT_ISSUER=true), it starts wherever it may.
 * @throws MendableError where it may not: in production, and where others reach it.
 */
export async function developmentIssuerFor(
  environment: Environment,
  log: Logger,
): Promise<DevelopmentIssuer | null> {
  const { HOST: host, PORT } = environment;
  if (!(environment.DEVELOPMENT_ISSUER ?? isWanted(environment))) return null;
  // Only here: a process in production has no business with an issuer of invented people in its memory.
  const { startDevelopmentIssuer } = await import('@samspill/development-issuer');
  // Beside the gateway and the four services, which have the ports in between when they are alone.
  return startDevelopmentIssuer({ host, port: PORT === 0 ? 0 : PORT + 5, audience: AUDIENCE, log });
}

function isWanted(environment: Environment): boolean {
  const { ISSUERS, DATABASE_URL, HOST, TRUST_PROXY, ADMINISTRATORS, CORS_ORIGINS } = environment;
  // Each of these says that somebody else than a developer is meant to come, perhaps through a proxy.
  const isForOthers = ISSUERS || DATABASE_URL || TRUST_PROXY !== undefined || ADMINISTRATORS;
  const pagesElsewhere = CORS_ORIGINS.filter((origin) => !isLoopback(new URL(origin).hostname));
  return !isProduction(environment) && !isForOthers && pagesElsewhere.length === 0 && isLoopback(HOST);
}
