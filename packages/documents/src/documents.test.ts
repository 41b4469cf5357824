import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { createConnection } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { docx } from './content/zip.test-support.js';
import { Document } from './document.js';
import {
  type ActorName,
  ask,
  BEGIN,
  begin,
  breakOff,
  FIELDS,
  filesIn,
  LARGEST,
  MB,
  openWorld,
  pdf,
  SUPPLIER,
  seen,
  send,
  upload,
  type World,
} from './documents.test-support.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());
beforeEach(() => {
  world.clock.set('2026-03-02T09:00:00Z');
});

const hash = (contents: Buffer) => createHash('sha256').update(contents).digest('hex');
async function reasonIn(response: Response): Promise<string | undefined> {
  const { errors } = (await response.json()) as { errors: { extensions: { reason: string } }[] };
  return errors[0]?.extensions.reason;
}
const row = (id: string) => world.service.store.as('system').findOne(Document, { id });

async function userErrors(name: string, size: number, more: object = {}, actor: ActorName = 'supplier') {
  const { data, codes } = await ask(world.url, actor, BEGIN, { name, size, ...more });
  expect(codes).toEqual([]);
  return data.begin.userErrors as { code: string; message: string; path: string[] }[];
}

const ATTACH = `mutation ($ids: [ID!]!, $to: ID!, $organisation: String, $municipality: String) {
  attach(ids: $ids, to: $to, organisation: $organisation, municipality: $municipality) {
    documents { ${FIELDS} } userErrors { code path }
  }
}`;

async function attach(actor: ActorName, ids: string[], to: string, more: object = {}) {
  const { data, codes } = await ask(world.url, actor, ATTACH, { ids, to, ...more });
  return {
    ids: data?.attach?.documents.map(({ id }: { id: string }) => id),
    userErrors: data?.attach?.userErrors,
    codes,
  };
}

const linkTo = async (actor: ActorName, id: string): Promise<string> =>
  (await seen(world, actor, id)).downloadUrl;

