import { randomUUID } from 'node:crypto';
import { digest } from '@samspill/audit';
import {
  attachDocuments,
  beginDocument,
  type Document,
  publishDocuments,
  removeDocuments,
} from '@samspill/documents';
import {
  type AuditedObject,
  type Change,
  type Mendable,
  PublicError,
  type RequestContext,
  type ServiceStore,
} from '@samspill/subgraph';
import type { Event } from '../event/event.js';
import { demandEvent, IS_UUID } from '../event/event.permission.js';
import { missing } from '../event/event-messages.js';
import { eventToChange, lockEvent, type Mends, Undone } from '../event/event-to-change.js';
import { Session } from '../event/session.js';
import { MATERIAL, MATERIAL_PURPOSE, Material } from './material.js';

export type MaterialChange = { readonly event: Event } | Mends;

/** All of it is shown on one page. */
export const MOST_MATERIAL = 200;

const AT_EVENT = ['input', 'eventId'];

/** Begins the upload of a document for an event that is published. */
export async function createEventDocument(
  context: RequestContext,
  change: Change,
  { eventId, name, size }: { readonly eventId: string; readonly name: string; readonly size: number },
): Promise<{ readonly document: Document } | Mends> {
  const event = await eventToChange(change.em, eventId, 'add material', context.clock.now(), AT_EVENT);
  if ('mend' in event) return event;
  // Anybody may upload something of their own; only hosts of this event do it for the event.
  await lockEvent(change.em, eventId);
  const municipalityNumber = event.municipalityNumber;
  const begun = await beginDocument(context, change, {
    purpose: MATERIAL_PURPOSE,
    ...{ name, size },
    ...(municipalityNumber && { municipalityNumber }),
  });
  if ('mend' in begun) throw new Undone(begun.mend);
  return begun;
}

export interface NewMaterial {
  readonly eventId: string;
  readonly documentIds: readonly string[];
  readonly sessionId?: string | null;
}

/** Shows documents to everybody. */
export async function publishMaterial(
  store: ServiceStore,
  change: Change,
  { eventId, documentIds, sessionId = null }: NewMaterial,
): Promise<MaterialChange> {
  const { em } = change;
  const now = store.host.clock.now();
  const event = await eventToChange(em, eventId, 'add material', now, AT_EVENT);
  if ('mend' in event) return event;
  const ids = [...new Set(documentIds)];
  const mend = await materialToMend(change, eventId, ids, sessionId);
  if (mend.length > 0) return { mend };
  await lockEvent(em, eventId);
  const unusable: Mendable[] = [];
  for (const [place, documentId] of ids.entries()) {
    const id = randomUUID();
    const municipalityNumber = event.municipalityNumber ?? undefined;
    // Each to a material of its own, so that one can be taken away without the others.
    const to = { type: MATERIAL, id, ...(municipalityNumber && { municipalityNumber }) };
    const attached = await attachDocuments(change, [documentId], to, []);
    const path = ['input', 'documentIds', String(place)];
    if ('mend' in attached) unusable.push(...attached.mend.map((each) => ({ ...each, path })));
    const material = em.create(Material, { id, documentId, eventId, sessionId, publishedAt: now });
    change.audit(changedMaterial(event, null, material));
  }
  if (unusable.length > 0) throw new Undone(unusable);
  await em.flush();
  await publishDocuments(em, ids, now);
  return { event };
}

/** Takes a document away again. */
export async function removeMaterial(
  store: ServiceStore,
  change: Change,
  id: string,
): Promise<MaterialChange> {
  const { em } = change;
  const material = await em.findOne(Material, { id });
  if (!material) throw noSuchMaterial();
  const event = await eventToChange(em, material.eventId, 'add material', store.host.clock.now());
  if ('mend' in event) return event;
  await lockEvent(em, event.id);
  change.audit(changedMaterial(event, material, null));
  // Counted, because of two who remove the same one the second finds nothing.
  if ((await em.nativeDelete(Material, { id })) === 0) throw noSuchMaterial();
  await removeDocuments(em, { attachedTo: { type: MATERIAL, id } });
  return { event };
}

/** Refuses unless the actor runs the event that the material belongs to. */
export async function demandMaterial(context: RequestContext, id: string): Promise<void> {
  const material = await context.em.fork().findOne(Material, { id });
  if (material) return demandEvent(context, material.eventId);
  throw await context.refused(noSuchMaterial(), context.operation ?? 'unknown', { type: 'Material', id });
}

async function materialToMend(
  { em }: Change,
  eventId: string,
  ids: readonly string[],
  sessionId: string | null,
): Promise<Mendable[]> {
  if (ids.length === 0) return [missing(['input', 'documentIds'])];
  if (sessionId !== null) {
    const isItsOwn =
      IS_UUID.test(sessionId) && (await em.count(Session, { id: sessionId, event: eventId })) > 0;
    if (!isItsOwn) return [sessionUnknown];
  }
  const there = await em.count(Material, { eventId });
  return there + ids.length > MOST_MATERIAL ? [tooMuch] : [];
}

function changedMaterial(event: Event, before: Material | null, after: Material | null): AuditedObject {
  const of = (material: Material | null) =>
    material && digest({ ...material, publishedAt: material.publishedAt.toISOString() });
  return {
    object: { type: MATERIAL, id: (before ?? after)?.id ?? '' },
    owner: { municipality: event.municipalityNumber },
    before: of(before),
    after: of(after),
  };
}

function noSuchMaterial(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Det er ikke noe materiell med denne id-en. Se «material» på arrangementet.',
    nn: 'Det er ikkje noko materiell med denne id-en. Sjå «material» på arrangementet.',
    en: 'There is no material with this id. See "material" of the event.',
  });
}

const sessionUnknown: Mendable = {
  code: 'SESSION_UNKNOWN',
  path: ['input', 'sessionId'],
  messages: {
    nb: 'Programposten hører ikke til dette arrangementet. Se «sessions», eller la feltet stå tomt.',
    nn: 'Programposten høyrer ikkje til dette arrangementet. Sjå «sessions», eller lat feltet stå tomt.',
    en: 'The item of the programme does not belong to this event. See "sessions", or leave the field out.',
  },
};

const tooMuch: Mendable = {
  code: 'TOO_MUCH_MATERIAL',
  path: ['input', 'documentIds'],
  messages: {
    nb: `Et arrangement kan ha høyst ${MOST_MATERIAL} dokumenter. Slå sammen noen, eller fjern noen først.`,
    nn: `Eit arrangement kan ha høgst ${MOST_MATERIAL} dokument. Slå saman nokre, eller fjern nokre først.`,
    en: `An event may have at most ${MOST_MATERIAL} documents. Join some, or remove some first.`,
  },
};
