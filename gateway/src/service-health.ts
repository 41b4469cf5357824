import { request } from 'undici';

/** Long enough for a busy service, short enough for a probe. */
const PATIENCE = 2_000;

export interface ServiceHealth {
  states(): Promise<Record<string, 'up' | 'down'>>;
  /**
   * Whether the gateway should get traffic: as soon as one service has answered, and from then on always.
   * A gateway that takes itself out when the services fail would turn explained errors into refused
   * connections, on all replicas at once.
   */
  isReady(): Promise<boolean>;
}

/** Asks the services that the gateway calls over HTTP how they are. */
export function serviceHealth(urls: ReadonlyMap<string, string>): ServiceHealth {
  let hasBeenReady = false;
  const states = async () => {
    const entries = await Promise.all(
      [...urls].map(async ([name, url]) => [name, (await isUp(url)) ? 'up' : 'down'] as const),
    );
    hasBeenReady ||= entries.some(([, state]) => state === 'up');
    return Object.fromEntries(entries);
  };
  return {
    states,
    isReady: async () => {
      if (!hasBeenReady) await states();
      return hasBeenReady;
    },
  };
}

async function isUp(url: string): Promise<boolean> {
  try {
    const response = await request(new URL('/health/ready', url), { signal: AbortSignal.timeout(PATIENCE) });
    await response.body.dump();
    return response.statusCode === 200;
  } catch {
    return false;
  }
}
