import { type ConnectionOf, PageArgs, RequestContext } from '@samspill/subgraph';
import { Args, Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { type Event, EventConnection } from '../event/event.js';
import { eventsOf } from '../event/events-of.js';

/** The part that `events` adds to a market dialogue, which `dialogue` owns. */
@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'A conversation with the market before a procurement (markedsdialog). Open to all on the same terms, and lawful only until the competition is announced.',
})
export class MarketDialogue {
  @Field(() => ID, { description: 'Stable identifier.' })
  id: string;

  static of(id: string | null): MarketDialogue | null {
    return id === null ? null : Object.assign(new MarketDialogue(), { id });
  }
}

@Resolver(() => MarketDialogue)
export class MarketDialogueResolver {
  @FieldResolver(() => EventConnection, {
    nullable: true,
    description:
      'Meetings (arrangementer) of the dialogue, the last to begin first. Null only when the service does not answer.',
  })
  events(
    @Ctx() context: RequestContext,
    @Root() dialogue: MarketDialogue,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Event>> {
    return eventsOf(context, 'dialogueId', [dialogue.id], page);
  }
}
