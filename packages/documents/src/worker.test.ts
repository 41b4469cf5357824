import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { removeDocuments } from './change-documents.js';
import { giveUpLoose, removeFilesDue, removeOrphans } from './cleaner.js';
import { type Desk, deskOf } from './desk.js';
import { Document, DocumentState } from './document.js';
import {
  actors,
  ask,
  begin,
  filesIn,
  MB,
  openWorld,
  pdf,
  SUPPLIER,
  seen,
  send,
  upload,
  type World,
} from './documents.test-support.js';
import { checkDocument, uploadArrived } from './settle.js';
import { checkWaiting, finishUploads, startWork } from './worker.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());
beforeEach(() => {
  world.clock.set('2026-03-02T09:00:00Z');
});
afterEach(async () => {
  delete world.host.scan;
  await system().nativeDelete(Document, {});
  await removeFilesDue(desk());
});

const system = () => world.service.store.as('system');
const desk = () => deskOf(world.service.store);
const otherDesk = () => deskOf(world.otherService.store);
const finish = async (one: Desk) => {
  await finishUploads(one);
  await checkWaiting(one);
};
const row = (id: string) => system().findOne(Document, { id });
const put = (id: string, contents: Buffer) => writeFileSync(join(world.folder, id), contents);

/** What the log has of an object. */
async function logged(id: string): Promise<string[]> {
  const rows = await system().execute<{ operation: string }[]>(
    'select operation from dialogue.audit_entry where object_id = ? order by sequence',
    [id],
  );
  return rows.map(({ operation }) => operation);
}

describe('a process that was killed', () => {
  it('after the last byte, before it said so, is finished by the worker', async () => {
    const contents = pdf();
    const { id } = await begin(world, 'supplier', 'a.pdf', contents.length);
    await upload(world, 'person', 'b.pdf', pdf());
    put(id, contents);
    await finish(otherDesk());
    expect(await row(id)).toMatchObject({ state: 'READY' });
    expect(await logged(id)).toEqual(['begin', 'document-uploaded', 'document-checked']);
  });

  it('before it checked is finished by the worker, once', async () => {
    const contents = pdf();
    const { id } = await begin(world, 'supplier', 'a.pdf', contents.length);
    put(id, contents);
    await uploadArrived(desk(), id);
    await uploadArrived(otherDesk(), id);
    await Promise.all([finish(desk()), finish(otherDesk())]);
    expect(await row(id)).toMatchObject({ state: 'READY' });
    expect(await logged(id)).toEqual(['begin', 'document-uploaded', 'document-checked']);
  });

  it('after it refused, before it deleted the file, leaves it to the cleaner', async () => {
    const files = await desk().files();
    const remove = vi.spyOn(files, 'remove').mockRejectedValue(new Error('killed'));
    const id = await upload(world, 'supplier', 'a.pdf', Buffer.from('no PDF'));
    expect(await row(id)).toMatchObject({ state: 'REFUSED', refusalCode: 'NAME_DISAGREES' });
    remove.mockRestore();
    expect(filesIn(world)).toContain(id);
    await removeFilesDue(desk());
    expect(filesIn(world)).not.toContain(id);
    expect(await system().execute('select 1 from dialogue.document_removal')).toEqual([]);
    expect(await row(id)).toMatchObject({ state: 'REFUSED' });
  });

  it('is heard by a client that asks again: the file is there', async () => {
    const contents = pdf();
    const { id, uploadUrl } = await begin(world, 'supplier', 'a.pdf', contents.length);
    put(id, contents);
    expect(await send(uploadUrl, contents)).toBeNull();
    expect(await row(id)).toMatchObject({ state: 'READY' });
  });

  it('with a lease keeps others out until the lease is old', async () => {
    const contents = pdf();
    const { id } = await begin(world, 'supplier', 'a.pdf', contents.length);
    put(id, contents);
    await uploadArrived(desk(), id);
    const lease = (until: string) =>
      system().execute(
        `insert into dialogue.document_lease (document_id, holder, until)
         values (?, 'a dead process', clock_timestamp() + ?::interval)
         on conflict (document_id) do update set until = excluded.until`,
        [id, until],
      );
    await lease('10 seconds');
    await checkDocument(desk(), id);
    expect(await row(id)).toMatchObject({ state: 'CHECKING' });
    await lease('-1 seconds');
    await checkDocument(desk(), id);
    expect(await row(id)).toMatchObject({ state: 'READY' });
  });

  it('and took the file with it is told to the uploader', async () => {
    const { id } = await begin(world, 'supplier', 'a.pdf', 1_000);
    await uploadArrived(desk(), id);
    await finish(desk());
    expect((await seen(world, 'supplier', id, 'en')).refusal).toContain('lost on our side');
  });
});

