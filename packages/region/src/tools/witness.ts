import { readFileSync } from 'node:fs';
import type { Checkpoint } from '@samspill/audit';
import { MendableError } from '@samspill/environment';

const FORMS: Readonly<Record<keyof Checkpoint, RegExp>> = {
  service: /^[a-z]+$/,
  day: /^\d{4}-\d\d-\d\d$/,
  sequence: /^\d{1,19}$/,
  hash: /^[\da-f]{64}$/,
  keyId: /^[\da-f]+$/,
  signedAt: /^-?\d+\.\d{6}$/,
  signature: /^[\da-f]{128}$/,
};

/**
 * Reads checkpoints that were kept: a JSON object a line, each a checkpoint itself or a line of a region's log
 * that has one. Lines of a log that are about something else are passed over.
 * @throws MendableError naming the line that cannot be read, because a witness that is not heard proves nothing.
 */
export function witnessesIn(file: string): Checkpoint[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new MendableError(`--witness ${file}: the file cannot be read (${code}).`);
  }
  const kept = text.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return [];
    const said = objectIn(line);
    if (!said) throw new MendableError(`--witness ${file}: line ${at + 1} is no JSON object.`);
    const isLogLine = 'level' in said;
    const checkpoint = said.checkpoint ?? (isLogLine ? null : said);
    if (checkpoint === null) return [];
    if (isCheckpoint(checkpoint)) return [checkpoint];
    throw new MendableError(`--witness ${file}: line ${at + 1} is no checkpoint.`);
  });
  if (kept.length === 0) throw new MendableError(`--witness ${file}: there is no checkpoint in it.`);
  return kept;
}

function objectIn(line: string): Record<string, unknown> | null {
  try {
    const said = JSON.parse(line);
    return typeof said === 'object' && said !== null ? said : null;
  } catch {
    return null;
  }
}

function isCheckpoint(value: unknown): value is Checkpoint {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(FORMS).every(([name, form]) => {
    const part = (value as Record<string, unknown>)[name];
    return typeof part === 'string' && form.test(part);
  });
}
