import { DateTimeScalar, MunicipalityNumberScalar, UserError } from '@samspill/subgraph';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Event, EventKind } from './event.js';
import { LONGEST, RANGES } from './event-values.js';
import type { Venue } from './venue.js';

const says = {
  title: `What it is called. At most ${LONGEST.title} characters.`,
  description: `What it is about. At most ${LONGEST.description} characters.`,
  organiser: `Who holds it (arrangør). At most ${LONGEST.organiser} characters.`,
  kind: 'What kind of meeting it is.',
  startsAt: 'When it begins. Not in the past when it is published.',
  endsAt: 'When it ends; after it begins.',
};

const between = ([least, most]: readonly [number, number]) => `From ${least} to ${most}.`;

@InputType({ description: 'Where an event takes place (sted).' })
export class VenueInput {
  @Field(() => String, { description: 'Name of the place, such as Askim kulturhus.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'Street address (gateadresse).' })
  address?: string | null;

  @Field(() => String, { nullable: true, description: 'Town (poststed).' })
  city?: string | null;

  @Field(() => MunicipalityNumberScalar, {
    nullable: true,
    description: 'The municipality (kommune) that the place lies in.',
  })
  municipality?: string | null;
}

@InputType()
abstract class EventDetailsInput {
  @Field(() => VenueInput, {
    nullable: true,
    description: 'Where it takes place (sted). Leave it out for an event that is only on the net.',
  })
  venue?: VenueInput | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether one can take part on the net (digitalt).' })
  online?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: `Web address with more about it, or where to take part. Everybody sees it. At most ${LONGEST.url} characters.`,
  })
  url?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `How many can take part (antall plasser); null means no limit. Never fewer than have a seat; more seats go at once to those who wait. ${between(RANGES.capacity)}`,
  })
  capacity?: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When registration opens (påmeldingen åpner). Null when nobody has to register. Stands once it has opened.',
  })
  registrationOpensAt?: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Last moment to register (påmeldingsfrist). Null means until the event begins.',
  })
  registrationClosesAt?: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: `The most seats one organisation can have (plasser per virksomhet); null means no limit. ${between(RANGES.seatsPerOrganisation)}`,
  })
  seatsPerOrganisation?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `Hours that a freed seat is held for whoever waited longest (svarfrist); 24 unless something else is said. ${between(RANGES.offerHours)}`,
  })
  offerHours?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where to ask (kontaktadresse): an e-mail address that everybody sees.',
  })
  contactEmail?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Language (språk) of the texts: nb, nn or en; nb unless something else is said.',
  })
  language?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `Days after the event until names and addresses of those who took part are erased (slettefrist); 90 unless something else is said. Can only be made shorter once published. ${between(RANGES.personalDataDays)}`,
  })
  personalDataDays?: number | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The market dialogue (markedsdialog) that it is part of, if any.',
  })
  dialogueId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The competition (konkurranse) that it is held for, if any.',
  })
  tenderId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The procurement (anskaffelse) that it belongs to, if any.',
  })
  procurementId?: string | null;
}

@InputType({ description: 'An event (arrangement) to prepare.' })
export class CreateEventInput extends EventDetailsInput {
  @Field(() => MunicipalityNumberScalar, {
    description: 'Whose event it is: a number that the municipality has or had.',
  })
  municipality: string;

  @Field(() => String, { description: says.title })
  title: string;

  @Field(() => String, { description: says.description })
  description: string;

  @Field(() => EventKind, { description: says.kind })
  kind: EventKind;

  @Field(() => String, { description: says.organiser })
  organiser: string;

  @Field(() => DateTimeScalar, { description: says.startsAt })
  startsAt: Date;

  @Field(() => DateTimeScalar, { description: says.endsAt })
  endsAt: Date;
}

@InputType({ description: 'What is to be different about an event. What is left out stays as it is.' })
export class UpdateEventInput extends EventDetailsInput {
  @Field(() => ID, { description: 'The event.' })
  id: string;

  @Field(() => String, { nullable: true, description: says.title })
  title?: string | null;

  @Field(() => String, { nullable: true, description: says.description })
  description?: string | null;

  @Field(() => EventKind, { nullable: true, description: `${says.kind} Stands once it is published.` })
  kind?: EventKind | null;

  @Field(() => String, { nullable: true, description: says.organiser })
  organiser?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: `${says.startsAt} The programme moves along when the event is as long as before.`,
  })
  startsAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: says.endsAt })
  endsAt?: Date | null;
}

@InputType({ description: 'A draft to publish.' })
export class PublishEventInput {
  @Field(() => ID, { description: 'The draft.' })
  id: string;
}

@InputType({ description: 'A published event to cancel.' })
export class CancelEventInput {
  @Field(() => ID, { description: 'The event.' })
  id: string;

  @Field(() => String, {
    description: `Why (begrunnelse), for everybody to read. At most ${LONGEST.reason} characters.`,
  })
  reason: string;
}

@ObjectType({ description: 'What became of a change to an event.' })
export class EventPayload {
  @Field(() => Event, {
    nullable: true,
    description: 'The event afterwards; null when nothing was changed.',
  })
  event: Event | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was done. About a value: TEXT_MISSING, TEXT_TOO_LONG, NUMBER_OUT_OF_RANGE, URL_INVALID, EMAIL_INVALID, LANGUAGE_UNKNOWN, MUNICIPALITY_UNKNOWN. About several: ENDS_BEFORE_STARTS, REGISTRATION_WINDOW, SESSION_OUTSIDE_EVENT, CAPACITY_BELOW_SEATS. Because it is published: EVENT_IN_PAST, EVENT_HAS_BEGUN, PLACE_MISSING, KIND_PUBLISHED, REGISTRATION_HAS_BEGUN, PERSONAL_DATA_KEPT_LONGER. Because of where it stands: EVENT_NOT_DRAFT, EVENT_NOT_PUBLISHED, EVENT_HELD, EVENT_CANCELLED.',
  })
  userErrors: UserError[];
}

/** The place as it is stored. */
export function venueOf(venue: VenueInput | null | undefined): Venue | null | undefined {
  if (!venue) return venue;
  const { name, address = null, city = null, municipality = null } = venue;
  return { name, address, city, municipalityNumber: municipality };
}
