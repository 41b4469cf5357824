import type { EntityManager } from '@mikro-orm/postgresql';
import { stableId } from '@samspill/values';
import { Attendee } from '../attendee/attendee.js';
import { SessionSeat } from '../attendee/session-seat.js';
import { newCheckInCode } from '../check-in/code.js';
import type { Event } from '../event/event.js';
import { Registration } from '../registration/registration.js';
import { RegistrationStatus } from '../registration/registration.status.js';

interface DemoRegistration {
  /** Null for a private person. */
  readonly organisation: readonly [number: string, name: string] | null;
  /** Who comes, the contact first. All names are invented. */
  readonly names: readonly string[];
  /** How many of them, from the first, have chosen the exercise in the small room. */
  readonly exercise: number;
}

const course: readonly DemoRegistration[] = [
  {
    organisation: ['310000035', 'Øyeren Velferdsteknologi AS'],
    names: ['Vårin Leira-Demo', 'Espen Myrvold-Demo', 'Signe Aas-Demo'],
    exercise: 2,
  },
  {
    organisation: ['310000027', 'Mysen Rørleggerverksted AS'],
    names: ['Halvor Eidsten-Demo', 'Emilie Haug-Demo', 'Ola Skjør-Demo'],
    exercise: 1,
  },
  {
    organisation: ['310000043', 'Haldenvassdraget Renhold AS'],
    names: ['Marit Solli-Demo', 'Joanna Nowak-Demo'],
    exercise: 2,
  },
  {
    organisation: ['310000019', 'Glommen Bygg og Anlegg AS'],
    names: ['Jonas Bergsli-Demo', 'Amina Lund-Demo', 'Terje Furuseth-Demo'],
    exercise: 0,
  },
  {
    organisation: ['310000051', 'Trøgstad Skolebuss AS'],
    names: ['Gro Båstad-Demo', 'Arne Kirkeng-Demo', 'Lill Hærland-Demo'],
    exercise: 2,
  },
  {
    organisation: ['310000078', 'Nordisk Entreprenør Demo ASA'],
    names: ['Birger Holm-Demo', 'Cecilie Ruud-Demo'],
    exercise: 0,
  },
  { organisation: null, names: ['Nils Gründer-Demo'], exercise: 1 },
  { organisation: null, names: ['Yrsa Enkeltmann-Demo'], exercise: 0 },
];

const HOUR = 60 * 60 * 1_000;

/** People in the seats of the tendering course, so that whoever tries the product finds an event in full swing. */
export async function fillCourse(em: EntityManager, event: Event, exerciseId: string): Promise<void> {
  let inExercise = 0;
  for (const [at, { organisation, names, exercise }] of course.entries()) {
    const id = stableId('demo-registration', event.id, String(at));
    const [organisationNumber = null, organisationName = null] = organisation ?? [];
    em.create(Registration, {
      ...{ id, eventId: event.id, municipalityNumber: event.municipalityNumber },
      ...{ organisationNumber, organisationName, seats: names.length, place: at + 1, language: 'nb' },
      personId: stableId('demo-person', id),
      contactName: names[0] ?? null,
      contactEmail: `kontakt-${at + 1}@demo.samspill.example`,
      status: RegistrationStatus.CONFIRMED,
      registeredAt: new Date((event.publishedAt ?? event.startsAt).getTime() + (at + 1) * 9 * HOUR),
      ...{ walkIn: false, clientKey: null, offeredAt: null, offerExpiresAt: null, cancelledAt: null },
      ...{ cancellationReason: null, erasedAt: null },
    });
    // One after the other: nothing tells the unit of work which of them points at which.
    await em.flush();
    for (const [position, name] of names.entries()) {
      const attendeeId = stableId('demo-attendee', id, String(position));
      em.create(Attendee, {
        ...{ id: attendeeId, registrationId: id, eventId: event.id, number: position + 1, name },
        ...{ municipalityNumber: event.municipalityNumber, organisationNumber, organisationName },
        ...{ checkInCode: newCheckInCode(), checkedInAt: null, checkInMethod: null },
      });
      await em.flush();
      if (position >= exercise) continue;
      em.create(SessionSeat, { attendeeId, sessionId: exerciseId, held: true });
      inExercise += 1;
    }
  }
  await em.flush();
  await em.execute('update events.session set seats_taken = ? where id = ?::uuid', [inExercise, exerciseId]);
  await em.execute('update events.event set seats_taken = ?, last_place = ? where id = ?', [
    course.reduce((seats, { names }) => seats + names.length, 0),
    course.length,
    event.id,
  ]);
}
