import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';

/** The program of this machine, if it has one. */
export const redisProgram = ['redis-server', 'valkey-server'].find(
  (name) => !spawnSync(name, ['--version']).error,
);
export const hasRedis = Boolean(redisProgram || process.env.REDIS_URL);
/** For the names of tests that need one. */
export const withoutRedis = hasRedis ? '' : ' (skipped: neither REDIS_URL nor a redis-server here)';

/** Takes connections and never says a word. */
export async function silentServer(): Promise<string> {
  const silent = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  onTestFinished(() => void silent.close());
  return `redis://127.0.0.1:${(silent.address() as AddressInfo).port}`;
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

export async function someRedis(): Promise<string> {
  if (process.env.REDIS_URL) return process.env.REDIS_URL;
  const port = await freePort();
  await startRedis(port);
  return `redis://127.0.0.1:${port}`;
}

export async function startRedis(port: number) {
  const child = spawn(redisProgram as string, ['--port', String(port), '--bind', '127.0.0.1', '--save', '']);
  onTestFinished(() => void child.kill('SIGKILL'));
  const client = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: null });
  client.on('error', () => undefined);
  for (;;) {
    try {
      await client.connect();
      break;
    } catch {
      await delay(50);
    }
  }
  client.disconnect();
  return child;
}