describe('from the beginning to the end', () => {
  it('takes a file in, checks it, and gives it back unchanged', async () => {
    const contents = pdf(LARGEST);
    const { id, uploadUrl } = await begin(world, 'supplier', 'Vår plan.pdf', contents.length, {
      organisation: SUPPLIER,
    });
    expect(await seen(world, 'supplier', id)).toMatchObject({
      name: 'Vår plan.pdf',
      state: 'UPLOADING',
      sha256: null,
      downloadUrl: null,
      refusal: null,
    });
    expect(await send(uploadUrl, contents, MB)).toBeNull();
    const document = await seen(world, 'supplier', id);
    expect(document).toMatchObject({
      state: 'READY',
      mediaType: 'application/pdf',
      size: LARGEST,
      sha256: hash(contents),
      uploadUrl: null,
    });
    const response = await fetch(document.downloadUrl);
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer()).equals(contents)).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(LARGEST),
      'content-disposition': `attachment; filename="Var plan.pdf"; filename*=UTF-8''V%C3%A5r%20plan.pdf`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
    });
  });

  it('answers HEAD and ranges', async () => {
    const contents = pdf(5_000);
    const url = await linkTo('person', await upload(world, 'person', 'a.pdf', contents));
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '5000', '']);
    const get = (range: string) => fetch(url, { headers: { range } });
    const middle = await get('bytes=10-19');
    expect([middle.status, middle.headers.get('content-range')]).toEqual([206, 'bytes 10-19/5000']);
    expect(Buffer.from(await middle.arrayBuffer()).equals(contents.subarray(10, 20))).toBe(true);
    const end = Buffer.from(await (await get('bytes=-7')).arrayBuffer());
    expect(end.equals(contents.subarray(-7))).toBe(true);
    expect((await get('bytes=5000-')).status).toBe(416);
  });

  it('tells a client that missed the answer that all of it is here', async () => {
    const contents = pdf();
    const { uploadUrl } = await begin(world, 'person', 'a.pdf', contents.length);
    expect(await send(uploadUrl, contents)).toBeNull();
    expect(await send(uploadUrl, contents)).toBeNull();
    const again = await fetch(uploadUrl, {
      method: 'PATCH',
      headers: {
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
      },
      body: 'x',
    });
    expect(again.status).toBe(409);
    expect(await reasonIn(again)).toBe('UPLOAD_FINISHED');
  });

  it('lets the client give an upload up', async () => {
    const contents = pdf(2_000);
    const { id, uploadUrl } = await begin(world, 'person', 'a.pdf', contents.length);
    await sendPart(uploadUrl, contents, 1_000);
    expect(filesIn(world)).toContain(id);
    const response = await fetch(uploadUrl, { method: 'DELETE', headers: { 'tus-resumable': '1.0.0' } });
    expect(response.status).toBe(204);
    expect(await row(id)).toBeNull();
    expect(filesIn(world)).not.toContain(id);
    expect(await send(uploadUrl, contents)).toBe(404);
  });

  it('tells what it can without being given an address', async () => {
    const response = await fetch(`${world.url}/dialogue/documents/uploads/x`, { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.get('tus-version')).toBe('1.0.0');
    expect(response.headers.get('tus-extension')).toBe('termination');
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

/** Hangs up once that much lies in the folder. */
const sendPart = (uploadUrl: string, contents: Buffer, until: number) =>
  breakOff(uploadUrl, contents, until, () =>
    expect.poll(() => received(uploadUrl), { timeout: 10_000 }).toBe(until),
  );

/** How much of a file lies in the folder, without asking the service, whose question would end the upload. */
function received(uploadUrl: string): number {
  const id = new URL(uploadUrl).pathname.split('/').at(-1);
  return statSync(`${world.folder}/${id}`, { throwIfNoEntry: false })?.size ?? 0;
}

describe('an upload that is broken off', () => {
  it('at 99 % goes on where it stopped', async () => {
    const contents = pdf(LARGEST);
    const { id, uploadUrl } = await begin(world, 'supplier', 'a.pdf', contents.length);
    await fetch(uploadUrl, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } });
    const stopped = Math.floor(LARGEST * 0.99);
    await sendPart(uploadUrl, contents, stopped);
    const head = await fetch(uploadUrl, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } });
    expect([head.headers.get('upload-offset'), head.headers.get('upload-length')]).toEqual([
      String(stopped),
      String(LARGEST),
    ]);
    expect((await row(id))?.state).toBe('UPLOADING');
    expect(await send(uploadUrl, contents)).toBeNull();
    expect(await seen(world, 'supplier', id)).toMatchObject({ state: 'READY', sha256: hash(contents) });
  });

  it('by a client whose dead connection still hangs goes on at once', async () => {
    const contents = pdf(2 * MB);
    const { id, uploadUrl } = await begin(world, 'supplier', 'a.pdf', contents.length);
    const { hostname, port, pathname, search } = new URL(uploadUrl);
    const socket = createConnection({ host: hostname, port: Number(port) });
    socket.on('error', () => undefined);
    socket.write(
      `PATCH ${pathname}${search} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: ${contents.length}\r\n\r\n`,
    );
    socket.write(contents.subarray(0, MB));
    await expect.poll(() => received(uploadUrl)).toBe(MB);
    expect(await send(uploadUrl, contents)).toBeNull();
    socket.destroy();
    expect(await seen(world, 'supplier', id)).toMatchObject({ state: 'READY', sha256: hash(contents) });
  });
});

