import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  type ICalCalendar,
  ICalCalendarMethod,
  type ICalEvent,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { inOslo, isAmbiguous, osloRules, ZONE } from './oslo.js';

type Language = 'nb' | 'nn' | 'en';

/** Something with a beginning and an end that people put into their calendars. */
export interface CalendarEntry {
  /** The UID, `<id>@<host>`: the same for as long as it is the same thing, moved and cancelled ones included. */
  readonly id: string;
  /** Counts the changes; calendars keep what has the highest. */
  readonly sequence: number;
  /** When it last changed. The time at which a feed is asked for stands nowhere in it, so that it can be compared. */
  readonly updatedAt: Date;
  readonly title: string;
  readonly description?: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly place?: string | null;
  readonly url?: string | null;
  readonly organiser?: { readonly name: string; readonly email?: string | null } | null;
  readonly cancelled: boolean;
}

export interface CalendarFeed {
  readonly name: string;
  readonly entries: readonly CalendarEntry[];
  /** @default 'nb' */
  readonly language?: Language;
}

/** How often calendars are to ask again, in seconds. */
const REFRESH = 3_600;
/** For UIDs that name no host of their own. */
const HOST = 'samspill';
/** Answers to invitations go nowhere where the organiser has no address; the standard wants one all the same. */
const NOBODY = 'nobody@samspill.invalid';

/** Many calendars show a cancelled entry of a feed like any other; so its title says it as well. */
const CANCELLED: Record<Language, string> = { nb: 'Avlyst', nn: 'Avlyst', en: 'Cancelled' };

/** A calendar to subscribe to. Cancelled entries stay in it, or calendars would go on showing them. */
export function calendarFeed({ name, entries, language = 'nb' }: CalendarFeed): string {
  // The generator escapes what events say but not this.
  const escapedName = oneLine(name).replaceAll(/[\\;,]/g, '\\$&');
  const calendar = newCalendar(ICalCalendarMethod.PUBLISH);
  calendar.name(escapedName).ttl(REFRESH);
  for (const entry of entries) {
    const title = entry.cancelled ? `${CANCELLED[language]}: ${entry.title}` : entry.title;
    add(calendar, { ...entry, title });
  }
  return textOf(calendar);
}

/**
 * An entry for one person's calendar, to go with a letter: it puts it there, moves it, or takes it away. Whoever gets
 * it has already said that they come, so no answer is asked for.
 */
export function invitation(
  entry: CalendarEntry,
  to: { readonly email: string; readonly name?: string },
): string {
  const calendar = newCalendar(entry.cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST);
  const organiser = entry.organiser ?? { name: 'Samspill' };
  add(calendar, { ...entry, organiser }).createAttendee({
    email: address(to.email),
    ...(to.name && { name: oneLine(to.name) }),
    role: ICalAttendeeRole.REQ,
    status: ICalAttendeeStatus.ACCEPTED,
    rsvp: false,
  });
  return textOf(calendar);
}

const newCalendar = (method: ICalCalendarMethod): ICalCalendar =>
  ical({ prodId: { company: 'Samspill', product: 'Samspill', language: 'NB' }, method });

function add(calendar: ICalCalendar, entry: CalendarEntry): ICalEvent {
  const { startsAt, endsAt, updatedAt, organiser } = entry;
  if (endsAt < startsAt) throw new RangeError(`${entry.id} ends before it begins.`);
  const inZone = !isAmbiguous(startsAt) && !isAmbiguous(endsAt);
  return calendar.createEvent({
    id: uidOf(entry.id),
    sequence: entry.sequence,
    stamp: updatedAt,
    lastModified: updatedAt,
    timezone: inZone ? ZONE : null,
    start: inZone ? inOslo(startsAt) : startsAt,
    end: inZone ? inOslo(endsAt) : endsAt,
    summary: oneLine(entry.title),
    description: entry.description ? cleaned(entry.description) : null,
    location: entry.place ? oneLine(entry.place) : null,
    url: entry.url ? linkOf(entry.url) : null,
    organizer: organiser
      ? { name: oneLine(organiser.name), email: address(organiser.email ?? NOBODY) }
      : null,
    status: entry.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: entry.cancelled ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
  });
}

/** With the rules of the zone before all entries, where the standard has them, also when there are no entries. */
function textOf(calendar: ICalCalendar): string {
  const text = calendar.toString();
  const body = /^(BEGIN:VEVENT|END:VCALENDAR)\r?$/m.exec(text)?.index ?? 0;
  return `${text.slice(0, body)}${osloRules}\r\n${text.slice(body)}\r\n`;
}

function uidOf(id: string): string {
  const plain = id.replaceAll(/[^\x21-\x7e]+/g, '');
  return plain.includes('@') ? plain : `${plain}@${HOST}`;
}

/** An address stands in a line of its own, unescaped as calendars want it: so nothing may be in it that is none. */
function address(email: string): string {
  return /^[^\s\p{C};,:"\\<>]+@[^\s\p{C};,:"\\<>@]+$/u.test(email) ? email : NOBODY;
}

/** What can be followed; commas and semicolons would come out escaped, which addresses are not. */
function linkOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  return href.replaceAll(',', '%2C').replaceAll(';', '%3B').replaceAll('\\', '%5C');
}

/** Lines may be broken; other control characters may not stand in a calendar. */
const cleaned = (text: string): string =>
  text
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]|\p{Cs}/gu, '')
    .trim();

const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029\s]+/gu, ' ').trim();
