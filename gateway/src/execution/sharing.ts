import { isDeepStrictEqual } from 'node:util';
import type { Data } from './data.js';
import type { Send, ServiceAnswer } from './service-call.js';

interface Flight {
  readonly representations: readonly Data[] | null;
  readonly others: {
    readonly resolve: (answer: ServiceAnswer) => void;
    readonly reject: (reason: unknown) => void;
  }[];
}

/**
 * Asks the same once while it is not answered, though two paths of the answer want to know it, such as the suppliers of
 * the awards and of the contracts. For one request: another one may be somebody else's.
 */
export function sharing(send: Send): Send {
  const inFlight = new Map<string, Flight[]>();
  return async (call) => {
    if (call.kind === 'mutation') return send(call);
    const { representations } = call;
    // The variables are the client's, and the same for both.
    const key = call.question.asks;
    const alike = inFlight.get(key) ?? [];
    const same = alike.find((each) => isDeepStrictEqual(each.representations, representations));
    if (same) return new Promise((resolve, reject) => same.others.push({ resolve, reject }));
    const flight: Flight = { representations, others: [] };
    inFlight.set(key, [...alike, flight]);
    try {
      const answer = await send(call);
      // Copies, made before anybody can change it: what is found further down belongs to one place only.
      for (const { resolve } of flight.others) resolve(structuredClone(answer));
      return answer;
    } catch (error) {
      for (const { reject } of flight.others) reject(error);
      throw error;
    } finally {
      inFlight.set(
        key,
        (inFlight.get(key) ?? []).filter((each) => each !== flight),
      );
    }
  };
}