describe('what is not taken in', () => {
  it('is told at the beginning, where the name or the size says it', async () => {
    const codes = async (...args: Parameters<typeof userErrors>) =>
      (await userErrors(...args)).map(({ code, path }) => `${path.join('.')} ${code}`);
    expect(await codes('../x.pdf', 10)).toEqual(['input.name DOCUMENT_NAME_HAS_PATH']);
    expect(await codes('..\\x.pdf', 10)).toEqual(['input.name DOCUMENT_NAME_HAS_PATH']);
    expect(await codes('C:x.pdf', 10)).toEqual(['input.name DOCUMENT_NAME_HAS_PATH']);
    expect(await codes('a.exe', 10)).toEqual(['input.name DOCUMENT_TYPE_NOT_TAKEN']);
    expect(await codes('a.pdf', LARGEST + 1)).toEqual(['input.size DOCUMENT_TOO_LARGE']);
    expect(await codes('', 0)).toEqual(['input.name DOCUMENT_NAME_MISSING', 'input.size DOCUMENT_EMPTY']);
    const [tooLarge] = await userErrors('a.pdf', LARGEST + 1);
    expect(tooLarge?.message).toContain('4,1 MB');
  });

  it('is told by the contents, and deleted at once', async () => {
    const id = await upload(world, 'supplier', 'plan.pdf', docx());
    expect(await seen(world, 'supplier', id, 'en')).toMatchObject({
      state: 'REFUSED',
      refusal: expect.stringContaining('something else than its name says'),
      downloadUrl: null,
      sha256: null,
    });
    expect((await seen(world, 'supplier', id, 'nn')).refusal).toContain('Gi fila det namnet');
    expect(filesIn(world)).not.toContain(id);
  });

  it('is a decompression bomb', async () => {
    const bomb = docx({ name: 'word/a.xml', data: Buffer.alloc(300 * MB) });
    expect(bomb.length).toBeLessThan(MB);
    const id = await upload(world, 'supplier', 'plan.docx', bomb);
    expect(await row(id)).toMatchObject({ state: 'REFUSED', refusalCode: 'UNPACKS_TOO_LARGE' });
    expect(filesIn(world)).not.toContain(id);
  });

  it.each(['with its length stated', 'in pieces of unknown length'])(
    'is more than was stated, %s',
    async (how) => {
      const { id, uploadUrl } = await begin(world, 'supplier', 'a.pdf', 1_000);
      const body = how.startsWith('with') ? pdf(LARGEST) : new Blob([pdf(LARGEST)]).stream();
      const response = await fetch(uploadUrl, {
        method: 'PATCH',
        headers: {
          'tus-resumable': '1.0.0',
          'upload-offset': '0',
          'content-type': 'application/offset+octet-stream',
        },
        body,
        duplex: 'half',
      } as RequestInit);
      expect(response.ok).toBe(false);
      expect((await row(id))?.state).toBe('UPLOADING');
      expect(await received(uploadUrl)).toBeLessThanOrEqual(1_000);
    },
  );

  it('is the hundred and first that is not attached to anything', async () => {
    for (let i = 0; i < 100; i++) await begin(world, 'hoarder', 'a.pdf', 10);
    expect(await userErrors('a.pdf', 10, {}, 'hoarder')).toMatchObject([{ code: 'TOO_MANY_DOCUMENTS' }]);
  });
});

describe('a link', () => {
  it('ends after five minutes, one to an upload after 24 hours', async () => {
    const { id, uploadUrl } = await begin(world, 'person', 'a.pdf', 1_000);
    world.clock.set('2026-03-03T08:59:59Z');
    expect(await send(uploadUrl, pdf())).toBeNull();
    const url = await linkTo('person', id);
    world.clock.set('2026-03-03T09:04:58Z');
    expect((await fetch(url)).status).toBe(200);
    world.clock.set('2026-03-03T09:05:00Z');
    const late = await fetch(url);
    expect([late.status, await reasonIn(late)]).toEqual([403, 'LINK_EXPIRED']);
    expect((await fetch(uploadUrl, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } })).status).toBe(
      403,
    );
  });

  it('is for one document and one thing to do with it', async () => {
    const mine = await upload(world, 'person', 'a.pdf', pdf());
    const other = await upload(world, 'supplier', 'a.pdf', pdf());
    const url = await linkTo('person', mine);
    for (const changed of [
      url.replace(mine, other),
      url.replace('/documents/', '/documents/uploads/'),
      url.replace(/expires=\d+/, 'expires=99999999999'),
      url.replace(/signature=[^&]+/, 'signature='),
      url.replace(/\?.*/, ''),
    ]) {
      expect(changed).not.toBe(url);
      const response = await fetch(changed, { method: changed.includes('uploads') ? 'HEAD' : 'GET' });
      expect([changed, response.status]).toEqual([changed, 403]);
    }
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
  });
});

