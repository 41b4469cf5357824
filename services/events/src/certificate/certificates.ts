import type { EntityManager } from '@mikro-orm/postgresql';
import { lockUntilTheEnd } from '@samspill/database';
import type { RequestContext, ServiceStore } from '@samspill/subgraph';
import { Attendee } from '../attendee/attendee.js';
import { newCheckInCode } from '../check-in/code.js';
import { Event } from '../event/event.js';
import { EventStatus, eventStatus } from '../event/event.status.js';
import { Certificate } from './certificate.js';

/** How long a link to a certificate is good for, in seconds. */
const LINK_LIFETIME = 300;

/**
 * A link to the certificate of an attendee, for whoever may see them; null where there is none. Of those that one
 * request asks for all are looked up together.
 */
export async function certificateLink(context: RequestContext, attendeeId: string): Promise<string | null> {
  const isEntitled = await context.batched('certificate-of', attendeeId, async (ids) => {
    const attendees = await context.find(Attendee, { id: { $in: [...ids] } });
    const events = await context.find(Event, { id: { $in: attendees.map((each) => each.eventId) } });
    const byId = new Map(events.map((event) => [event.id, event]));
    const now = context.clock.now();
    return new Map(attendees.map((each) => [each.id, entitles(each, byId.get(each.eventId), now)]));
  });
  if (!isEntitled) return null;
  return context.store.links.signed(`/certificates/${encodeURIComponent(attendeeId)}.pdf`, LINK_LIFETIME);
}

/** Only for those who came to what was held, and whose name is known: a certificate without one is worth nothing. */
export function entitles(
  attendee: Pick<Attendee, 'checkedInAt' | 'name'>,
  event: Event | undefined | null,
  now: Date,
): boolean {
  return (
    !!event &&
    eventStatus(event, now) === EventStatus.HELD &&
    attendee.checkedInAt !== null &&
    attendee.name !== null
  );
}

/** The certificate of an attendee: made out the first time that somebody wants it, the same ever after. */
export async function issuedCertificate(store: ServiceStore, attendee: Attendee): Promise<Certificate> {
  const { id: attendeeId, eventId, municipalityNumber, organisationNumber } = attendee;
  const there = await store.as('system').findOne(Certificate, { attendeeId });
  if (there) return there;
  return store.change('certificate-issued', async ({ em, audit }) => {
    await lockUntilTheEnd(em, `events.certificate.${attendeeId}`);
    const meanwhile = await em.findOne(Certificate, { attendeeId });
    if (meanwhile) return meanwhile;
    audit({
      object: { type: 'Certificate', id: attendeeId },
      owner: municipalityNumber ? { municipality: municipalityNumber } : { organisation: organisationNumber },
    });
    return em.create(Certificate, {
      ...{ attendeeId, eventId },
      code: newCheckInCode(),
      issuedAt: store.host.clock.now(),
    });
  });
}

/**
 * Whether what a certificate says still holds: the event was held, and nobody has undone the check-in. As the service
 * itself, because whoever asks sees no attendees; what they are told is this yes or no.
 */
export async function isValid(em: EntityManager, certificate: Certificate, now: Date): Promise<boolean> {
  const attendee = await em.findOne(Attendee, { id: certificate.attendeeId });
  const event = await em.findOne(Event, { id: certificate.eventId });
  if (!attendee || !event) return false;
  return attendee.checkedInAt !== null && eventStatus(event, now) === EventStatus.HELD;
}
