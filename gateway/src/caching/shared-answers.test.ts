import { once } from 'node:events';
import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  freePort,
  hasRedis,
  redisProgram,
  silentServer,
  someRedis,
  startRedis,
  withoutRedis,
} from '../redis.test-support.js';
import { keptLog } from '../tiny-graph.test-support.js';
import { answersInRedis, type SharedAnswer } from './shared-answers.js';

const answer = (text: string): SharedAnswer => ({
  body: Buffer.from(text),
  contentType: 'application/json',
  etag: '"a"',
  made: [['tenders', '1']],
  since: Date.now(),
  until: Date.now() + 60_000,
});
const open = (url: string, log = keptLog()) => {
  const answers = answersInRedis(url, log.log);
  onTestFinished(async () => void (await answers[Symbol.asyncDispose]()));
  return answers;
};
/** It connects beside whoever asks, and asking before that finds nothing. */
const inTime = { timeout: 10_000, interval: 20 };
const unique = () => `${process.pid}-${Math.random()}`;

describe.runIf(hasRedis)(`answers in a Redis${withoutRedis}`, () => {
  it('are found by others as they were, byte by byte', async () => {
    const url = await someRedis();
    const [one, other] = [open(url), open(url)];
    const key = unique();
    const given = answer('{"data":"Brøyt\\n og Skuff"}\n');
    await vi.waitFor(async () => {
      one.set(key, given);
      expect(await other.get(key)).toEqual(given);
    }, inTime);
    expect(await other.get(unique())).toBeNull();
  });

  it('end with their age', async () => {
    const answers = open(await someRedis());
    const key = unique();
    await vi.waitFor(async () => {
      answers.set(key, { ...answer('a'), until: Date.now() + 300 });
      expect(await answers.get(key)).not.toBeNull();
    }, inTime);
    await vi.waitFor(async () => expect(await answers.get(key)).toBeNull());
  });

  it('are not believed when they are broken, or are another question’s', async () => {
    const url = await someRedis();
    const answers = open(url);
    const [key, other] = [unique(), unique()];
    await vi.waitFor(async () => {
      answers.set(key, answer('a'));
      expect(await answers.get(key)).not.toBeNull();
    }, inTime);
    const redis = new Redis(url);
    onTestFinished(() => redis.disconnect());
    const before = new Set(await redis.keys('samspill:answer:*'));
    await vi.waitFor(async () => {
      answers.set(other, answer('b'));
      expect(await answers.get(other)).not.toBeNull();
    }, inTime);
    const [name = ''] = (await redis.keys('samspill:answer:*')).filter((each) => !before.has(each));
    for (const broken of ['', '{', '{"key":', 'null\n', await redis.getBuffer([...before][0] ?? '')]) {
      await redis.set(name, broken as string);
      expect(await answers.get(other)).toBeNull();
    }
  });

  it.runIf(redisProgram)('are done without while it is away, and shared again when it is back', async () => {
    const port = await freePort();
    const first = await startRedis(port);
    const log = keptLog('info');
    const answers = open(`redis://127.0.0.1:${port}`, log);
    const key = unique();
    const found = () =>
      vi.waitFor(
        async () => {
          answers.set(key, answer('a'));
          expect(await answers.get(key)).not.toBeNull();
        },
        { timeout: 10_000, interval: 100 },
      );
    await found();
    first.kill('SIGKILL');
    await once(first, 'exit');
    for (let n = 0; n < 5; n++) expect(await answers.get(key)).toBeNull();
    await startRedis(port);
    await found();
    const said = log.lines.map((line) => JSON.parse(line).msg as string);
    expect(said.filter((each) => each.startsWith('Redis does not')).length).toBeGreaterThan(0);
    expect(said.at(-1)).toBe('Replicas share answers again');
  });
});

it.each([
  ['refuses connections', async () => 'redis://127.0.0.1:9'],
  ['never says a word', silentServer],
])('a Redis that %s holds nobody up', async (_, address) => {
  const log = keptLog('info');
  const answers = open(await address(), log);
  const warnings = () => log.lines.filter((line) => line.includes('Redis does not answer'));
  let slowest = 0;
  await vi.waitFor(
    async () => {
      const began = performance.now();
      answers.set('a', answer('a'));
      expect(await answers.get('a')).toBeNull();
      slowest = Math.max(slowest, performance.now() - began);
      expect(warnings()).toHaveLength(1);
    },
    { timeout: 10_000 },
  );
  for (let n = 0; n < 50; n++) expect(await answers.get('a')).toBeNull();
  expect(slowest).toBeLessThan(500);
  expect(warnings()).toHaveLength(1);
});
