import type { ServiceStore } from '@samspill/subgraph';
import { Document } from './document.js';
import type { KeptFiles } from './files/kept-files.js';
import { openFiles } from './files/open-files.js';
import { Leases } from './lease.js';
import type { DocumentPurpose } from './purpose.js';

/** Where a service's documents are taken in. */
export class Desk {
  readonly leases: Leases;
  /** What goes on although nobody waits for it any longer. */
  private readonly running = new Set<Promise<unknown>>();
  private opened: Promise<KeptFiles> | undefined;

  constructor(
    readonly store: ServiceStore,
    readonly purposes: readonly DocumentPurpose[],
  ) {
    this.leases = new Leases(store);
  }

  /** Not before they are needed: most processes of a developer never take in a file. */
  files(): Promise<KeptFiles> {
    this.opened ??= openFiles(this.store, async (id) => (await this.document(id))?.size ?? null).catch(
      (error) => {
        // A folder that is not there yet may be there the next time.
        this.opened = undefined;
        throw error;
      },
    );
    return this.opened;
  }

  /** As the service sees it. */
  document(id: string): Promise<Document | null> {
    return this.store.as('system').findOne(Document, { id });
  }

  /** @throws when there is no such purpose: a fault of the service's own code. */
  purpose(name: string): DocumentPurpose {
    const purpose = this.purposes.find((each) => each.name === name);
    if (purpose) return purpose;
    throw new Error(`${this.store.name} takes no documents for ${name}; see documents([…]) in its parts.`);
  }

  /** Lets something go on beside the request that began it. It has to take care of its own errors. */
  beside(work: Promise<unknown>): void {
    this.running.add(work);
    void work.finally(() => this.running.delete(work));
  }

  async allDone(): Promise<void> {
    await Promise.allSettled(this.running);
  }
}

const desks = new WeakMap<ServiceStore, Desk>();

/** A service has one desk for as long as it runs. */
export function openDesk(store: ServiceStore, purposes: readonly DocumentPurpose[]): Desk {
  const desk = desks.get(store) ?? new Desk(store, purposes);
  desks.set(store, desk);
  return desk;
}

/** @throws when the service takes no documents at all: a fault of its own code. */
export function deskOf(store: ServiceStore): Desk {
  const desk = desks.get(store);
  if (!desk) throw new Error(`${store.name} takes no documents; put documents([…]) among its parts.`);
  return desk;
}
