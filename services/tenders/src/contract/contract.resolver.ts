import { RequestContext } from '@samspill/subgraph';
import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { namedSuppliers, Supplier } from '../supplier/supplier.js';
import { Tender } from '../tender/tender.js';
import { tenderById } from '../tender/tender.loader.js';
import { Contract } from './contract.js';

@Resolver(() => Contract)
export class ContractResolver {
  @Directive('@provides(fields: "name")')
  @FieldResolver(() => [Supplier], {
    nullable: true,
    description: 'Who delivers, the leader first. Null only when the suppliers service does not answer.',
  })
  suppliers(@Root() contract: Contract): Supplier[] {
    return namedSuppliers(contract.supplierIds, contract.supplierNames);
  }

  @FieldResolver(() => Tender, { nullable: true, description: 'The competition that it came out of.' })
  tender(@Ctx() context: RequestContext, @Root() contract: Contract): Promise<Tender | null> {
    return tenderById(context, contract.tender.id);
  }
}
