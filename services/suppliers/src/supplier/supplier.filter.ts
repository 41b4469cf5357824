import type { FilterQuery } from '@mikro-orm/core';
import type { KeysetOrder } from '@samspill/database';
import { matchesText, OrganisationNumberScalar } from '@samspill/subgraph';
import { Field, InputType, registerEnumType } from 'type-graphql';
import { type Supplier, SupplierSize } from './supplier.js';

@InputType({ description: 'Which suppliers. Everything given must fit.' })
export class SupplierFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Words of the name, in any inflection (Norwegian full-text search); "quotes" and -minus work.',
  })
  text?: string;

  @Field(() => [OrganisationNumberScalar], {
    nullable: true,
    description: 'One of these organisation numbers.',
  })
  organisationNumbers?: string[];

  @Field(() => String, { nullable: true, description: 'Country, three letters, such as NOR.' })
  country?: string;

  @Field(() => [SupplierSize], { nullable: true, description: 'One of these sizes.' })
  sizes?: SupplierSize[];
}

export enum SupplierOrder {
  NAME_ASC = 'NAME_ASC',
  NAME_DESC = 'NAME_DESC',
}

registerEnumType(SupplierOrder, {
  name: 'SupplierOrder',
  description: 'In which order suppliers come.',
  valuesConfig: {
    NAME_ASC: { description: 'By name, from A.' },
    NAME_DESC: { description: 'By name, from Å.' },
  },
});

export const supplierOrders: Record<SupplierOrder, KeysetOrder> = {
  NAME_ASC: { name: 'NAME_ASC', property: 'nameSort', direction: 'asc' },
  NAME_DESC: { name: 'NAME_DESC', property: 'nameSort', direction: 'desc' },
};

export function suppliersMatching(filter: SupplierFilter | null | undefined): FilterQuery<Supplier>[] {
  const where: FilterQuery<Supplier>[] = [];
  where.push(...matchesText<Supplier>(filter?.text));
  if (filter?.organisationNumbers) where.push({ organisationNumber: { $in: filter.organisationNumbers } });
  if (filter?.country) where.push({ country: filter.country });
  if (filter?.sizes) where.push({ size: { $in: filter.sizes } });
  return where;
}
