/** What a service was at one moment: two are the same only if nothing has changed between them. */
export interface Generation {
  /** The name that all gateways know it by. */
  readonly name: string;
  /**
   * Whether it goes by that name. Not just after a change of our own: the name that it will have has not come yet.
   */
  readonly isShared: boolean;
}

/**
 * All services at one moment; null for one that nobody hears of just now. A service that is not in it announces
 * nothing, ever.
 */
export type Moment = ReadonlyMap<string, Generation | null>;

/** How long, after a change of our own, the name that is heard may still be that of before. */
const HEARD_BY_THEN = 2_000;

/**
 * What this gateway knows of its services' data: which generation of it they are at. What was read belongs to the
 * generation that the reading began in, and is forgotten with it.
 *
 * A generation is an object, compared by identity: one that has ended never comes back, not even under its name, such
 * as when the stream is taken up again at a replica that lags behind.
 */
export class Generations {
  #now: Moment;
  readonly #changedAt = new Map<string, number>();

  /** `services` are those that announce their changes. Until one is heard of, nothing is known of it. */
  constructor(services: readonly string[]) {
    this.#now = new Map(services.map((service) => [service, null]));
  }

  /** An unchanging picture: take it before reading. */
  get now(): Moment {
    return this.#now;
  }

  /** The service says what it is at: now and then, and whenever it has changed. */
  heard(service: string, name: string): void {
    const known = this.#now.get(service);
    if (known === undefined) return;
    if (known?.name === name && (known.isShared || !this.#isHeardByNow(service))) return;
    this.#set(service, { name, isShared: true });
  }

  /** Nobody says any more what the service is at. */
  lost(service: string): void {
    if (this.#now.get(service)) this.#set(service, null);
  }

  /** Something was changed through this gateway. The news is on its way, and whoever changed it will not wait for it. */
  changed(service: string): void {
    const known = this.#now.get(service);
    if (!known) return;
    this.#changedAt.set(service, performance.now());
    this.#set(service, { name: known.name, isShared: false });
  }

  #isHeardByNow(service: string): boolean {
    return performance.now() - (this.#changedAt.get(service) ?? 0) > HEARD_BY_THEN;
  }

  #set(service: string, generation: Generation | null): void {
    this.#now = new Map(this.#now).set(service, generation);
  }
}
