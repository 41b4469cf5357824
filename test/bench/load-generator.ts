import { connect } from 'node:net';
import { quantile } from './figures.ts';
import { firstMessage } from './http-message.ts';
import type { Load, LoadResult } from './load.ts';

// A process of its own, so that what it costs to ask is on no bill. It writes to sockets itself: an HTTP client would
// cost as much as a fast gateway, and the narrow place would be the core that it shares with the services.

/** How long a gateway may be silent, in milliseconds. */
const PATIENCE = 10_000;

process.on('message', async (load: Load) => {
  process.send?.(await generate(load));
});
process.once('disconnect', () => process.exit());

/** Asks on every connection, one request at a time, until the time is up; then waits for what is in flight. */
async function generate(load: Load): Promise<LoadResult> {
  const { hostname, port, pathname } = new URL(load.url);
  const exchanges = load.requests.map(({ headers, body, expected }) => {
    const lines = Object.entries({
      host: `${hostname}:${port}`,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    return { request: `POST ${pathname} HTTP/1.1\r\n${lines.join('')}\r\n${body}`, expected };
  });
  const latencies: number[] = [];
  const began = performance.now();
  const end = began + load.milliseconds;
  let next = 0;

  const askInTurns = () =>
    new Promise<void>((resolve, reject) => {
      const own = exchanges.map(({ request, expected }) => ({
        request: varying(request, load.varying),
        expected: varying(expected, load.varying),
      }));
      let current = own[0] as (typeof own)[number];
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      let received: Buffer = Buffer.alloc(0);
      let asked = 0;
      const ask = () => {
        current = own[next++ % own.length] as (typeof own)[number];
        if (load.varying) {
          const number = nextNumber(load.varying);
          current.request.vary(number);
          current.expected.vary(number);
        }
        asked = performance.now();
        socket.write(current.request.bytes);
      };
      socket.once('connect', ask);
      socket.once('error', reject);
      socket.setTimeout(PATIENCE, () => socket.destroy(new Error(`No answer in ${PATIENCE} ms`)));
      socket.once('close', () => reject(new Error('The gateway hung up')));
      socket.on('data', (chunk: Buffer) => {
        received = received.length > 0 ? Buffer.concat([received, chunk]) : chunk;
        const answer = firstMessage(received);
        if (!answer) return;
        const now = performance.now();
        latencies.push(now - asked);
        // A gateway that answers something else quickly has not answered.
        if (!answer.body.equals(current.expected.bytes)) {
          return void socket.destroy(new Error(`Not the answer: ${String(received).slice(0, 1_000)}`));
        }
        received = Buffer.alloc(0);
        if (now < end) return ask();
        socket.removeAllListeners('close').end();
        resolve();
      });
    });

  try {
    await Promise.all(Array.from({ length: load.connections }, askInTurns));
  } catch (error) {
    return { fault: String(error) };
  }
  const seconds = (performance.now() - began) / 1000;
  return {
    requests: latencies.length,
    perSecond: latencies.length / seconds,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
  };
}

interface Varying {
  readonly bytes: Buffer;
  /** Writes a number into its places. */
  vary(number: string): void;
}

/** Bytes of its own with places for a number in them. */
function varying(text: string, digits: string | null | undefined): Varying {
  const bytes = Buffer.from(text);
  const places: number[] = [];
  if (digits) {
    for (let at = bytes.indexOf(digits); at >= 0; at = bytes.indexOf(digits, at + 1)) places.push(at);
  }
  return {
    bytes,
    vary(number) {
      for (const place of places) bytes.write(number, place, 'latin1');
    },
  };
}

let last = 0;

/** Another number each time as long as this process runs, whoever is asked. */
function nextNumber(digits: string): string {
  return String(Number(digits) + ++last);
}
