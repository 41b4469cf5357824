import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { witnessesIn } from './witness.js';

const checkpoint = {
  service: 'tenders',
  day: '2026-03-02',
  sequence: '12',
  hash: 'ab'.repeat(32),
  keyId: '0123456789abcdef',
  signedAt: '1772500000.123000',
  signature: 'cd'.repeat(64),
};

function fileOf(...lines: unknown[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'samspill-witness-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'kept.jsonl');
  writeFileSync(
    file,
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  );
  return file;
}

it('reads checkpoints, and the lines of a log that have one', () => {
  const log = { level: 30, time: 1, checkpoint, msg: 'The audit log has been signed' };
  const file = fileOf(checkpoint, '', { level: 30, msg: 'something else' }, log);
  expect(witnessesIn(file)).toEqual([checkpoint, checkpoint]);
});

it('passes over nothing that it does not understand', () => {
  const problems: [unknown[], RegExp][] = [
    [[checkpoint, '{"serv'], /line 2 is no JSON object/],
    [[{ ...checkpoint, sequence: 12 }], /line 1 is no checkpoint/],
    [[{ level: 30, checkpoint: { ...checkpoint, hash: 'x' } }], /line 1 is no checkpoint/],
    [[{ level: 30 }], /there is no checkpoint in it/],
    [[], /there is no checkpoint in it/],
  ];
  for (const [lines, why] of problems) expect(() => witnessesIn(fileOf(...lines))).toThrow(why);
  expect(() => witnessesIn('/no/such/file')).toThrow(/--witness \/no\/such\/file: the file cannot be read/);
});
