import { type ConnectionOf, connectionOfParent, PageArgs, RequestContext } from '@samspill/subgraph';
import { Args, Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { Award, AwardConnection } from '../award/award.js';
import { Contract, ContractConnection } from '../contract/contract.js';
import { newestAwardFirst, newestContractFirst } from './supplier.lists.js';

/** The part that `tenders` adds to a supplier, which the `suppliers` service owns. */
@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'A supplier (leverandør): an organisation that has won a public contract or has registered in the region.',
})
export class Supplier {
  @Field(() => ID, {
    description:
      'Stable identifier in the style of org-id.guide, such as NO-BRC-923609016. Foreign suppliers, and those whose notice gives no valid number, have one too.',
  })
  id: string;

  /** Given with awards and contracts, so that a winner has its name before `suppliers` has heard of it. */
  @Directive('@external')
  @Field(() => String, { description: 'The name, as last published.' })
  name?: string;
}

@Resolver(() => Supplier)
export class SupplierResolver {
  @FieldResolver(() => AwardConnection, {
    nullable: true,
    description:
      'What it has won alone or as leader of a group, the newest decision first. Null only when the service does not answer.',
  })
  awards(
    @Ctx() context: RequestContext,
    @Root() supplier: Supplier,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Award>> {
    return connectionOfParent(
      context,
      Award,
      { property: 'supplierId', values: [supplier.id] },
      { order: newestAwardFirst },
      page,
    );
  }

  @FieldResolver(() => ContractConnection, {
    nullable: true,
    description: 'Its public contracts, the newest first. Null only when the service does not answer.',
  })
  contracts(
    @Ctx() context: RequestContext,
    @Root() supplier: Supplier,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Contract>> {
    return connectionOfParent(
      context,
      Contract,
      { property: 'supplierId', values: [supplier.id] },
      { order: newestContractFirst },
      page,
    );
  }
}

/** Suppliers as awards and contracts name them: ids and names in the same order. */
export function namedSuppliers(ids: readonly string[], names: readonly string[]): Supplier[] {
  return ids.map((id, at) => ({ id, name: names[at] }));
}
