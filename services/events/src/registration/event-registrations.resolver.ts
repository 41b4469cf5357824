import {
  Access,
  type ConnectionOf,
  connectionOfParent,
  FollowsTheClock,
  officers,
  PageArgs,
  RequestContext,
  Uncached,
} from '@samspill/subgraph';
import { Arg, Args, Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { Event } from '../event/event.js';
import { EVENT_HOSTS } from '../event/event.permission.js';
import { firstAskedFirst, RegistrationFilter, registrationsMatching } from './registration.filter.js';
import { Registration, RegistrationConnection } from './registration.js';
import { lineOf, myRegistrationsFor } from './registration.loader.js';
import { demandHostOf } from './registration.permission.js';
import { seatsFree } from './waiting-line.js';

@ObjectType({ description: 'How long the line is (venteliste), without who stands in it.' })
export class WaitingNumbers {
  @Field(() => Int, { description: 'How many registrations wait (påmeldinger på venteliste).' })
  registrations: number;

  @Field(() => Int, { description: 'How many seats they wait for altogether (plasser på venteliste).' })
  seats: number;

  @Field(() => Int, {
    description: 'How many seats are offered and not answered yet (tilbudte plasser). They count as taken.',
  })
  seatsOffered: number;
}

@Resolver(() => Event)
export class EventRegistrationsResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'How many seats nobody has (ledige plasser). Null when there is no limit. There may be some while others wait: the first in line may ask for more.',
  })
  seatsFree(@Root() event: Event): number | null {
    return seatsFree({ capacity: event.capacity, taken: event.seatsTaken });
  }

  @FollowsTheClock()
  @FieldResolver(() => WaitingNumbers, { description: 'How long the line is (venteliste), for everybody.' })
  async waiting(@Ctx() context: RequestContext, @Root() event: Event): Promise<WaitingNumbers> {
    const { line, seatsOffered } = await lineOf(context, event);
    const seats = line.reduce((sum, each) => sum + each.seats, 0);
    return { registrations: line.length, seats, seatsOffered };
  }

  @Uncached()
  @FieldResolver(() => [Registration], {
    description:
      'One’s own registrations and those of the organisations that one acts for, the last first. Empty when nobody has logged in.',
  })
  myRegistrations(@Ctx() context: RequestContext, @Root() event: Event): Promise<Registration[]> {
    return myRegistrationsFor(context, event.id);
  }

  @Access(officers(...EVENT_HOSTS))
  @FieldResolver(() => RegistrationConnection, {
    nullable: true,
    description:
      'All registrations (påmeldinger), in the order in which they were asked for, which is that of the line.',
  })
  async registrations(
    @Ctx() context: RequestContext,
    @Root() event: Event,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => RegistrationFilter, { nullable: true, description: 'Only those that fit.' })
    filter?: RegistrationFilter,
  ): Promise<ConnectionOf<Registration>> {
    await demandHostOf(context, event, 'Event.registrations');
    const parent = { property: 'eventId', values: [event.id] };
    const where = registrationsMatching(filter, context.clock.now());
    return connectionOfParent(context, Registration, parent, { order: firstAskedFirst, where, filter }, page);
  }
}
