import {
  type ConnectionOf,
  connectionOfParent,
  type PageArgs,
  type RequestContext,
} from '@samspill/subgraph';
import { eventOrders, published } from './event.filter.js';
import { Event } from './event.js';

const columns = {
  dialogueId: 'dialogue_id',
  tenderId: 'tender_id',
  procurementId: 'procurement_id',
  municipalityNumber: 'municipality_number',
} as const;

/** A page of the events that belong to something else in the graph, the last to begin first. */
export function eventsOf(
  context: RequestContext,
  property: keyof typeof columns,
  values: readonly string[],
  page: PageArgs,
): Promise<ConnectionOf<Event>> {
  return connectionOfParent(
    context,
    Event,
    { property, column: columns[property], values },
    { order: eventOrders.STARTS_DESC, where: [published] },
    page,
  );
}
