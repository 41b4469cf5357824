import { isLoopback } from '@samspill/environment';
import { scopes } from '@samspill/identity';
import type { Credentials } from '../tools/credentials.js';
import { maskinporten } from '../tools/maskinporten.js';
import { dataDirectoryKey, ownKey } from '../tools/own-key.js';
import type { ImportEnvironment } from './environment.js';

/**
 * How the import proves who it is to the region at `url`: what it was given, or else the key of the data
 * directory, if `running`, the region that runs on that directory, is where it sends to. No other region
 * is shown that key's tokens: it could show them to ours. Null when there is no way.
 */
export async function credentialsFor(
  url: string,
  running: string | null,
  environment: ImportEnvironment,
): Promise<Credentials | null> {
  const { SERVICE_KEY_FILE, MASKINPORTEN_CLIENT_ID, DATA_DIR } = environment;
  const asked = { scopes: [scopes.importNotices] };
  if (SERVICE_KEY_FILE) return ownKey(SERVICE_KEY_FILE, asked);
  if (MASKINPORTEN_CLIENT_ID) {
    return maskinporten({
      clientId: MASKINPORTEN_CLIENT_ID,
      // Set together, says the schema.
      keyFile: environment.MASKINPORTEN_KEY_FILE as string,
      resource: environment.MASKINPORTEN_RESOURCE as string,
      issuer: environment.MASKINPORTEN_ISSUER,
      scope: environment.MASKINPORTEN_SCOPE,
    });
  }
  return running !== null && isSame(url, running) ? dataDirectoryKey(DATA_DIR, asked) : null;
}

/** Whether two addresses are the same program: this machine has several names. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [URL.parse(one), URL.parse(other)];
  if (!a || !b || a.protocol !== b.protocol || a.port !== b.port) return false;
  return a.hostname === b.hostname || (isLoopback(a.hostname) && isLoopback(b.hostname));
}
