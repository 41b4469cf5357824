import { Reads, RequestContext } from '@samspill/subgraph';
import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { namedSuppliers, Supplier } from '../supplier/supplier.js';
import { Lot } from '../tender/lot.js';
import { Tender } from '../tender/tender.js';
import { lotById, tenderById } from '../tender/tender.loader.js';
import { Award, LotResult } from './award.js';

@Resolver(() => Award)
export class AwardResolver {
  @Reads('supplierIds', 'supplierNames')
  @Directive('@provides(fields: "name")')
  @FieldResolver(() => Supplier, {
    nullable: true,
    description:
      'The winner; of a group its leader. Null where the notice names nobody or the suppliers service does not answer.',
  })
  supplier(@Root() award: Award): Supplier | null {
    return namedSuppliers(award.supplierIds, award.supplierNames)[0] ?? null;
  }

  @Reads('supplierIds', 'supplierNames')
  @Directive('@provides(fields: "name")')
  @FieldResolver(() => [Supplier], {
    nullable: true,
    description:
      'All of the group that won, the leader first. Null only when the suppliers service does not answer.',
  })
  suppliers(@Root() award: Award): Supplier[] {
    return namedSuppliers(award.supplierIds, award.supplierNames);
  }

  @Reads('tender')
  @FieldResolver(() => Tender, { nullable: true, description: 'The competition that was won.' })
  tender(@Ctx() context: RequestContext, @Root() award: Award): Promise<Tender | null> {
    return tenderById(context, award.tender.id);
  }

  @Reads('lot')
  @FieldResolver(() => Lot, {
    nullable: true,
    description: 'The lot that was won; null where the notice does not say.',
  })
  lot(@Ctx() context: RequestContext, @Root() award: Award): Promise<Lot | null> | null {
    return award.lot ? lotById(context, award.lot.id) : null;
  }
}

@Resolver(() => LotResult)
export class LotResultResolver {
  @Reads('lot')
  @FieldResolver(() => Lot, { nullable: true, description: 'The lot; null where the notice does not say.' })
  lot(@Ctx() context: RequestContext, @Root() result: LotResult): Promise<Lot | null> | null {
    return result.lot ? lotById(context, result.lot.id) : null;
  }
}
