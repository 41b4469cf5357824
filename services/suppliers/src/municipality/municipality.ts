import {
  type ConnectionOf,
  connectionOfParent,
  MunicipalityNumberScalar,
  PageArgs,
  RequestContext,
} from '@samspill/subgraph';
import { Args, Ctx, Directive, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { supplierOrders } from '../supplier/supplier.filter.js';
import { Supplier, SupplierConnection } from '../supplier/supplier.js';

/** The part that `suppliers` adds to a municipality, which `tenders` owns. */
@Directive('@key(fields: "number")')
@ObjectType({
  description:
    'A Norwegian municipality (kommune) under one of its numbers. Municipalities merge and are renumbered; what was bought under an old number is found under the new one.',
})
export class Municipality {
  @Field(() => MunicipalityNumberScalar, {
    description: 'Municipality number (kommunenummer), such as 3118.',
  })
  number: string;

  @Directive('@external')
  @Field(() => [MunicipalityNumberScalar], {
    description: 'This number and those of all municipalities that have become part of it.',
  })
  numbers: string[];
}

@Resolver(() => Municipality)
export class MunicipalityResolver {
  @Directive('@requires(fields: "numbers")')
  @FieldResolver(() => SupplierConnection, {
    nullable: true,
    description:
      'Suppliers at home in this municipality, or in one that has become part of it, by name. Null only when the service does not answer.',
  })
  suppliers(
    @Ctx() context: RequestContext,
    @Root() municipality: Municipality,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Supplier>> {
    return connectionOfParent(
      context,
      Supplier,
      { property: 'municipalityNumber', values: municipality.numbers },
      { order: supplierOrders.NAME_ASC },
      page,
    );
  }
}
