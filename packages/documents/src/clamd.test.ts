import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, expect, it } from 'vitest';
import { clamd } from './clamd.js';

const servers: Server[] = [];
afterEach(() => servers.splice(0).map((server) => server.close()));

/** A scanner that reads the stream as ClamAV does, finds EICAR in it, and takes at most a megabyte. */
async function scanner(onSocket: (socket: Socket) => void = protocol, path?: string): Promise<string> {
  const server = createServer(onSocket);
  servers.push(server);
  await new Promise<void>((resolve) =>
    path ? server.listen(path, resolve) : server.listen(0, '127.0.0.1', resolve),
  );
  return path ?? `127.0.0.1:${(server.address() as { port: number }).port}`;
}

function protocol(socket: Socket): void {
  let input = Buffer.alloc(0);
  let file = Buffer.alloc(0);
  socket.on('error', () => undefined);
  socket.on('data', (data) => {
    input = Buffer.concat([input, data as Buffer]);
    if (file.length === 0 && input.subarray(0, 10).equals(Buffer.from('zINSTREAM\0')))
      input = input.subarray(10);
    while (input.length >= 4) {
      const length = input.readUInt32BE(0);
      if (input.length < 4 + length) return;
      if (length === 0) {
        const found = file.includes('EICAR') ? 'Eicar-Test-Signature FOUND' : 'OK';
        socket.end(`stream: ${found}\0`);
        return;
      }
      file = Buffer.concat([file, input.subarray(4, 4 + length)]);
      input = input.subarray(4 + length);
      if (file.length > 1_000_000) {
        socket.end('INSTREAM size limit exceeded. ERROR\0');
        return;
      }
    }
  });
}

const file =
  (...chunks: string[]) =>
  () =>
    Readable.from(chunks.map((chunk) => Buffer.from(chunk)));

it('says that a file is clean', async () => {
  const scan = clamd(await scanner());
  expect(await scan(file('nothing ', 'to ', '', 'see'))).toEqual({ clean: true });
  expect(await scan(async () => Readable.from([Buffer.alloc(900_000)]))).toEqual({ clean: true });
});

it('says what it found, also across pieces', async () => {
  expect(await clamd(await scanner())(file('x EIC', 'AR y'))).toEqual({
    clean: false,
    threat: 'Eicar-Test-Signature',
  });
});

it('speaks through a socket in the file system as well', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'samspill-clamd-'));
  expect(await clamd(await scanner(protocol, join(folder, 'clamd.sock')))(file('x'))).toEqual({
    clean: true,
  });
  rmSync(folder, { recursive: true });
});

it('fails when the scanner could not say', async () => {
  const large = () => Readable.from(Array.from({ length: 40 }, () => Buffer.alloc(100_000)));
  await expect(clamd(await scanner())(large)).rejects.toThrow();
  const odd = await scanner((socket) => socket.end('UNKNOWN COMMAND\0'));
  await expect(clamd(odd)(file('x'))).rejects.toThrow();
  const silent = await scanner((socket) => void socket.resume());
  await expect(clamd(silent, { patience: 100 })(file('x'))).rejects.toThrow('does not answer');
  const cut = await scanner((socket) => void socket.once('data', () => socket.destroy()));
  await expect(clamd(cut)(file('x'))).rejects.toThrow();
  await expect(clamd('127.0.0.1:1')(file('x'))).rejects.toThrow('ECONNREFUSED');
});

it('fails when the file cannot be read', async () => {
  const broken = () =>
    new Readable({
      read() {
        this.destroy(new Error('bad disk'));
      },
    });
  await expect(clamd(await scanner())(broken)).rejects.toThrow('bad disk');
});

it('wants to know where it is', () => {
  for (const address of ['', 'localhost', 'localhost:0', 'localhost:99999', 'http://localhost:3310']) {
    expect(() => clamd(address)).toThrow('host:port');
  }
  for (const address of ['localhost:3310', 'tcp://localhost:3310', '[::1]:3310', '/run/clamd.sock']) {
    expect(() => clamd(address)).not.toThrow();
  }
});
