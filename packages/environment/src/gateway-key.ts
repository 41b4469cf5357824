import { givenOrDevelopmentKey } from './key-file.js';

/**
 * The gateway's master key, of which every service has a key of its own. For developing it is made in the data
 * directory, where services that run beside the gateway find it too.
 * @throws EnvironmentError in production without a key, saying how to make one.
 */
export function gatewayKey(environment: {
  readonly GATEWAY_KEY?: string | undefined;
  readonly DATA_DIR: string;
  readonly NODE_ENV?: string | undefined;
}): Uint8Array {
  const { GATEWAY_KEY: value } = environment;
  return givenOrDevelopmentKey(environment, { value, variable: 'GATEWAY_KEY', name: 'gateway' });
}
