import { connect } from 'node:net';
import { quantile } from './figures.ts';
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
  const requests = load.requests.map(({ headers, body }) => {
    const lines = Object.entries({
      host: `${hostname}:${port}`,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    return Buffer.from(`POST ${pathname} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  });
  const expected = Buffer.from(load.expected);
  const latencies: number[] = [];
  const began = performance.now();
  const end = began + load.milliseconds;
  let next = 0;

  const askInTurns = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      let received: Buffer = Buffer.alloc(0);
      let asked = 0;
      const ask = () => {
        asked = performance.now();
        socket.write(requests[next++ % requests.length] as Buffer);
      };
      socket.once('connect', ask);
      socket.once('error', reject);
      socket.setTimeout(PATIENCE, () => socket.destroy(new Error(`No answer in ${PATIENCE} ms`)));
      socket.once('close', () => reject(new Error('The gateway hung up')));
      socket.on('data', (chunk: Buffer) => {
        received = received.length > 0 ? Buffer.concat([received, chunk]) : chunk;
        const body = bodyOf(received);
        if (!body) return;
        const now = performance.now();
        latencies.push(now - asked);
        // A gateway that answers something else quickly has not answered.
        if (!body.equals(expected)) return void socket.destroy(new Error(`Not the answer: ${received}`));
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

/** The body of an answer that has arrived as a whole. */
function bodyOf(received: Buffer): Buffer | null {
  const endOfHead = received.indexOf('\r\n\r\n');
  if (endOfHead < 0) return null;
  const head = received.toString('latin1', 0, endOfHead);
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
  if (length === undefined) throw new Error(`An answer without a length: ${head}`);
  const body = received.subarray(endOfHead + 4);
  return body.length < Number(length) ? null : body;
}
