import type { Mendable } from '@samspill/subgraph';
import { endsBeforeStarts, missing, speakerMissing, tooManySpeakers } from './event-messages.js';
import { RANGES, text, within } from './event-values.js';
import type { Session, Speaker } from './session.js';

export type SessionValues = Pick<
  Session,
  'title' | 'description' | 'startsAt' | 'endsAt' | 'room' | 'capacity' | 'speakers'
>;

/** A speaker as somebody wrote it. */
export type GivenSpeaker = { readonly [Name in keyof Speaker]?: string | null };

/** As somebody wrote it. What is left out is not touched. */
export type GivenSession = {
  readonly [Name in Exclude<keyof SessionValues, 'speakers'>]?: SessionValues[Name] | null;
} & { readonly speakers?: readonly GivenSpeaker[] | null };

export const LONGEST_OF_SESSION = { title: 200, description: 5_000, room: 100, speaker: 200 } as const;
export const MOST_SPEAKERS = 20;

export function sessionValues(given: GivenSession): { values: Partial<SessionValues>; mend: Mendable[] } {
  const mend: Mendable[] = [];
  const values: Partial<SessionValues> = {};
  const words = (name: 'title' | 'description' | 'room', value: string): string => {
    const checked = text(value, LONGEST_OF_SESSION[name], ['input', name]);
    mend.push(...checked.mend);
    return checked.value;
  };
  for (const name of ['title', 'startsAt', 'endsAt'] as const) {
    if (given[name] === null) mend.push(missing(['input', name]));
  }
  if (given.title) values.title = words('title', given.title);
  else if (given.title === '') mend.push(missing(['input', 'title']));
  if (given.startsAt) values.startsAt = given.startsAt;
  if (given.endsAt) values.endsAt = given.endsAt;
  for (const name of ['description', 'room'] as const) {
    const value = given[name];
    if (value !== undefined) values[name] = value === null ? null : words(name, value);
  }
  if (given.capacity !== undefined) {
    values.capacity = given.capacity;
    if (given.capacity !== null) mend.push(...within(given.capacity, RANGES.capacity, ['input', 'capacity']));
  }
  if (given.speakers !== undefined) {
    const speakers = speakersOf(given.speakers ?? []);
    values.speakers = speakers.values;
    mend.push(...speakers.mend);
  }
  return { values, mend };
}

export function sessionTimesToMend({
  startsAt,
  endsAt,
}: Pick<SessionValues, 'startsAt' | 'endsAt'>): Mendable[] {
  return endsAt <= startsAt ? [endsBeforeStarts()] : [];
}

function speakersOf(given: readonly GivenSpeaker[]): { values: Speaker[]; mend: Mendable[] } {
  const path = ['input', 'speakers'];
  if (given.length > MOST_SPEAKERS) return { values: [], mend: [tooManySpeakers(path, MOST_SPEAKERS)] };
  const mend: Mendable[] = [];
  const values = given.map((speaker, at) => {
    const part = (name: keyof Speaker): string | null => {
      const words = speaker[name];
      if (words === null || words === undefined) return null;
      const checked = text(words, LONGEST_OF_SESSION.speaker, [...path, String(at), name]);
      mend.push(...checked.mend);
      return checked.value;
    };
    const one = { name: part('name'), organisation: part('organisation'), role: part('role') };
    if (Object.values(one).every((each) => each === null)) mend.push(speakerMissing([...path, String(at)]));
    return one;
  });
  return { values, mend };
}
