import { readFileSync } from 'node:fs';
import { EnvironmentError, isProduction } from '@samspill/environment';
import { bearerToken } from './bearer-token.js';
import { everybody, type Identity } from './identity.js';
import { type IssuerConfiguration, issuersConfiguration } from './issuer-configuration.js';
import { tokenVerifier } from './token-verifier.js';

/** Who stands behind an `Authorization` header. @throws TokenRefused for one that is not believed. */
export type Identify = (authorizationHeader: string | undefined) => Identity | Promise<Identity>;

/**
 * Reads ISSUERS: a JSON array, or the path of a file with one. None when it is not set.
 * @throws EnvironmentError naming what does not fit, and refusing invented people in production.
 */
export function issuersOf(environment: {
  readonly ISSUERS?: string | undefined;
  readonly DEVELOPMENT_ISSUER?: boolean | undefined;
  readonly NODE_ENV?: string | undefined;
}): readonly IssuerConfiguration[] {
  const { ISSUERS, DEVELOPMENT_ISSUER } = environment;
  const production = isProduction(environment);
  if (production && DEVELOPMENT_ISSUER) {
    throw new EnvironmentError(
      'DEVELOPMENT_ISSUER lets anybody log in as anybody, so it does not run in production. Leave it out.',
    );
  }
  if (ISSUERS === undefined) return [];
  const result = issuersConfiguration.safeParse(parsed(ISSUERS));
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    throw new EnvironmentError(`ISSUERS does not fit:\n${problems.join('\n')}`);
  }
  const invented = result.data.find(({ profile }) => profile === 'development');
  if (production && invented) {
    throw new EnvironmentError(
      `ISSUERS: "${invented.name}" has the profile development, and anybody can log in as anybody there. Not in production.`,
    );
  }
  return result.data;
}

function parsed(text: string): unknown {
  const isFile = !text.trimStart().startsWith('[');
  let json = text;
  if (isFile) {
    try {
      json = readFileSync(text, 'utf8');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new EnvironmentError(
        `ISSUERS is neither a JSON array nor a file that can be read (${code}): ${text.slice(0, 200)}`,
      );
    }
  }
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new EnvironmentError(`ISSUERS is not JSON: ${(error as Error).message}`);
  }
}

/** Believes the tokens of these issuers, and nobody's when there are none. */
export function identifyBy(issuers: readonly IssuerConfiguration[]): Identify {
  const verifier = tokenVerifier({ issuers });
  return (header) => {
    const token = bearerToken(header);
    return token === null ? everybody : verifier.verify(token);
  };
}
