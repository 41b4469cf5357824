import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** Headers as they go over the wire: a list is sent as several headers of one name. */
export type WireHeaders = Record<string, string | string[]>;

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads the answer to its own query
  readonly body: any;
}

/**
 * One connection that is used again and again, as a browser's is: what one request leaves behind on it, the next
 * one would find. `fetch` would join headers of one name, and a server never see that there were two.
 */
export class Wire implements Disposable {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(readonly url: string) {}

  post(body: string | object, headers: WireHeaders = {}): Promise<WireAnswer> {
    return this.send('POST', '/graphql', typeof body === 'string' ? body : JSON.stringify(body), {
      'content-type': 'application/json',
      ...headers,
    });
  }

  send(method: string, path: string, body: string | null, headers: WireHeaders): Promise<WireAnswer> {
    const { hostname, port } = new URL(this.url);
    return new Promise((resolve, reject) => {
      const asked = request({ hostname, port, method, path, headers, agent: this.#agent }, (answer) => {
        text(answer).then((said) => {
          const body = /json/.test(answer.headers['content-type'] ?? '') ? JSON.parse(said) : said;
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
        }, reject);
      });
      asked.once('error', reject);
      asked.end(body ?? undefined);
    });
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}
