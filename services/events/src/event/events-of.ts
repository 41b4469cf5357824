import {
  type ConnectionOf,
  connectionOfParent,
  type PageArgs,
  type RequestContext,
} from '@samspill/subgraph';
import { eventOrders, published } from './event.filter.js';
import { Event } from './event.js';

/** What an event can belong to, by its own property. */
type Owner = 'dialogueId' | 'tenderId' | 'procurementId' | 'municipalityNumber';

/** A page of the events that belong to something else in the graph, the last to begin first. */
export function eventsOf(
  context: RequestContext,
  property: Owner,
  values: readonly string[],
  page: PageArgs,
): Promise<ConnectionOf<Event>> {
  return connectionOfParent(
    context,
    Event,
    { property, values },
    { order: eventOrders.STARTS_DESC, where: [published] },
    page,
  );
}
