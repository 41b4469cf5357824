import type { CalendarEntry } from '@samspill/calendar';
import type { Language } from '@samspill/subgraph';
import type { DialogueActivity } from '../market-dialogue/dialogue-activity.js';
import type { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import type { MeetingRound } from '../meeting/meeting-round.js';

type Dialogue = Pick<
  MarketDialogue,
  'id' | 'title' | 'url' | 'contact' | 'announcedAt' | 'closesAt' | 'cancelledAt' | 'closedAt' | 'updatedAt'
>;
type Activity = Pick<DialogueActivity, 'id' | 'title' | 'startsAt' | 'endsAt' | 'place' | 'url'>;
type Round = Pick<MeetingRound, 'id' | 'title' | 'requestsCloseAt' | 'cancelledAt' | 'updatedAt'>;

const HOUR = 3_600_000;
/** A deadline is a moment, and calendars show what takes time. It ends when the deadline does. */
const BEFORE_DEADLINE = HOUR / 4;

const WORDS = {
  nb: { answers: 'Svarfrist', requests: 'Frist for å be om møte' },
  nn: { answers: 'Svarfrist', requests: 'Frist for å be om møte' },
  en: { answers: 'Deadline for answers', requests: 'Deadline for asking for a meeting' },
} as const satisfies Record<Language, unknown>;

/** The activities of an announced dialogue that have a time, as calendars know them. */
export function activityEntries(dialogue: Dialogue, activities: readonly Activity[]): CalendarEntry[] {
  const common = commonTo(dialogue);
  return activities.flatMap(({ id, title, startsAt, endsAt, place, url }) => {
    if (startsAt === null) return [];
    return {
      ...common,
      ...{ id: `${id}@samspill`, title: `${title}: ${dialogue.title}`, startsAt },
      // How long it takes is not said: an hour shows at least when it begins.
      endsAt: endsAt !== null && endsAt > startsAt ? endsAt : new Date(startsAt.getTime() + HOUR),
      ...{ place, url: url ?? dialogue.url },
    };
  });
}

/** The deadline for answers, and those for asking for meetings. */
export function deadlineEntries(
  dialogue: Dialogue,
  rounds: readonly Round[],
  language: Language,
): CalendarEntry[] {
  const common = commonTo(dialogue);
  const words = WORDS[language];
  const deadline = (id: string, what: string, at: Date): CalendarEntry => ({
    ...common,
    ...{ id: `${id}@samspill`, title: `${what}: ${dialogue.title}`, url: dialogue.url },
    ...{ startsAt: new Date(at.getTime() - BEFORE_DEADLINE), endsAt: at },
  });
  const answers = dialogue.closesAt && deadline(`${dialogue.id}-deadline`, words.answers, dialogue.closesAt);
  const requests = rounds.map((round) => {
    const entry = deadline(
      `${round.id}-requests`,
      `${words.requests} (${round.title})`,
      round.requestsCloseAt,
    );
    const updatedAt = latest(entry.updatedAt, round.updatedAt);
    const sequence = sequenceAt(dialogue, updatedAt);
    return { ...entry, updatedAt, sequence, cancelled: entry.cancelled || round.cancelledAt !== null };
  });
  return [...(answers ? [answers] : []), ...requests];
}

function commonTo(
  dialogue: Dialogue,
): Pick<CalendarEntry, 'sequence' | 'updatedAt' | 'organiser' | 'cancelled'> {
  const { cancelledAt, closedAt, contact } = dialogue;
  const updatedAt = latest(dialogue.updatedAt, dialogue.announcedAt, cancelledAt, closedAt);
  return {
    sequence: sequenceAt(dialogue, updatedAt),
    updatedAt,
    organiser: contact?.name ? { name: contact.name, email: contact.email } : null,
    cancelled: cancelledAt !== null,
  };
}

/**
 * How calendars know a newer version: a number that only grows. Seconds since the dialogue was announced do, without
 * anybody counting, and are as many as fit into the 31 bits that programmes have for them, for 68 years.
 */
function sequenceAt({ announcedAt }: Dialogue, updatedAt: Date): number {
  const since = announcedAt ?? updatedAt;
  return Math.max(0, Math.floor((updatedAt.getTime() - since.getTime()) / 1_000));
}

const latest = (first: Date, ...more: readonly (Date | null)[]): Date =>
  more.reduce<Date>((found, each) => (each !== null && each > found ? each : found), first);
