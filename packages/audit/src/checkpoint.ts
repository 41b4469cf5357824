import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { osloDate } from '@samspill/values';
import { epochText, field, schemaOf } from './canonical.js';

/**
 * Where the chain stood when it was signed. A chain alone shows that somebody changed a part of it; only a
 * signature shows that somebody with the whole database wrote it anew, or cut its end off.
 */
export interface Checkpoint {
  readonly service: string;
  /** The day that had ended, in Oslo, `YYYY-MM-DD`. */
  readonly day: string;
  readonly sequence: string;
  /** Hexadecimal. */
  readonly hash: string;
  readonly keyId: string;
  /** Seconds since 1970 with six decimals. */
  readonly signedAt: string;
  /** Ed25519, hexadecimal. */
  readonly signature: string;
}

export interface CheckpointKey {
  readonly privateKey: KeyObject;
  readonly keyId: string;
}

/** PKCS #8 for an Ed25519 seed (RFC 8410 §7), up to the seed itself. */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The signing key that 32 secret bytes stand for. Its id is made of its public half, so it needs no name. */
export function checkpointKey(seed: Uint8Array): CheckpointKey & { readonly publicKey: KeyObject } {
  if (seed.length !== 32) throw new RangeError('A key for checkpoints is 32 bytes long.');
  const der = Buffer.concat([ED25519_PKCS8, seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  return { privateKey, publicKey, keyId: checkpointKeyId(publicKey) };
}

/** What a key is called in the checkpoints that it signs. */
export function checkpointKeyId(publicKey: KeyObject): string {
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  return createHash('sha256').update(spki).digest('hex').slice(0, 16);
}

/**
 * Signs where the chain stands, for the day before `now`, unless that day has its checkpoint or nothing has
 * been written yet; null then. Any number of replicas may try: the first one's stands.
 *
 * What is signed is the head of this moment, not the last entry of the day: it covers more, and needs no
 * belief in the times of entries. Run as `_system`. Keep what is returned in a log outside the database, too:
 * who deletes the last entries can delete the last checkpoints as well, and only a copy elsewhere tells.
 */
export async function signCheckpoint(
  em: EntityManager,
  service: string,
  { privateKey, keyId, now }: CheckpointKey & { now: Date },
): Promise<Checkpoint | null> {
  const schema = schemaOf(service);
  const day = dayBefore(osloDate(now));
  const [head] = await em.execute<{ sequence: string; hash: string }[]>(
    `select sequence::text as sequence, encode(hash, 'hex') as hash from ${schema}.audit_head
     where sequence > 0 and not exists (select from ${schema}.audit_checkpoint where day = ?)`,
    [day],
  );
  if (!head) return null;
  const unsigned = { service, day, ...head, keyId, signedAt: epochText(now) };
  const checkpoint = { ...unsigned, signature: sign(null, payload(unsigned), privateKey).toString('hex') };
  const written = await em.execute<{ day: string }[]>(
    `insert into ${schema}.audit_checkpoint (day, sequence, hash, key_id, signature, signed_at)
     values (?, ?, decode(?, 'hex'), ?, decode(?, 'hex'), ?) on conflict (day) do nothing
     returning day::text as day`,
    [day, head.sequence, head.hash, keyId, checkpoint.signature, now.toISOString()],
  );
  return written.length > 0 ? checkpoint : null;
}

/** Whether the holder of the key signed just this. */
export function isSigned(checkpoint: Checkpoint, publicKey: KeyObject): boolean {
  return verify(null, payload(checkpoint), publicKey, Buffer.from(checkpoint.signature, 'hex'));
}

function payload(checkpoint: Omit<Checkpoint, 'signature'>): Buffer {
  const { service, day, sequence, hash, keyId, signedAt } = checkpoint;
  return Buffer.from(
    ['samspill-audit-checkpoint-1', service, day, sequence, hash, keyId, signedAt].map(field).join(''),
  );
}

function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

export interface CheckpointTimerOptions {
  /** Signs if there is something to sign; usually {@link signCheckpoint} on a fork of its own. */
  sign: () => Promise<unknown>;
  onError: (error: Error) => void;
  /** @default one hour */
  everyMilliseconds?: number;
}

/** Tries at once and then every hour, one at a time. A failure is reported, and tried again with the next. */
export function checkpointTimer({ sign, onError, everyMilliseconds = 3_600_000 }: CheckpointTimerOptions): {
  /** Resolves once an attempt in progress has ended, so that the database can be closed. */
  stop(): Promise<void>;
} {
  let running: Promise<void> | null = null;
  const attempt = () => {
    running ??= (async () => sign())()
      .then(
        () => undefined,
        (error) => onError(error instanceof Error ? error : new Error(String(error))),
      )
      .finally(() => {
        running = null;
      });
  };
  const timer = setInterval(attempt, everyMilliseconds).unref();
  attempt();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
