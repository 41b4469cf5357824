import { type ConnectionOf, PageArgs, RequestContext } from '@samspill/subgraph';
import { Args, Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { type Event, EventConnection } from '../event/event.js';
import { eventsOf } from '../event/events-of.js';

/** The part that `events` adds to a tender, which `tenders` owns. */
@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'A competition for a public contract (konkurranse), from its plan to its contract. It is the sum of its notices: a correction changes it, and the notices before stay readable.',
})
export class Tender {
  @Field(() => ID, { description: 'Stable identifier.' })
  id: string;

  static of(id: string | null): Tender | null {
    return id === null ? null : Object.assign(new Tender(), { id });
  }
}

@Resolver(() => Tender)
export class TenderResolver {
  @FieldResolver(() => EventConnection, {
    nullable: true,
    description:
      'Meetings (arrangementer) held for the competition, such as a site visit (befaring), the last to begin first. Null only when the service does not answer.',
  })
  events(
    @Ctx() context: RequestContext,
    @Root() tender: Tender,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Event>> {
    return eventsOf(context, 'tenderId', [tender.id], page);
  }
}
