import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestScope } from '../request-scope.js';

/**
 * Equal questions that are asked while the first is being answered are answered with it: whatever the public asks at
 * once costs the services one answer, however many ask.
 */
export class SharedAnswers<T> {
  #inFlight = new Map<string, Promise<T>>();

  /** @param key all that the answer depends on */
  answer(key: string, execute: () => Promise<T>): Promise<T> {
    const known = this.#inFlight.get(key);
    if (known) return known;
    const inFlight = this.#inFlight;
    const answer = execute().finally(() => inFlight.delete(key));
    inFlight.set(key, answer);
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