describe('whose a document is', () => {
  const visible = async (id: string): Promise<string[]> => {
    const names: ActorName[] = [
      'everybody',
      'supplier',
      'colleague',
      'rival',
      'person',
      'officer',
      'evaluator',
      'neighbour',
    ];
    const found = await Promise.all(names.map(async (name) => ((await seen(world, name, id)) ? name : [])));
    return found.flat();
  };

  it('decides who knows of it: before it is handed over, after, and once it is published', async () => {
    const id = await upload(world, 'supplier', 'a.pdf', pdf(), { organisation: SUPPLIER });
    expect(await visible(id)).toEqual(['supplier', 'colleague']);
    const to = { organisation: SUPPLIER, municipality: '3118' };
    expect(await attach('supplier', [id], 'thing-1', to)).toMatchObject({ ids: [id], userErrors: [] });
    expect(await visible(id)).toEqual(['supplier', 'colleague', 'officer', 'evaluator']);
    const publish = (actor: ActorName) =>
      ask(world.url, actor, 'mutation ($ids: [ID!]!) { publish(ids: $ids) }', { ids: [id] });
    for (const actor of ['supplier', 'rival', 'neighbour', 'person'] as const) {
      expect((await publish(actor)).codes).not.toEqual([]);
      expect((await row(id))?.publishedAt).toBeNull();
    }
    expect((await publish('officer')).codes).toEqual([]);
    expect(await visible(id)).toHaveLength(8);
    expect((await fetch(await linkTo('everybody', id))).status).toBe(200);
    const list = await ask(world.url, 'everybody', '{ attached(id: "thing-1") { id } }');
    expect(list.data.attached).toEqual([{ id }]);
  });

  it('of a private person is that person’s alone', async () => {
    expect(await visible(await upload(world, 'person', 'a.pdf', pdf()))).toEqual(['person']);
  });

  it('of a municipality is its members’', async () => {
    const id = await upload(world, 'officer', 'a.pdf', pdf(), { municipality: '3118' });
    expect(await visible(id)).toEqual(['officer', 'evaluator']);
    expect(await attach('evaluator', [id], 'thing-2')).toMatchObject({ ids: [id], userErrors: [] });
  });

  it('can be handed to a municipality from the beginning', async () => {
    const more = { organisation: SUPPLIER, reader: '3118' };
    const id = await upload(world, 'supplier', 'a.pdf', pdf(), more);
    expect(await visible(id)).toEqual(['supplier', 'colleague', 'officer', 'evaluator']);
    // To read, not to attach.
    expect((await attach('officer', [id], 'thing-x')).userErrors).toMatchObject([
      { code: 'NO_SUCH_DOCUMENT' },
    ]);
  });

  it('is nobody’s to claim: the database refuses what the resolver let through', async () => {
    for (const [actor, more] of [
      ['rival', { organisation: SUPPLIER }],
      ['person', { municipality: '3118' }],
      ['neighbour', { municipality: '3118' }],
    ] as const) {
      const { codes } = await ask(world.url, actor, BEGIN, { name: 'a.pdf', size: 10, ...more });
      expect(codes).toEqual(['FORBIDDEN']);
    }
  });

  it('shows the address of the upload to the uploader alone', async () => {
    const { id } = await begin(world, 'supplier', 'a.pdf', 10, { organisation: SUPPLIER });
    expect((await seen(world, 'supplier', id)).uploadUrl).toContain('/uploads/');
    expect((await seen(world, 'colleague', id)).uploadUrl).toBeNull();
  });

  it('lets no writer change what the file is', async () => {
    const id = await upload(world, 'supplier', 'a.pdf', pdf(), { organisation: SUPPLIER });
    const variables = { 'samspill.organisations': SUPPLIER };
    const writer = () => world.service.store.as('writer', variables);
    const attached = { attachedToType: 'Thing', attachedToId: 'x' };
    // The same without the size is allowed: this is the privilege, and not a policy.
    await expect(writer().nativeUpdate(Document, { id }, { ...attached, size: 1 })).rejects.toMatchObject({
      code: '42501',
    });
    await expect(writer().nativeUpdate(Document, { id }, { size: 1 })).rejects.toMatchObject({
      code: '42501',
    });
    await expect(writer().nativeUpdate(Document, { id }, { organisationNumber: null })).rejects.toMatchObject(
      { code: '42501' },
    );
    await expect(writer().nativeUpdate(Document, { id }, { publishedAt: new Date(0) })).rejects.toMatchObject(
      { code: '42501' },
    );
    expect(await writer().nativeUpdate(Document, { id }, attached)).toBe(1);
    await expect(writer().execute('select 1 from dialogue.document_lease')).rejects.toMatchObject({
      code: '42501',
    });
    await expect(writer().execute('delete from dialogue.document_removal')).rejects.toMatchObject({
      code: '42501',
    });
  });
});

