import { type ConnectionOf, PageArgs, RequestContext } from '@samspill/subgraph';
import { Args, Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { type Event, EventConnection } from '../event/event.js';
import { eventsOf } from '../event/events-of.js';

/** The part that `events` adds to a procurement, whose identity `tenders` keeps. */
@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'One procurement (anskaffelse) from need to follow-up: the chain need → market dialogue → tender → contract. No service owns it; each adds its part.',
})
export class Procurement {
  @Field(() => ID, { description: 'The id that the whole chain shares.' })
  id: string;

  static of(id: string | null): Procurement | null {
    return id === null ? null : Object.assign(new Procurement(), { id });
  }
}

@Resolver(() => Procurement)
export class ProcurementResolver {
  @FieldResolver(() => EventConnection, {
    nullable: true,
    description:
      'Meetings (arrangementer) of the whole chain, the last to begin first. Null only when the service does not answer.',
  })
  events(
    @Ctx() context: RequestContext,
    @Root() procurement: Procurement,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Event>> {
    return eventsOf(context, 'procurementId', [procurement.id], page);
  }
}
