import type { EntityManager } from '@mikro-orm/postgresql';
import { stableId } from '@samspill/values';
import { Attendee, CheckInMethod } from '../attendee/attendee.js';
import { Certificate } from '../certificate/certificate.js';
import type { Event } from '../event/event.js';
import { Registration } from '../registration/registration.js';
import { RegistrationStatus } from '../registration/registration.status.js';
import { CONFERENCE } from './demo-material.js';

const companies = [
  ['310000035', 'Øyeren Velferdsteknologi AS'],
  ['310000027', 'Mysen Rørleggerverksted AS'],
  ['310000043', 'Haldenvassdraget Renhold AS'],
  ['310000019', 'Glommen Bygg og Anlegg AS'],
  ['310000051', 'Trøgstad Skolebuss AS'],
  ['310000078', 'Nordisk Entreprenør Demo ASA'],
] as const;

/** How many seats a request had, over and over. */
const groups = [1, 2, 3, 4];

/** One in so many did not come. */
const ABSENT = 12;

/** The code of a certificate that everybody may check in the playground. */
const DEMO_CODE = 'DEM0K0DE17';

/**
 * Who was at an event long ago, as it looks after the erasure: companies and counts, and nobody's name. Whoever got
 * a certificate can still prove it.
 */
export async function fillErasedAttendance(em: EntityManager, event: Event): Promise<void> {
  const { id: eventId, municipalityNumber, endsAt, startsAt } = event;
  const seatsOf = new Map<string, { seats: number; company: (typeof companies)[number] }>();
  for (let left = event.seatsTaken, place = 1; left > 0; place += 1) {
    const seats = Math.min(left, groups[(place - 1) % groups.length] as number);
    const company = companies[(place - 1) % companies.length] as (typeof companies)[number];
    const id = stableId('demo-registration', eventId, String(place));
    seatsOf.set(id, { seats, company });
    left -= seats;
    em.create(Registration, {
      ...{ id, eventId, municipalityNumber, seats, place, language: 'nb' },
      ...{ organisationNumber: company[0], organisationName: company[1] },
      ...{ personId: null, contactName: null, contactEmail: null, status: RegistrationStatus.CONFIRMED },
      registeredAt: event.publishedAt ?? startsAt,
      ...{ walkIn: false, clientKey: null, offeredAt: null, offerExpiresAt: null, cancelledAt: null },
      ...{ cancellationReason: null, erasedAt: event.personalDataErasedAt ?? endsAt },
    });
  }
  await em.flush();
  let counted = 0;
  for (const [registrationId, { seats, company }] of seatsOf) {
    for (let number = 1; number <= seats; number += 1) {
      counted += 1;
      const came = counted % ABSENT !== 0;
      em.create(Attendee, {
        ...{ id: stableId('demo-attendee', registrationId, String(number)), registrationId, eventId, number },
        ...{ municipalityNumber, organisationNumber: company[0], organisationName: company[1] },
        ...{ name: null, checkInCode: null, checkedInAt: came ? startsAt : null },
        checkInMethod: came ? CheckInMethod.CODE : null,
      });
    }
  }
  await em.flush();
  if (eventId === CONFERENCE) {
    const attendeeId = stableId('demo-attendee', stableId('demo-registration', eventId, '1'), '1');
    em.create(Certificate, { code: DEMO_CODE, attendeeId, eventId, issuedAt: endsAt });
  }
  await em.execute('update events.event set last_place = ? where id = ?', [seatsOf.size, eventId]);
}
