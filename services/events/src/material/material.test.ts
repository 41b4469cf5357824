import { Document, DocumentState } from '@samspill/documents';
import { everybody } from '@samspill/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventStatus } from '../event/event.status.js';
import { host, START, startTestEvents, supplier, type TestEvents } from '../event/event.test-support.js';
import { Session } from '../event/session.js';
import { LARGEST_MATERIAL, MATERIAL_PURPOSE } from './material.js';

let events: TestEvents;
beforeAll(async () => {
  events = await startTestEvents();
});
afterAll(() => events?.[Symbol.asyncDispose]());

const BEGIN = `mutation ($input: CreateEventDocumentInput!) { createEventDocument(input: $input) {
  document { id name state uploadUrl } userErrors { code path } } }`;
const PUBLISH = `mutation ($input: PublishMaterialInput!) { publishMaterial(input: $input) {
  event { id } userErrors { code path } } }`;
const REMOVE = `mutation ($input: RemoveMaterialInput!) { removeMaterial(input: $input) { event { id } userErrors { code } } }`;
const READ = `query ($id: ID!) { event(id: $id) { material { id publishedAt session { title } document { name downloadUrl } } } }`;

/** A document that has been uploaded and checked. */
async function ready(
  state = DocumentState.READY,
  personId = host.personId,
  municipalityNumber: string | null = '3118',
) {
  const em = events.service.store.as('system');
  const isReady = state === DocumentState.READY;
  const document = em.create(Document, {
    ...{
      id: crypto.randomUUID(),
      purpose: MATERIAL_PURPOSE,
      name: 'lysark.pdf',
      mediaType: 'application/pdf',
    },
    ...{
      size: 9,
      sha256: isReady ? 'ab'.repeat(32) : null,
      state,
      refusalCode: null,
      organisationNumber: null,
    },
    ...{ municipalityNumber, personId, attachedToType: null, attachedToId: null, publishedAt: null },
    ...{
      createdAt: new Date(START),
      settledAt: isReady ? new Date(START) : null,
      failedChecks: 0,
      checkAfter: null,
    },
  });
  await em.flush();
  return document.id;
}

const materialOf = async (id: string) => (await events.ask(everybody, READ, { id })).data.event.material;

describe('material', () => {
  it('is begun by name and size, and uploaded to an address', async () => {
    const eventId = await events.eventThatIs(EventStatus.HELD);
    const { data, codes } = await events.ask(host, BEGIN, {
      input: { eventId, name: 'lysark.pdf', size: 1_000 },
    });
    expect(codes).toEqual([]);
    expect(data.createEventDocument).toMatchObject({
      document: { name: 'lysark.pdf', state: 'UPLOADING', uploadUrl: expect.stringContaining('/events/') },
      userErrors: [],
    });
    const before = await events.service.store.as('system').count(Document);
    for (const bad of [
      { name: 'film.mp4', size: 1_000 },
      { name: '../lysark.pdf', size: 1_000 },
      { name: 'lysark.pdf', size: LARGEST_MATERIAL + 1 },
    ]) {
      const [answer, entries] = await events.audited(() =>
        events.ask(host, BEGIN, { input: { eventId, ...bad } }),
      );
      expect(answer.data.createEventDocument.document).toBeNull();
      expect(answer.data.createEventDocument.userErrors).toHaveLength(1);
      expect(entries).toEqual([]);
    }
    expect(await events.service.store.as('system').count(Document)).toBe(before);
  });

  it('is for everybody, all of it or none, also after the event', async () => {
    const eventId = await events.eventThatIs(EventStatus.HELD);
    const session = await events.service.store.as('system').findOneOrFail(Session, { event: eventId });
    const [one, two, late] = [await ready(), await ready(), await ready(DocumentState.UPLOADING)];
    const half = await events.ask(host, PUBLISH, { input: { eventId, documentIds: [one, late] } });
    expect(half.data.publishMaterial).toEqual({
      event: null,
      userErrors: [{ code: 'DOCUMENT_NOT_READY', path: ['input', 'documentIds', '1'] }],
    });
    expect(await materialOf(eventId)).toEqual([]);

    const input = { eventId, documentIds: [one, two, one], sessionId: session.id };
    const { data, codes } = await events.ask(host, PUBLISH, { input });
    expect([codes, data.publishMaterial]).toEqual([[], { event: { id: eventId }, userErrors: [] }]);
    const material = await materialOf(eventId);
    expect(material).toHaveLength(2);
    expect(material[0]).toMatchObject({
      ...{ publishedAt: '2026-03-02T09:00:00.000Z', session: { title: 'Innledning' } },
      document: { name: 'lysark.pdf', downloadUrl: expect.stringContaining('signature=') },
    });
    // What is in use already cannot be used once more.
    const again = await events.ask(host, PUBLISH, { input });
    expect(again.data.publishMaterial.userErrors).toMatchObject([
      { code: 'DOCUMENT_IN_USE' },
      { code: 'DOCUMENT_IN_USE' },
    ]);

    await events.ask(host, REMOVE, { input: { id: material[0].id } });
    expect(await materialOf(eventId)).toEqual([material[1]]);
    const left = await events.service.store.as('system').find(Document, { id: { $in: [one, two] } });
    expect(left).toHaveLength(1);
    const gone = await events.ask(host, REMOVE, { input: { id: material[0].id } });
    expect(gone.codes).toEqual(['NOT_FOUND']);
  });

  it('says what is to be mended', async () => {
    const eventId = await events.eventThatIs(EventStatus.PUBLISHED);
    const other = await events.eventThatIs(EventStatus.PUBLISHED);
    const { id: sessionId } = await events.service.store
      .as('system')
      .findOneOrFail(Session, { event: other });
    for (const [input, code] of [
      [{ documentIds: [] }, 'TEXT_MISSING'],
      [{ documentIds: [await ready()], sessionId }, 'SESSION_UNKNOWN'],
      [{ documentIds: [await ready()], sessionId: 'none' }, 'SESSION_UNKNOWN'],
      [{ documentIds: [crypto.randomUUID()] }, 'NO_SUCH_DOCUMENT'],
      [{ documentIds: [await ready(DocumentState.READY, supplier.personId, null)] }, 'NO_SUCH_DOCUMENT'],
    ] as const) {
      const [{ data }, entries] = await events.audited(() =>
        events.ask(host, PUBLISH, { input: { eventId, ...input } }),
      );
      expect(data.publishMaterial.userErrors.map((each: { code: string }) => each.code)).toEqual([code]);
      expect(entries.filter(({ outcome }) => outcome === 'DONE')).toEqual([]);
    }
    expect(await materialOf(eventId)).toEqual([]);
  });
});
