import {
  Access,
  anyPerson,
  type ConnectionOf,
  connection,
  inLanguage,
  PageArgs,
  RequestContext,
} from '@samspill/subgraph';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
  registerEnumType,
} from 'type-graphql';
import { Attendee } from '../attendee/attendee.js';
import { Event } from '../event/event.js';
import { eventById } from '../event/event.loader.js';
import { lastAskedFirst, RegistrationFilter, registrationsMatching } from './registration.filter.js';
import { Registration, RegistrationConnection } from './registration.js';
import { attendeesOf, lineOf } from './registration.loader.js';
import { ownRegistrations } from './registration.permission.js';
import { RegistrationStatus, registrationStatus } from './registration.status.js';
import { WaitingReason, type WhyWaiting as Why, whyWaiting } from './waiting-line.js';
import { whyWaitingInWords } from './why-waiting.js';

registerEnumType(WaitingReason, {
  name: 'WaitingReason',
  description: 'Why a registration still waits.',
  valuesConfig: {
    OTHERS_FIRST: { description: 'Others came first and wait as well (andre står foran).' },
    TOO_FEW_FREE: {
      description: 'It is first, and fewer seats are free than it asks for (for få ledige plasser).',
    },
    MORE_THAN_CAPACITY: {
      description:
        'It asks for more than the event has altogether. Those behind it are served (flere enn det finnes).',
    },
    EVENT_HAS_BEGUN: { description: 'The event has begun; nothing is offered any more (har begynt).' },
    EVENT_CANCELLED: { description: 'The event is cancelled (avlyst).' },
  },
});

@ObjectType({
  description:
    'Why a registration still waits, in numbers and in words. It depends on nothing else than these.',
})
export class WhyWaiting {
  @Field(() => WaitingReason, { description: 'The reason.' })
  reason: WaitingReason;

  @Field(() => String, { description: 'The same in the reader’s language, with what one can do.' })
  message: string;

  @Field(() => Int, { description: 'How many seats it asks for.' })
  seatsWanted: number;

  @Field(() => Int, { nullable: true, description: 'How many are free now. Null when there is no limit.' })
  seatsFree: number | null;

  @Field(() => Int, { description: 'How many are offered to others, who have not answered yet.' })
  seatsOffered: number;

  @Field(() => Int, { description: 'How many those before it ask for altogether.' })
  seatsAhead: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many the first of those before it asks for. Null when nobody is before it who can be served.',
  })
  firstWants: number | null;
}

@Resolver(() => Registration)
export class RegistrationFieldsResolver {
  @Access(anyPerson)
  @Query(() => RegistrationConnection, {
    nullable: true,
    description:
      'One’s own registrations (mine påmeldinger) and those of the organisations that one acts for, the last first. Null only when refused, or when the service does not answer.',
  })
  myRegistrations(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => RegistrationFilter, { nullable: true, description: 'Only those that fit.' })
    filter?: RegistrationFilter,
  ): Promise<ConnectionOf<Registration>> {
    const where = [{ $or: ownRegistrations(context) }, ...registrationsMatching(filter, context.clock.now())];
    return connection(context, Registration, where, lastAskedFirst, page);
  }

  @FieldResolver(() => RegistrationStatus, { description: 'Where it stands now.' })
  status(@Ctx() context: RequestContext, @Root() registration: Registration): RegistrationStatus {
    return registrationStatus(registration, context.clock.now());
  }

  @FieldResolver(() => Event, { nullable: true, description: 'The event (arrangement) that it is for.' })
  event(@Ctx() context: RequestContext, @Root() registration: Registration): Promise<Event | null> {
    return eventById(context, registration.eventId);
  }

  @FieldResolver(() => [Attendee], {
    description:
      'Who comes (deltakere), one for each seat, with or without a name. Empty once it is cancelled or has expired.',
  })
  attendees(@Ctx() context: RequestContext, @Root() registration: Registration): Promise<Attendee[]> {
    return attendeesOf(context, registration.id);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Place in line (plass i køen): 1 is next. Null when it does not wait.',
  })
  async placeInLine(
    @Ctx() context: RequestContext,
    @Root() registration: Registration,
  ): Promise<number | null> {
    return (await whyItWaits(context, registration))?.placeInLine ?? null;
  }

  @FieldResolver(() => WhyWaiting, {
    nullable: true,
    description: 'Why nothing has happened yet (hvorfor den venter). Null when it does not wait.',
  })
  async whyWaiting(
    @Ctx() context: RequestContext,
    @Root() registration: Registration,
  ): Promise<WhyWaiting | null> {
    const why = await whyItWaits(context, registration);
    return why && { ...why, message: inLanguage(whyWaitingInWords(why), context.language) };
  }
}

async function whyItWaits(context: RequestContext, registration: Registration): Promise<Why | null> {
  if (registration.status !== RegistrationStatus.WAITING) return null;
  const event = await eventById(context, registration.eventId);
  return event && whyWaiting(await lineOf(context, event), registration);
}
