/** Time is passed in, never fetched: rules stay functions, and tests and demos can move it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** Stands still until it is moved. */
export class AdjustableClock implements Clock {
  #time: number;

  constructor(start: Date | string) {
    this.#time = instant(start);
  }

  now(): Date {
    return new Date(this.#time);
  }

  set(to: Date | string): void {
    this.#time = instant(to);
  }

  /** Negative milliseconds move it back. */
  advance(milliseconds: number): void {
    this.#time = instant(new Date(this.#time + milliseconds));
  }
}

function instant(time: Date | string): number {
  const value = new Date(time).getTime();
  if (Number.isNaN(value)) throw new RangeError(`Not a point in time: ${String(time)}`);
  return value;
}
