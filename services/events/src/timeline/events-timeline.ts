import { RequestContext, TimelineFact, TimelineKind } from '@samspill/subgraph';
import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { published } from '../event/event.filter.js';
import { Event } from '../event/event.js';
import { Procurement } from '../procurement/procurement.js';

/** What an event has to tell of the chain that it belongs to. */
export function factsOf(
  event: Pick<Event, 'id' | 'title' | 'publishedAt' | 'startsAt' | 'cancelledAt'>,
): TimelineFact[] {
  const { id: subjectId, title, publishedAt, startsAt, cancelledAt } = event;
  const facts: TimelineFact[] = [];
  if (publishedAt) facts.push({ at: publishedAt, kind: TimelineKind.EVENT_PUBLISHED, title, subjectId });
  if (cancelledAt) facts.push({ at: cancelledAt, kind: TimelineKind.EVENT_CANCELLED, title, subjectId });
  else facts.push({ at: startsAt, kind: TimelineKind.EVENT_HELD, title, subjectId });
  return facts;
}

@Resolver(() => Procurement)
export class EventsTimelineResolver {
  @Directive('@inaccessible')
  @FieldResolver(() => [TimelineFact], {
    nullable: true,
    description: 'What events tell, for Procurement.timeline.',
  })
  async eventsTimeline(
    @Ctx() context: RequestContext,
    @Root() procurement: Procurement,
  ): Promise<TimelineFact[]> {
    const events = await context.batched('events-timeline', procurement.id, async (ids) => {
      const found = await context.find(Event, { $and: [{ procurementId: { $in: [...ids] } }, published] });
      return Map.groupBy(found, (event) => event.procurementId as string);
    });
    return (events ?? []).flatMap(factsOf);
  }
}
