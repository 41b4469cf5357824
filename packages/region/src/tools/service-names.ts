import type { ServiceName } from '@samspill/messages';

/** Every service, for commands that need no more of them than the name: to load them all takes a second. */
export const serviceNames = ['tenders', 'suppliers', 'dialogue', 'events'] as const satisfies ServiceName[];

export function isServiceName(name: string): name is ServiceName {
  return (serviceNames as readonly string[]).includes(name);
}
