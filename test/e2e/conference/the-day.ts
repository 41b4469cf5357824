import { expect, it } from 'vitest';
import { ALL_NAMES, type Conference, oslo, type SeenAttendee } from './conference.js';
import type { Group } from './groups.js';
import { type Asked, sum } from './line.js';

/** The day itself, and the list on paper afterwards. */
export function peopleCome(conference: () => Conference): void {
  it('lets in by code, and nobody who has no seat', async () => {
    const { line } = conference();
    const seen = await conference().registrations();
    const codes = seen.flatMap(({ attendees }) => attendees.flatMap((each) => each.checkInCode ?? []));
    expect(new Set(codes).size).toBe(sum(line.with('CONFIRMED')));
    conference().clock.set(oslo('2017-10-14', '12:00'));
    const checkIn = (code: unknown) =>
      conference().does('event-host', 'checkIn', { eventId: conference().id, code }, 'attendee { id name }');
    expect((await checkIn(codes[0])).codes).toEqual(['CHECK_IN_NOT_OPEN']);

    conference().clock.set(oslo('2017-10-17', '08:40'));
    const came = codes.filter(() => conference().random() < 0.8);
    for (const code of came) expect((await checkIn(code)).codes).toEqual([]);
    expect((await checkIn(came[0])).codes).toEqual(['ALREADY_CHECKED_IN']);
    expect((await checkIn('00000-00000')).codes).toEqual(['NO_SUCH_CODE']);
    const { attendance } = await conference().event();
    expect(attendance).toEqual({ registered: codes.length, checkedIn: came.length });
    const refused = await conference().does(
      conference().everybody[0] as Group,
      'checkIn',
      { eventId: conference().id, code: codes[0] },
      'attendee { id }',
    );
    expect(refused.codes).toEqual(['FORBIDDEN']);
    conference().clock.set(oslo('2017-10-17', '09:30'));
    const begun = await conference().does(
      conference().everybody[0] as Group,
      'registerForEvent',
      conference().inputOf(conference().everybody[0] as Group),
    );
    expect(begun.codes).toEqual(['REGISTRATION_CLOSED']);
    const last = line.with('WAITING').at(-1) as Asked;
    const { event } = await conference().reads(
      conference().groupOf(last.id),
      `{ event(id: "${conference().id}") { myRegistrations { id whyWaiting { reason } } } }`,
    );
    expect(event.myRegistrations).toContainEqual({
      id: last.id,
      whyWaiting: { reason: 'EVENT_HAS_BEGUN' },
    });
  });

  it('is ticked off by hand afterwards, undone where it was wrong, and listed with companies', async () => {
    const before = await conference().registrations();
    const attendees = before.flatMap(({ attendees: some }) => some);
    // Only now is it known who sat in the seats that had no name; the certificates are to say it.
    conference().clock.set(oslo('2017-10-17', '15:00'));
    for (const { id, status, attendees: some } of before) {
      const nameless = some.filter(({ name }) => name === null);
      if (status !== 'CONFIRMED' || nameless.length === 0 || conference().random() < 0.5) continue;
      const named = nameless.map((each, at) => ({ id: each.id, name: `Navngitt Sent-${at + 1}` }));
      await conference().did(conference().groupOf(id), 'updateRegistration', { id, attendees: named });
    }
    conference().clock.set(oslo('2017-10-18', '10:00'));
    const absent = attendees.filter(({ checkInCode, checkedInAt }) => checkInCode && !checkedInAt);
    const onPaper = absent.filter(() => conference().random() < 0.5).map(({ id }) => id);
    const at = oslo('2017-10-17', '10:30');
    const ticked = await conference().did(
      'event-host',
      'checkInByHand',
      { attendeeIds: onPaper, at },
      'attendees { id checkedInAt checkInMethod }',
    );
    expect(ticked.every((each: SeenAttendee & { checkInMethod: string }) => each.checkedInAt === at)).toBe(
      true,
    );
    const mistaken = onPaper[0] as string;
    await conference().did(
      'event-host',
      'undoCheckIn',
      { attendeeId: mistaken },
      'attendee { id checkedInAt }',
    );

    const here = attendees.filter(({ checkedInAt }) => checkedInAt).length + onPaper.length - 1;
    expect((await conference().event()).attendance).toEqual({
      registered: sum(conference().line.with('CONFIRMED')),
      checkedIn: here,
    });
    const { event } = await conference().reads('event-host', ALL_NAMES, { id: conference().id });
    const { totalCount, nodes } = event.attendance.attendees;
    expect([totalCount, nodes.length]).toEqual([here, here]);
    const companies = new Map(attendees.map(({ id, organisationName }) => [id, organisationName]));
    for (const each of nodes) expect(each.organisationName).toBe(companies.get(each.id));
    expect(nodes.filter(({ organisationName }: SeenAttendee) => organisationName).length).toBeGreaterThan(
      100,
    );
    await conference().audit();
  });
}
