import { connect, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { MalwareScan } from '@samspill/subgraph';

/** How long the scanner may be silent, in milliseconds. */
const PATIENCE = 60_000;
const LONGEST_ANSWER = 4_096;

/**
 * A scanner that speaks ClamAV's protocol, at `host:port`, `[::1]:port` or a socket's path beginning with `/`. The
 * file is streamed to it (INSTREAM), so it needs to see no folder of ours.
 */
export function clamd(address: string, { patience = PATIENCE } = {}): MalwareScan {
  const target = targetOf(address);
  return async (file) => {
    const socket = connect(target);
    socket.setTimeout(patience, () => socket.destroy(new Error('The malware scanner does not answer.')));
    try {
      const answer = answerFrom(socket);
      // Refused half way, the file cannot be sent to its end; what the scanner said of it counts.
      const sent = pipeline(await file(), framed, socket, { end: false }).catch((error: Error) =>
        socket.destroy(error),
      );
      const said = verdict(await answer);
      await sent;
      return said;
    } finally {
      socket.destroy();
    }
  };
}

/** Each piece with its length before it, and an empty one at the end. */
async function* framed(file: AsyncIterable<string | Uint8Array>): AsyncIterable<Buffer> {
  yield Buffer.from('zINSTREAM\0');
  for await (const chunk of file) {
    const bytes = Buffer.from(chunk as Uint8Array);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    if (bytes.length > 0) yield Buffer.concat([length, bytes]);
  }
  yield Buffer.alloc(4);
}

async function answerFrom(socket: Socket): Promise<string> {
  let answer = '';
  for await (const chunk of socket) {
    answer += String(chunk);
    if (answer.includes('\0') || answer.length > LONGEST_ANSWER) break;
  }
  return (answer.split('\0')[0] ?? '').trim();
}

function verdict(answer: string): Awaited<ReturnType<MalwareScan>> {
  if (answer === 'stream: OK') return { clean: true };
  const threat = /^stream: (.+) FOUND$/.exec(answer)?.[1];
  if (threat) return { clean: false, threat };
  throw new Error(`The malware scanner could not say: ${answer.slice(0, 200) || 'nothing at all'}`);
}

function targetOf(address: string): { path: string } | { host: string; port: number } {
  if (address.startsWith('/')) return { path: address };
  const match = /^(?:tcp:\/\/)?(?:\[([^\]]+)\]|([^:/]+)):(\d{1,5})$/.exec(address);
  const port = Number(match?.[3]);
  if (!match || port < 1 || port > 65_535) {
    throw new Error(
      `Not the address of a malware scanner: ${address}. Use host:port or the path of a socket.`,
    );
  }
  return { host: (match[1] ?? match[2]) as string, port };
}