it('the worker does all of it, for as long as the service runs', async () => {
  const contents = pdf();
  const { id } = await begin(world, 'supplier', 'a.pdf', contents.length);
  const { id: unfinished } = await begin(world, 'supplier', 'b.pdf', 2_000);
  const orphan = randomUUID();
  put(id, contents);
  put(unfinished, contents);
  put(orphan, contents);
  const stop = startWork(desk(), 10);
  await expect.poll(async () => (await row(id))?.state).toBe('READY');
  await expect.poll(() => filesIn(world)).toEqual([id, unfinished].toSorted());
  world.clock.set('2026-03-03T09:00:01Z');
  await expect.poll(() => filesIn(world)).toEqual([]);
  await stop();
  put(orphan, contents);
  world.clock.set('2026-03-04T09:00:01Z');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(filesIn(world)).toEqual([orphan]);
  rmSync(join(world.folder, orphan));
});

describe('the cleaner', () => {
  const inADay = () => world.clock.set('2026-03-03T09:00:01Z');

  it('gives up what was not finished or not used within a day, and says so in the log', async () => {
    const contents = pdf();
    const { id: unfinished } = await begin(world, 'supplier', 'a.pdf', 2_000);
    put(unfinished, contents);
    const unused = await upload(world, 'supplier', 'b.pdf', contents);
    const refused = await upload(world, 'supplier', 'c.pdf', Buffer.from('no PDF'));
    const attached = await upload(world, 'supplier', 'd.pdf', contents);
    await ask(
      world.url,
      'supplier',
      `mutation { attach(ids: ["${attached}"], to: "x") { documents { id } } }`,
    );
    expect(await giveUpLoose(desk())).toBe(0);
    inADay();
    const { id: young } = await begin(world, 'supplier', 'e.pdf', 2_000);
    expect(await giveUpLoose(desk())).toBe(3);
    await removeFilesDue(desk());
    expect(await system().count(Document)).toBe(2);
    expect(await row(young)).not.toBeNull();
    expect(filesIn(world)).toEqual([attached]);
    for (const id of [unfinished, unused, refused]) {
      expect((await logged(id)).at(-1)).toBe('documents-given-up');
    }
  });

  it('of two replicas does everything once', async () => {
    const { id } = await begin(world, 'supplier', 'a.pdf', 2_000);
    inADay();
    const given = await Promise.all([giveUpLoose(desk()), giveUpLoose(otherDesk())]);
    expect(given.toSorted()).toEqual([0, 1]);
    await Promise.all([removeFilesDue(desk()), removeFilesDue(otherDesk())]);
    expect((await logged(id)).filter((each) => each === 'documents-given-up')).toHaveLength(1);
  });

  it('removes files that no document knows of, and nothing else', async () => {
    const kept = await upload(world, 'supplier', 'a.pdf', pdf());
    const orphan = randomUUID();
    put(orphan, pdf());
    put('notes.txt', pdf());
    expect(await removeOrphans(desk())).toBe(1);
    expect(filesIn(world)).toEqual([kept, 'notes.txt'].toSorted());
    rmSync(join(world.folder, 'notes.txt'));
    expect(await logged(orphan)).toEqual(['document-files-removed']);
  });

  it('removes the files of documents that somebody removed', async () => {
    const id = await upload(world, 'supplier', 'a.pdf', pdf(), { organisation: SUPPLIER });
    const attach =
      'mutation ($ids: [ID!]!) { attach(ids: $ids, to: "y", municipality: "3118") { userErrors { code } } }';
    await ask(world.url, 'supplier', attach, { ids: [id] });
    const remove = 'mutation { remove(from: "y") }';
    expect((await ask(world.url, 'officer', remove)).codes).not.toEqual([]);
    expect(await row(id)).not.toBeNull();
    expect((await ask(world.url, 'supplier', remove)).codes).toEqual([]);
    expect(await row(id)).toBeNull();
    await removeFilesDue(desk());
    expect(filesIn(world)).not.toContain(id);
  });

  it('forgets a person: what was theirs alone goes, what is others’ stays without them', async () => {
    const { personId } = actors.supplier as { personId: string };
    const loose = await upload(world, 'supplier', 'a.pdf', pdf(), { organisation: SUPPLIER });
    const used = await upload(world, 'supplier', 'b.pdf', pdf(), { organisation: SUPPLIER });
    const own = await upload(world, 'supplier', 'c.pdf', pdf());
    const others = await upload(world, 'colleague', 'd.pdf', pdf(), { organisation: SUPPLIER });
    const attach = 'mutation ($ids: [ID!]!) { attach(ids: $ids, to: "z") { userErrors { code } } }';
    await ask(world.url, 'supplier', attach, { ids: [used, own] });
    await world.service.store.change('person-forgotten', async ({ em, audit }) => {
      await removeDocuments(em, { personId });
      audit({ object: { type: 'Person', id: 'x' } });
    });
    await removeFilesDue(desk());
    expect(await system().count(Document, { personId })).toBe(0);
    expect(filesIn(world)).toEqual([used, others].toSorted());
    expect([await row(loose), await row(own)]).toEqual([null, null]);
  });
});

