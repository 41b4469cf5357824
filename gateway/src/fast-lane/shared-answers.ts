import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestScope } from '../request-scope.js';

/** A map that every question enters and leaves keeps V8 busy, unless it is renewed now and then (ADR 41). */
const RENEWED_AFTER = 100;

/**
 * Equal questions that are asked while the first is being answered are answered with it: whatever the public asks at
 * once costs the services one answer, however many ask.
 */
export class SharedAnswers<T> {
  #inFlight = new Map<string, Promise<T>>();
  #entered = 0;

  /** @param key all that the answer depends on */
  answer(key: string, execute: () => Promise<T>): Promise<T> {
    const known = this.#inFlight.get(key);
    if (known) return known;
    const answer = execute().finally(() => {
      if (this.#inFlight.get(key) === answer) this.#inFlight.delete(key);
    });
    if (++this.#entered % RENEWED_AFTER === 0) this.#inFlight = new Map(this.#inFlight);
    this.#inFlight.set(key, answer);
    return answer;
  }

  /**
   * Lets nobody join what is being answered now: something has changed, and whoever asks after a change gets to see
   * it, also where somebody else asked the same just before.
   */
  forget(): void {
    this.#inFlight = new Map();
  }

  /** {@link forget}, after whatever change Apollo Server executes. */
  forgetAfterChanges(): ApolloServerPlugin<RequestScope> {
    return {
      requestDidStart: async () => ({
        willSendResponse: async ({ operation }) => {
          if (operation?.operation === 'mutation') this.forget();
        },
      }),
    };
  }
}
