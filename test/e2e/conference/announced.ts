import { expect, it } from 'vitest';
import { ASKIM, CAPACITY, type Conference, oslo, TITLE } from './conference.js';
import { type Group, LIMIT } from './groups.js';
import { programme } from './programme.js';

/** Prepared unseen, then published to all. */
export function isAnnounced(conference: () => Conference): void {
  it('is prepared unseen, and announced to all', async () => {
    const draft = await conference().did(
      'event-host',
      'createEvent',
      {
        ...{ municipality: ASKIM, title: TITLE, kind: 'CONFERENCE', capacity: CAPACITY },
        description: 'Fem kommuner inviterer næringslivet til en dag om offentlige innkjøp.',
        organiser: 'Innkjøpssamarbeidet i Indre Østfold',
        contactEmail: 'innkjop@kommune.example',
        venue: { name: 'Askim kulturhus', city: 'Askim', municipality: ASKIM },
        startsAt: oslo('2017-10-17', '08:30'),
        endsAt: oslo('2017-10-17', '15:30'),
        registrationOpensAt: oslo('2017-08-21', '09:00'),
        registrationClosesAt: oslo('2017-10-10', '16:00'),
        ...{ seatsPerOrganisation: LIMIT, offerHours: 24, personalDataDays: 2 },
      },
      'event { id status }',
    );
    expect(draft.status).toBe('DRAFT');
    conference().id = draft.id;
    for (const { from, to, ...item } of programme) {
      const times = { startsAt: oslo('2017-10-17', from), endsAt: oslo('2017-10-17', to) };
      const session = await conference().did(
        'event-host',
        'addSession',
        { eventId: draft.id, ...item, ...times },
        'session { id }',
      );
      conference().sessions.set(item.title, session.id);
    }
    const look = '{ event(id: "ID") { title sessions { title room capacity speakers { name role } } } }';
    const query = look.replace('ID', draft.id);
    expect(await conference().reads('public', query)).toEqual({ event: null });

    await conference().did('event-host', 'publishEvent', { id: draft.id }, 'event { id }');
    const { event } = await conference().reads('public', query);
    expect(event.title).toBe(TITLE);
    expect(event.sessions.map(({ title }: { title: string }) => title)).toEqual(
      programme.map(({ title }) => title),
    );
    expect(event.sessions[3]).toMatchObject({
      ...{ room: 'Storsalen', capacity: 70 },
      speakers: [{ name: 'Sunniva Eikeland-Demo', role: 'Kursholder' }, { role: 'Innkjøpssjef' }],
    });
    expect((await conference().event()).status).toBe('PUBLISHED');
    const early = await conference().does(
      conference().everybody[0] as Group,
      'registerForEvent',
      conference().inputOf(conference().everybody[0] as Group),
    );
    expect(early).toEqual({ done: null, codes: ['REGISTRATION_NOT_OPEN'] });
    conference().clock.set(oslo('2017-08-21', '09:00'));
    expect((await conference().event()).status).toBe('REGISTRATION_OPEN');
  });
}
