import {
  Access,
  AGE,
  anyone,
  CacheControl,
  type ConnectionOf,
  connection,
  connectionOfParent,
  OrganisationNumberScalar,
  PageArgs,
  Reads,
  RequestContext,
} from '@samspill/subgraph';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Capability } from '../capability/capability.js';
import { capabilitiesOf } from '../capability/capability.loader.js';
import { newestTrainingFirst, Training, TrainingConnection } from '../training/training.js';
import { SupplierFilter, SupplierOrder, supplierOrders, suppliersMatching } from './supplier.filter.js';
import { Supplier, SupplierConnection } from './supplier.js';
import { supplierByNumber } from './supplier.loader.js';

@Resolver(() => Supplier)
export class SupplierResolver {
  @CacheControl({ maxAge: AGE.PUBLISHED })
  @Access(anyone)
  @Query(() => SupplierConnection, {
    nullable: true,
    description: 'Suppliers, by name. Null only when the service does not answer.',
  })
  suppliers(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => SupplierFilter, { nullable: true, description: 'Only those that fit all of this.' })
    filter?: SupplierFilter,
    @Arg('orderBy', () => SupplierOrder, {
      defaultValue: SupplierOrder.NAME_ASC,
      description: 'In which order.',
    })
    orderBy: SupplierOrder = SupplierOrder.NAME_ASC,
  ): Promise<ConnectionOf<Supplier>> {
    return connection(context, Supplier, suppliersMatching(filter), supplierOrders[orderBy], page);
  }

  @Access(anyone)
  @Query(() => Supplier, {
    nullable: true,
    description: 'One supplier by its Norwegian organisation number.',
  })
  supplier(
    @Ctx() context: RequestContext,
    @Arg('organisationNumber', () => OrganisationNumberScalar, { description: 'Nine digits.' })
    organisationNumber: string,
  ): Promise<Supplier | null> {
    return supplierByNumber(context, organisationNumber);
  }

  @Reads('id')
  @FieldResolver(() => [Capability], {
    nullable: true,
    description:
      'What the supplier says it can deliver, by CPV code; its own people see its drafts as well. Null only when the service does not answer, or has not heard of it yet.',
  })
  capabilities(@Ctx() context: RequestContext, @Root() supplier: Supplier): Promise<Capability[]> {
    return capabilitiesOf(context, supplier.id);
  }

  @Reads('id')
  @FieldResolver(() => TrainingConnection, {
    description:
      'Courses that the supplier has completed, the newest first. Never a criterion in a competition.',
  })
  trainings(
    @Ctx() context: RequestContext,
    @Root() supplier: Supplier,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Training>> {
    return connectionOfParent(
      context,
      Training,
      { property: 'supplier', values: [supplier.id] },
      { order: newestTrainingFirst },
      page,
    );
  }
}