describe('the scanner', () => {
  it('keeps malware out, and the file is deleted', async () => {
    world.host.scan = async (file) => {
      const chunks: Buffer[] = [];
      for await (const chunk of await file()) chunks.push(chunk as Buffer);
      const found = Buffer.concat(chunks).includes('EICAR');
      return found ? { clean: false, threat: 'Eicar' } : { clean: true };
    };
    const infected = await upload(world, 'supplier', 'a.txt', Buffer.from('x EICAR y'));
    expect(await row(infected)).toMatchObject({ state: 'REFUSED', refusalCode: 'MALWARE', sha256: null });
    expect(filesIn(world)).not.toContain(infected);
    const clean = await upload(world, 'supplier', 'b.txt', Buffer.from('x y'));
    expect(await row(clean)).toMatchObject({ state: 'READY' });
  });

  it('that fails is asked again, later and later, and nothing is READY until it has answered', async () => {
    let calls = 0;
    let works = false;
    world.host.scan = async () => {
      calls++;
      if (!works) throw new Error('down');
      return { clean: true };
    };
    const id = await upload(world, 'supplier', 'a.txt', Buffer.from('x y'));
    expect(await row(id)).toMatchObject({ state: 'CHECKING', failedChecks: 1 });
    expect((await seen(world, 'supplier', id)).downloadUrl).toBeNull();
    await finish(desk());
    expect(calls).toBe(1);
    world.clock.set('2026-03-02T09:00:15Z');
    await finish(desk());
    expect([calls, (await row(id))?.checkAfter?.toISOString()]).toEqual([2, '2026-03-02T09:00:45.000Z']);
    works = true;
    world.clock.set('2026-03-03T12:00:00Z');
    expect(await giveUpLoose(desk())).toBe(0);
    await finish(desk());
    expect(await row(id)).toMatchObject({ state: 'READY' });
  });

  it('that is slow does not keep the client waiting, and two replicas ask it once', async () => {
    const { promise: answer, resolve } = Promise.withResolvers<void>();
    let calls = 0;
    world.host.scan = async () => {
      calls++;
      await answer;
      return { clean: true };
    };
    const id = await upload(world, 'supplier', 'a.txt', Buffer.from('x y'));
    expect(await row(id)).toMatchObject({ state: 'CHECKING' });
    await finish(otherDesk());
    await finish(desk());
    resolve();
    await expect.poll(async () => (await row(id))?.state).toBe(DocumentState.READY);
    expect(calls).toBe(1);
  });
});

describe('two replicas', () => {
  it('know when a lease was taken over, and when it is wanted', async () => {
    const { id } = await begin(world, 'supplier', 'a.pdf', 1_000);
    const { leases } = desk();
    const wanted = vi.fn();
    const lock = leases.newLock(`dialogue/${id}`);
    await lock.lock(new AbortController().signal, wanted);
    const isHeld = leases.holding(id);
    expect([isHeld(), otherDesk().leases.holding(id)()]).toEqual([true, false]);
    const patience = new AbortController();
    const other = otherDesk().leases.newLock(`dialogue/${id}`);
    const waiting = other.lock(patience.signal, () => undefined).catch((error) => error);
    await expect.poll(() => wanted.mock.calls.length, { timeout: 5_000 }).toBe(1);
    patience.abort();
    expect(await waiting).toMatchObject({ status_code: 400 });
    expect(isHeld()).toBe(true);
    // While this process stood still, as it were.
    await system().execute("update dialogue.document_lease set holder = 'another' where document_id = ?", [
      id,
    ]);
    await expect.poll(isHeld, { timeout: 5_000 }).toBe(false);
    await lock.unlock();
    expect(await system().execute('select holder from dialogue.document_lease')).toEqual([
      { holder: 'another' },
    ]);
  });

  it('never write one upload at once: the later asks the earlier to let go, and goes on', async () => {
    const contents = pdf(2 * MB);
    const { id, uploadUrl } = await begin(world, 'supplier', 'a.pdf', contents.length);
    const stream = new TransformStream<Uint8Array, Uint8Array>();
    const writer = stream.writable.getWriter();
    const headers = {
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
    };
    const first = fetch(uploadUrl, {
      method: 'PATCH',
      headers,
      body: stream.readable,
      duplex: 'half',
    } as RequestInit).catch(() => null);
    void writer.write(contents.subarray(0, MB)).catch(() => undefined);
    await expect.poll(() => readFileSync(join(world.folder, id), { flag: 'a+' }).length).toBe(MB);
    const elsewhere = uploadUrl.replace(world.url, world.otherUrl);
    const slow = await fetch(elsewhere, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } });
    expect([slow.status, slow.headers.get('upload-offset')]).toEqual([200, String(MB)]);
    // What the first would still send is not written any more.
    void writer.write(contents.subarray(MB, MB + 1_000)).catch(() => undefined);
    expect(await send(elsewhere, contents)).toBeNull();
    expect(await row(id)).toMatchObject({ state: 'READY' });
    expect(readFileSync(join(world.folder, id)).equals(contents)).toBe(true);
    expect((await first)?.headers.get('upload-offset')).toBe(String(MB));
    await writer.abort().catch(() => undefined);
    expect(await system().execute('select 1 from dialogue.document_lease')).toEqual([]);
  });
});
