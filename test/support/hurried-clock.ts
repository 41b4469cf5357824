import type { Clock } from '@samspill/values';

/** The system's clock, and it can be hurried: nobody has to sit and wait for a deadline. It never goes back. */
export class HurriedClock implements Clock {
  #ahead = 0;

  now(): Date {
    return new Date(Date.now() + this.#ahead);
  }

  /** Makes it later than that moment. */
  past(moment: Date | string): void {
    const missing = new Date(moment).getTime() - this.now().getTime();
    if (missing >= 0) this.#ahead += missing + 1;
  }
}
