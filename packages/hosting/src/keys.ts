import {
  developmentKey,
  EnvironmentError,
  givenOrDevelopmentKey,
  isProduction,
  keyOf,
} from '@samspill/environment';
import { serviceKey } from '@samspill/identity';

interface Environment {
  readonly DATA_DIR: string;
  readonly NODE_ENV?: string | undefined;
  readonly AUDIT_KEY?: string | undefined;
  readonly ASSERTION_KEYS?: string | undefined;
}

/** The seed of the key that signs where the audit log stands. Made up while developing, never in production. */
export function auditKeyOf(environment: Environment): Uint8Array {
  const { AUDIT_KEY: value } = environment;
  return givenOrDevelopmentKey(environment, { value, variable: 'AUDIT_KEY', name: 'audit' });
}

/** The keys by which a service believes the gateway. A developer's processes agree on one in DATA_DIR. */
export function assertionKeysOf(environment: Environment, service: string): Uint8Array[] {
  const { ASSERTION_KEYS, DATA_DIR } = environment;
  if (ASSERTION_KEYS) return ASSERTION_KEYS.split(',').map((key) => keyOf(key, 'ASSERTION_KEYS'));
  if (isProduction(environment)) {
    throw new EnvironmentError(
      `ASSERTION_KEYS is missing, and in production nobody makes one up. It is made of the gateway's key: "GATEWAY_KEY=… npm run keys" prints the one of ${service}.`,
    );
  }
  return [serviceKey(developmentKey(DATA_DIR, 'gateway'), service)];
}
