import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDistributed } from '../support/distributed.js';
import type { Graph } from '../support/hostings.js';
import { startTestRegion } from '../support/region.js';
import { upload } from '../support/upload.js';

const MEGABYTE = 1024 * 1024;

/** A PDF as far as anybody looks, and large enough to be broken off. */
function pdf(bytes: number): Buffer {
  const file = Buffer.alloc(bytes, 'x');
  file.write('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n');
  file.write('\ntrailer\n<<>>\n%%EOF\n', bytes - 20);
  return file;
}

async function newDocument(graph: Graph, size: number): Promise<{ id: string; uploadUrl: string }> {
  const { data } = await graph.query('{ events(first: 1, filter: {text: "kurs"}) { nodes { id } } }');
  const eventId = data.events.nodes[0].id;
  const answer = await graph.query(
    'mutation ($input: CreateEventDocumentInput!) { createEventDocument(input: $input) { document { id uploadUrl } userErrors { code } } }',
    { input: { eventId, name: 'Slik vinner du anbud.pdf', size } },
    {},
    'officer',
  );
  expect(answer.errors).toBeUndefined();
  expect(answer.data.createEventDocument.userErrors).toEqual([]);
  return { ...answer.data.createEventDocument.document };
}

/** Sends a part of a file and hangs up, as a train in a tunnel does. */
function breakOff(url: string, file: Buffer, after: number): Promise<void> {
  return new Promise((resolve) => {
    const sending = httpRequest(url, {
      method: 'PATCH',
      headers: {
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
        'content-length': String(file.length),
      },
    });
    sending.on('error', () => resolve());
    sending.write(file.subarray(0, after), () => setTimeout(() => sending.destroy(), 200));
    sending.on('close', () => resolve());
  });
}

async function offsetOf(url: string): Promise<number> {
  const response = await fetch(url, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } });
  expect(response.status).toBe(200);
  return Number(response.headers.get('upload-offset'));
}

async function documentWhenChecked(graph: Graph, id: string) {
  for (let tries = 0; tries < 300; tries++) {
    const { data } = await graph.query(
      'query ($id: ID!) { eventDocument(id: $id) { state sha256 downloadUrl refusal } }',
      { id },
      {},
      'officer',
    );
    if (!['UPLOADING', 'CHECKING'].includes(data.eventDocument.state)) return data.eventDocument;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The document was never checked.');
}

for (const hosting of ['the region', 'five processes'] as const) {
  describe(`an upload to ${hosting}`, () => {
    let graph: Graph;
    let killService: (() => Promise<void>) | null = null;

    beforeAll(async () => {
      if (hosting === 'the region') {
        graph = await startTestRegion('embedded');
        return;
      }
      const distributed = await startDistributed();
      graph = distributed;
      killService = async () => {
        process.kill(distributed.processes.events, 'SIGKILL');
        // It is started again after a second.
        await new Promise((resolve) => setTimeout(resolve, 1_500));
      };
    });
    afterAll(() => graph?.[Symbol.asyncDispose]());

    it('that breaks off at 99 % goes on where it was', async () => {
      const file = pdf(8 * MEGABYTE);
      const { id, uploadUrl } = await newDocument(graph, file.length);
      await breakOff(uploadUrl, file, Math.floor(file.length * 0.99));
      const offset = await eventuallyMoreThan(0, () => offsetOf(uploadUrl));
      expect(offset).toBeLessThan(file.length);
      if (killService) {
        await killService();
        await eventuallyMoreThan(0, () => offsetOf(uploadUrl).catch(() => 0));
      }
      await upload(uploadUrl, file);
      const document = await documentWhenChecked(graph, id);
      expect(document).toMatchObject({
        state: 'READY',
        sha256: createHash('sha256').update(file).digest('hex'),
      });
      const download = await fetch(document.downloadUrl);
      expect(download.status).toBe(200);
      expect(Buffer.from(await download.arrayBuffer()).equals(file)).toBe(true);
      expect(download.headers.get('content-disposition')).toContain('attachment');
      const changed = document.downloadUrl.replace(/expires=\d+/, 'expires=99999999999');
      expect((await fetch(changed)).status).toBe(403);
    });

    it('of something else than its name says is refused, and the reason told', async () => {
      const file = Buffer.from('<html><script>alert(1)</script></html>');
      const { id, uploadUrl } = await newDocument(graph, file.length);
      await upload(uploadUrl, file);
      const document = await documentWhenChecked(graph, id);
      expect(document).toMatchObject({ state: 'REFUSED', downloadUrl: null });
      expect(document.refusal).toMatch(/\w/);
    });

    it('that is larger than was said, or by another address, is not taken', async () => {
      const file = pdf(1_000);
      const { uploadUrl } = await newDocument(graph, 500);
      await expect(upload(uploadUrl, file)).rejects.toThrow();
      const forged = uploadUrl.replace(/signature=[^&]+/, 'signature=AAAA');
      const answer = await fetch(forged, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } });
      expect(answer.status).toBe(403);
    });
  });
}

async function eventuallyMoreThan(least: number, ask: () => Promise<number>): Promise<number> {
  for (let tries = 0; tries < 200; tries++) {
    const found = await ask();
    if (found > least) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`It never became more than ${least}.`);
}
