import { expect, it } from 'vitest';
import { fetchCalendar } from './calendars.js';
import { ASKIM, type Conference, oslo, type Seen, TITLE } from './conference.js';
import type { Asked } from './line.js';

/** A new time and place, other events, a cancellation: as calendar programmes see it. */
export function calendarsFollow(conference: () => Conference): void {
  it('moves, and whoever has a seat is told, and every calendar follows', async () => {
    const { line } = conference();
    const eventCalendar = (await conference().event()).calendarUrl;
    const { municipality } = await conference().reads(
      'public',
      '{ municipality(number: "3118") { calendarUrl } }',
    );
    const seen = await conference().registrations();
    const withChoice = seen.find(({ attendees }) => attendees.some(({ sessions }) => sessions.length > 0));
    const own = await conference().calendarOf(conference().groupOf((withChoice as Seen).id));
    const waiter = await conference().calendarOf(conference().groupOf((line.with('WAITING')[0] as Asked).id));
    const uid = `event-${conference().id}@samspill`;
    const entryIn = async (url: string) => (await fetchCalendar(url)).find((each) => each.uid === uid);
    const before = await entryIn(eventCalendar);
    expect(before).toMatchObject({
      ...{ title: TITLE, status: 'CONFIRMED', startsLocal: '2017-10-17T08:30:00' },
      ...{ starts: oslo('2017-10-17', '08:30'), ends: oslo('2017-10-17', '15:30') },
    });

    await conference().letters();
    conference().clock.set(oslo('2017-09-20', '12:00'));
    const moved = { startsAt: oslo('2017-10-17', '09:00'), endsAt: oslo('2017-10-17', '16:00') };
    await conference().did(
      'event-host',
      'updateEvent',
      {
        ...{ id: conference().id, ...moved },
        venue: { name: 'Askim kulturhus', address: 'Kirkegata 4', city: 'Askim', municipality: ASKIM },
      },
      'event { id }',
    );
    conference().changeLetters.push(...line.with('CONFIRMED', 'OFFERED').map(({ request }) => request.email));
    for (const url of [eventCalendar, municipality.calendarUrl, own]) {
      const after = await entryIn(url);
      expect(after).toMatchObject({ ...{ starts: moved.startsAt, ends: moved.endsAt, status: 'CONFIRMED' } });
      expect(after?.place).toBe('Askim kulturhus, Kirkegata 4, Askim');
      expect(after?.sequence).toBeGreaterThan(before?.sequence as number);
    }
    // What was chosen of the programme moved along; whoever waits is not going anywhere yet.
    const items = (await fetchCalendar(own)).filter((each) => each.uid.startsWith('session-'));
    const titles = (withChoice as Seen).attendees.flatMap(({ sessions }) =>
      sessions.map(({ session }) => `${session.title} (${TITLE})`),
    );
    expect(items.map(({ title }) => title).sort()).toEqual([...new Set(titles)].sort());
    const course = items.find(({ title }) => title.startsWith('Slik vinner'));
    if (course) expect(course.starts).toBe(oslo('2017-10-17', '10:45'));
    expect(await entryIn(waiter)).toBeUndefined();

    // Another room is no other place to come to: the calendars say it, and no letter does.
    const session = conference().sessions.get('Lærlinger: oppdrag som gir læreplasser');
    await conference().did(
      'event-host',
      'updateSession',
      { id: session, room: 'Kinosalen' },
      'session { id }',
    );
    expect((await conference().event()).sessions.map(({ room }: { room: string }) => room)).toContain(
      'Kinosalen',
    );
    await conference().audit();
  });

  it('shows other events across the changes of summer time, and a cancelled one as cancelled', async () => {
    const nights = [
      ['Nattåpent i mars', '2026-03-29T00:30:00.000Z', '2026-03-29T01:30:00.000Z', '2026-03-29T01:30:00'],
      ['Nattåpent i oktober', '2026-10-25T00:30:00.000Z', '2026-10-25T02:30:00.000Z', null],
    ] as const;
    const { municipality } = await conference().reads(
      'public',
      '{ municipality(number: "3118") { calendarUrl } }',
    );
    const made: string[] = [];
    for (const [title, startsAt, endsAt, startsLocal] of nights) {
      const { id } = await conference().did(
        'event-host',
        'createEvent',
        {
          ...{ municipality: '3118', title, startsAt, endsAt, kind: 'WEBINAR', online: true },
          ...{ description: 'En natt klokka stilles.', organiser: 'Indre Østfold kommune' },
          registrationOpensAt: conference().clock.now().toISOString(),
        },
        'event { id }',
      );
      await conference().did('event-host', 'publishEvent', { id }, 'event { id }');
      made.push(id);
      const entry = (await fetchCalendar(municipality.calendarUrl)).find(
        (each) => each.uid === `event-${id}@samspill`,
      );
      expect(entry).toMatchObject({ title, starts: startsAt, ends: endsAt, status: 'CONFIRMED' });
      // What the clock shows twice in one night is no time by itself.
      if (startsLocal) expect(entry?.startsLocal).toBe(startsLocal);
    }
    const [id] = made as [string];
    const own = await conference().calendarOf(conference().guest);
    await conference().did(conference().guest, 'registerForEvent', {
      ...{ eventId: id, contactName: conference().guest.contactName, contactEmail: conference().guest.email },
    });
    expect(await fetchCalendar(own)).toMatchObject([
      { status: 'CONFIRMED', starts: nights[0][1], sequence: 0 },
    ]);
    const cancelled = { id, reason: 'Ingen våkne.' };
    await conference().did('event-host', 'cancelEvent', cancelled, 'event { id }');
    for (const url of [municipality.calendarUrl, own]) {
      const entry = (await fetchCalendar(url)).find((each) => each.uid === `event-${id}@samspill`);
      expect(entry).toMatchObject({ status: 'CANCELLED', starts: nights[0][1], sequence: 1 });
    }
  });
}
