import {
  Access,
  anyone,
  type ConnectionOf,
  connectionOfParent,
  PageArgs,
  RequestContext,
} from '@samspill/subgraph';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Contract } from '../contract/contract.js';
import { tenderOrders } from '../tender/tender.filter.js';
import { Tender, TenderConnection } from '../tender/tender.js';
import { Procurement } from './procurement.js';
import { contractsOfProcurement, procurementById } from './procurement.loader.js';

@Resolver(() => Procurement)
export class ProcurementResolver {
  @Access(anyone)
  @Query(() => Procurement, {
    nullable: true,
    description:
      'One procurement by its id. An id from before two procurements turned out to be one leads to the one that they became.',
  })
  procurement(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<Pick<Procurement, 'id'> | null> {
    return procurementById(context, id);
  }

  @FieldResolver(() => TenderConnection, {
    nullable: true,
    description: 'Its competitions, the oldest first. Null only when the service does not answer.',
  })
  tenders(
    @Ctx() context: RequestContext,
    @Root() procurement: Procurement,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Tender>> {
    return connectionOfParent(
      context,
      Tender,
      { property: 'procurementId', values: [procurement.id] },
      { order: tenderOrders.PUBLISHED_ASC },
      page,
    );
  }

  @FieldResolver(() => [Contract], {
    nullable: true,
    description: 'Its contracts, as far as the notices say. Null only when the service does not answer.',
  })
  contracts(@Ctx() context: RequestContext, @Root() procurement: Procurement): Promise<Contract[]> {
    return contractsOfProcurement(context, procurement.id);
  }
}
