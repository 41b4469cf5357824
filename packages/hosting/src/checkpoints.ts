import { checkpointKey, checkpointTimer, signCheckpoint } from '@samspill/audit';
import type { Service } from '@samspill/subgraph';
import { plainFault } from './host.js';

/**
 * Signs where each service's audit log stands, once a day, for as long as the process lives. What is signed
 * goes into the log as well: a copy outside the database tells of an end that was cut off.
 * @returns stops it, once what is being signed is signed.
 */
export function keepCheckpoints(
  services: readonly Service[],
  seed: Uint8Array,
  /** Where nobody keeps the log, a line for each service would only be in the way. */
  level: 'info' | 'debug' = 'info',
): () => Promise<void> {
  const { privateKey, keyId } = checkpointKey(seed.subarray(0, 32));
  const timers = services.map(({ name, store, log }) =>
    checkpointTimer({
      sign: async () => {
        const now = store.host.clock.now();
        const checkpoint = await signCheckpoint(store.as('system'), name, { privateKey, keyId, now });
        if (checkpoint) log[level]({ checkpoint }, 'The audit log has been signed');
      },
      onError: (error) => log.error({ err: plainFault(error) }, 'The audit log could not be signed'),
    }),
  );
  return async () => {
    await Promise.all(timers.map((timer) => timer.stop()));
  };
}
