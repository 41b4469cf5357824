import { InvalidEmailAddress, isEmailAddress } from '@samspill/mail';
import type { Mendable } from '@samspill/subgraph';
import { IS_UUID } from '../event/event.permission.js';
import {
  clientKeyInvalid,
  nameMissing,
  oneSeatForPrivatePersons,
  sessionUnknown,
  textTooLong,
  tooFewSeats,
  tooManyAttendees,
  tooManySeats,
  tooManySessions,
} from './registration-messages.js';

/** Who registers more at once has more than one conversation to have with the organiser. */
export const MOST_SEATS = 50;
export const MOST_CHOSEN = 50;
export const LONGEST_NAME = 200;
const LONGEST_KEY = 100;

export interface GivenAttendee {
  readonly name?: string | null;
  readonly sessionIds?: readonly string[] | null;
}

export interface GivenRegistration {
  readonly eventId: string;
  readonly organisationNumber?: string | null;
  readonly organisationName?: string | null;
  readonly contactName: string;
  readonly contactEmail: string;
  readonly seats?: number | null;
  readonly attendees?: readonly GivenAttendee[] | null;
  readonly clientKey?: string | null;
}

/** Somebody who is to have a seat, as far as it is said who. */
export interface WantedAttendee {
  readonly name: string | null;
  readonly sessionIds: readonly string[];
}

export interface RegistrationRequest {
  readonly eventId: string;
  readonly organisationNumber: string | null;
  readonly organisationName: string | null;
  readonly contactName: string;
  readonly contactEmail: string;
  /** One for each seat. */
  readonly attendees: readonly WantedAttendee[];
  readonly clientKey: string | null;
}

/** What is asked for, without the space around it, and everything about it that has to be mended. */
export function registrationRequest(given: GivenRegistration): {
  request: RegistrationRequest;
  mend: Mendable[];
} {
  const mend: Mendable[] = [];
  const named = given.attendees ?? [];
  const seats = given.seats ?? Math.max(1, named.length);
  const organisationNumber = given.organisationNumber ?? null;
  mend.push(...seatsToMend(seats, named.length, organisationNumber !== null));
  const name = (text: string | null | undefined, at: string) => {
    const checked = checkedName(text ?? '', ['input', at]);
    mend.push(...checked.mend);
    return checked.name;
  };
  const contactEmail = given.contactEmail.trim();
  if (!isEmailAddress(contactEmail)) mend.push(InvalidEmailAddress.mend(['input', 'contactEmail']));
  const clientKey = given.clientKey ?? null;
  if (clientKey !== null && (clientKey.trim() === '' || clientKey.length > LONGEST_KEY)) {
    mend.push(clientKeyInvalid(['input', 'clientKey']));
  }
  const contactName = name(given.contactName, 'contactName');
  // Whoever registers for themselves is who comes.
  const otherwise = organisationNumber === null ? contactName : null;
  const wanted = named.map((each, at) => {
    const path = ['input', 'attendees', String(at)];
    const attendee = checkedAttendee(each, path);
    mend.push(...attendee.mend);
    return { name: attendee.name ?? otherwise, sessionIds: attendee.sessionIds ?? [] };
  });
  const nobody = { name: otherwise, sessionIds: [] };
  const missing = Math.max(0, Math.min(seats, MOST_SEATS) - wanted.length);
  return {
    request: {
      ...{ eventId: given.eventId, organisationNumber, contactEmail, clientKey },
      organisationName: organisationNumber === null ? null : name(given.organisationName, 'organisationName'),
      contactName,
      attendees: [...wanted, ...Array.from({ length: missing }, () => nobody)],
    },
    mend,
  };
}

function seatsToMend(seats: number, named: number, isOrganisation: boolean): Mendable[] {
  const path = ['input', 'seats'];
  if (seats < 1) return [tooFewSeats(path)];
  if (!isOrganisation && seats > 1) return [oneSeatForPrivatePersons(path)];
  if (seats > MOST_SEATS) return [tooManySeats(path, MOST_SEATS)];
  return named > seats ? [tooManyAttendees(['input', 'attendees'], seats)] : [];
}

/** What is said of an attendee; `undefined` is what nothing is said of. */
export function checkedAttendee(
  { name, sessionIds }: GivenAttendee,
  path: readonly string[],
): { name?: string | null; sessionIds?: readonly string[]; mend: Mendable[] } {
  const mend: Mendable[] = [];
  const checked: { name?: string | null; sessionIds?: readonly string[] } = {};
  if (name === null) checked.name = null;
  else if (name !== undefined) {
    const { name: text, mend: wrong } = checkedName(name, [...path, 'name']);
    mend.push(...wrong);
    checked.name = text;
  }
  if (sessionIds !== undefined) {
    const chosen = [...new Set((sessionIds ?? []).map((each) => each.toLowerCase()))];
    if (chosen.length > MOST_CHOSEN) mend.push(tooManySessions([...path, 'sessionIds'], MOST_CHOSEN));
    chosen.forEach((each, at) => {
      if (!IS_UUID.test(each)) mend.push(sessionUnknown([...path, 'sessionIds', String(at)]));
    });
    checked.sessionIds = chosen;
  }
  return { ...checked, mend };
}

/** A name on one line: it stands in letters, on badges and in lists. */
export function checkedName(text: string, path: readonly string[]): { name: string; mend: Mendable[] } {
  const name = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (name === '') return { name, mend: [nameMissing(path)] };
  return { name, mend: name.length > LONGEST_NAME ? [textTooLong(path, LONGEST_NAME)] : [] };
}
