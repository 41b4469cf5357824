import {
  type ConnectionOf,
  connectionOfParent,
  type PageArgs,
  type RequestContext,
} from '@samspill/subgraph';
import { municipalityHistory } from '../municipality/municipality.loader.js';
import { type TenderFilter, type TenderOrder, tenderOrders, tendersMatching } from './tender.filter.js';
import { Tender } from './tender.js';

/**
 * The tenders of a municipality under all the numbers that it has had: a page from the index of each number, made one
 * of. By "one of these numbers" PostgreSQL has no order, and would read and sort all that were ever announced there.
 */
export async function tendersOf(
  context: RequestContext,
  numbers: readonly string[],
  filter: TenderFilter | null,
  orderBy: TenderOrder,
  page: PageArgs,
): Promise<ConnectionOf<Tender>> {
  const history = await municipalityHistory(context);
  const where = tendersMatching(filter, orderBy, context.clock.now(), (number) => history.numbersOf(number));
  return connectionOfParent(
    context,
    Tender,
    { property: 'municipalityNumber', values: numbers },
    { order: tenderOrders[orderBy], where, filter },
    page,
  );
}
