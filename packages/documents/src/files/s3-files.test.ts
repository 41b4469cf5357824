import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { giveUpLoose, removeFilesDue, removeOrphans } from '../cleaner.js';
import { deskOf } from '../desk.js';
import { Document } from '../document.js';
import {
  begin,
  breakOff,
  MB,
  openWorld,
  pdf,
  seen,
  send,
  upload,
  type World,
} from '../documents.test-support.js';
import { checkWaiting, finishUploads } from '../worker.js';
import { type Bucket, openBucket } from './s3.test-support.js';

let bucket: Bucket;
let world: World;
beforeAll(async () => {
  bucket = await openBucket();
  world = await openWorld({
    kind: 's3',
    bucket: 'documents',
    region: 'eu-north-1',
    endpoint: bucket.endpoint,
    accessKeyId: 'test',
    secretAccessKey: 'test',
  });
});
afterAll(async () => {
  await world?.close();
  bucket?.close();
});

const desk = () => deskOf(world.service.store);
const row = (id: string) => world.service.store.as('system').findOne(Document, { id });
const hash = (contents: Buffer) => createHash('sha256').update(contents).digest('hex');
const keysOf = (id: string) =>
  [...bucket.objects.keys(), ...bucket.uploads.keys()].filter((key) => key.includes(id));
const head = (url: string) => fetch(url, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } });

it('takes a file in pieces, checks it, and gives it back, whole and in part', async () => {
  const contents = pdf(4 * MB);
  const { id, uploadUrl } = await begin(world, 'supplier', 'a.pdf', contents.length);
  expect(await send(uploadUrl, contents, 1_500_000)).toBeNull();
  const document = await seen(world, 'supplier', id);
  expect(document).toMatchObject({ state: 'READY', sha256: hash(contents) });
  expect(keysOf(id).toSorted()).toEqual([`dialogue/${id}`, `dialogue/${id}.info`]);
  const whole = await fetch(document.downloadUrl);
  expect(hash(Buffer.from(await whole.arrayBuffer()))).toBe(hash(contents));
  const part = await fetch(document.downloadUrl, { headers: { range: 'bytes=100-199' } });
  expect(Buffer.from(await part.arrayBuffer()).equals(contents.subarray(100, 200))).toBe(true);
});

it('keeps what came of an upload that was broken off', async () => {
  const contents = pdf(4 * MB);
  const { id, uploadUrl } = await begin(world, 'supplier', 'a.pdf', contents.length);
  await breakOff(uploadUrl, contents, 4 * MB - 1_000);
  await expect
    .poll(async () => Number((await head(uploadUrl)).headers.get('upload-offset')))
    .toBe(4 * MB - 1_000);
  expect(await send(uploadUrl.replace(world.url, world.otherUrl), contents)).toBeNull();
  expect(await seen(world, 'supplier', id)).toMatchObject({ state: 'READY', sha256: hash(contents) });
});

it('removes everything of what is refused, given up or unknown', async () => {
  const refused = await upload(world, 'supplier', 'a.pdf', Buffer.from('no PDF'));
  expect(await row(refused)).toMatchObject({ state: 'REFUSED' });
  expect(keysOf(refused)).toEqual([]);
  const { id: unfinished, uploadUrl } = await begin(world, 'supplier', 'a.pdf', 2_000);
  await breakOff(uploadUrl, pdf(2_000), 1_000);
  await expect.poll(() => keysOf(unfinished).length).toBeGreaterThan(1);
  const unused = await upload(world, 'supplier', 'a.pdf', pdf());
  world.clock.set('2026-03-03T09:00:01Z');
  await giveUpLoose(desk());
  await removeFilesDue(desk());
  expect([...keysOf(unfinished), ...keysOf(unused)]).toEqual([]);
  const [orphan, halfOrphan] = [randomUUID(), randomUUID()];
  const kept = await upload(world, 'supplier', 'a.pdf', pdf());
  const object = { bytes: pdf(), metadata: {} };
  for (const key of [`dialogue/${orphan}`, `dialogue/${orphan}.info`, `events/${orphan}`])
    bucket.objects.set(key, object);
  bucket.uploads.set(`dialogue/${halfOrphan} upload-x`, new Map());
  expect(await removeOrphans(desk())).toBe(2);
  expect([...keysOf(orphan), ...keysOf(halfOrphan)]).toEqual([`events/${orphan}`]);
  expect(keysOf(kept)).toHaveLength(2);
});

it('finishes what arrived whole before its process was killed', async () => {
  const { id } = await begin(world, 'supplier', 'a.pdf', 1_000);
  const files = await desk().files();
  await files.prepare(id, 1_000);
  await files.prepare(id, 1_000);
  expect(keysOf(id)).toHaveLength(2);
  const [key] = [...bucket.uploads.keys()].filter((each) => each.includes(id));
  bucket.uploads.delete(key as string);
  bucket.objects.set(`dialogue/${id}`, { bytes: pdf(), metadata: {} });
  await finishUploads(desk());
  await checkWaiting(desk());
  expect(await row(id)).toMatchObject({ state: 'READY' });
});