describe('attaching', () => {
  it('takes all or none, and only what is there to take', async () => {
    const ready = await upload(world, 'supplier', 'a.pdf', pdf(), { organisation: SUPPLIER });
    const used = await upload(world, 'supplier', 'b.pdf', pdf(), { organisation: SUPPLIER });
    const refused = await upload(world, 'supplier', 'c.pdf', docx(), { organisation: SUPPLIER });
    const others = await upload(world, 'person', 'd.pdf', pdf());
    const mine = await upload(world, 'supplier', 'e.pdf', pdf());
    const { id: unfinished } = await begin(world, 'supplier', 'f.pdf', 10, { organisation: SUPPLIER });
    await attach('supplier', [used], 'thing-3');
    const ids = [ready, used, refused, others, mine, unfinished, 'nothing'];
    const result = await attach('supplier', ids, 'thing-4', { organisation: SUPPLIER });
    expect(result.userErrors).toEqual([
      { code: 'DOCUMENT_IN_USE', path: ['input', 'ids', '1'] },
      { code: 'DOCUMENT_REFUSED', path: ['input', 'ids', '2'] },
      { code: 'NO_SUCH_DOCUMENT', path: ['input', 'ids', '3'] },
      { code: 'NO_SUCH_DOCUMENT', path: ['input', 'ids', '4'] },
      { code: 'DOCUMENT_NOT_READY', path: ['input', 'ids', '5'] },
      { code: 'NO_SUCH_DOCUMENT', path: ['input', 'ids', '6'] },
    ]);
    expect((await row(ready))?.attachedToId).toBeNull();
    expect(await attach('supplier', [used, used], 'thing-3')).toMatchObject({ ids: [used], userErrors: [] });
  });

  it('by two at once to different things succeeds for one', async () => {
    const id = await upload(world, 'supplier', 'a.pdf', pdf());
    const results = await Promise.all(['x', 'y'].map((to) => attach('supplier', [id], to)));
    expect(results.map(({ userErrors }) => userErrors.length).toSorted()).toEqual([0, 1]);
  });
});

describe('the log', () => {
  it('tells who began, what the service found, who read and who attached, without names of people or files', async () => {
    const id = await upload(world, 'supplier', 'Kari Nordmann.pdf', pdf(), { organisation: SUPPLIER });
    await attach('supplier', [id], 'thing-5', { municipality: '3118' });
    await seen(world, 'officer', id);
    const entries = await world.service.store.as('system').execute<Record<string, unknown>[]>(
      `select operation, outcome, actor_kind as kind, owner_organisation as organisation, owner_municipality as municipality
       from dialogue.audit_entry where object_id = ? order by sequence`,
      [id],
    );
    const own = { organisation: SUPPLIER, municipality: null };
    const handed = { organisation: SUPPLIER, municipality: '3118' };
    expect(entries).toEqual([
      { operation: 'begin', outcome: 'DONE', kind: 'PERSON', ...own },
      { operation: 'document-uploaded', outcome: 'DONE', kind: 'SERVICE', ...own },
      { operation: 'document-checked', outcome: 'DONE', kind: 'SERVICE', ...own },
      { operation: 'attach', outcome: 'DONE', kind: 'PERSON', ...handed },
      { operation: 'document', outcome: 'READ', kind: 'PERSON', ...handed },
    ]);
    const [{ all } = { all: '' }] = await world.service.store
      .as('system')
      .execute<{ all: string }[]>('select string_agg(e::text, chr(10)) as all from dialogue.audit_entry e');
    expect(all).not.toContain('Nordmann');
  });
});
