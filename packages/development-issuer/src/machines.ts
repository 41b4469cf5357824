import { scopes } from '@samspill/identity';

/** A program that gets tokens for itself. */
export interface Machine {
  readonly id: string;
  /** The organisation number of who runs it. */
  readonly consumer: string;
  readonly scopes: readonly string[];
}

export const machines: readonly Machine[] = [
  // Run by Indre Østfold, the municipality of most personas.
  { id: 'samspill-import', consumer: '920123899', scopes: [scopes.importNotices] },
];

/** Everything that machines may ask for. */
export const machineScopes = [...new Set(machines.flatMap((machine) => machine.scopes))];
