import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import {
  AGE,
  CacheControl,
  connectionType,
  NutsCodeScalar,
  OrganisationNumberScalar,
} from '@samspill/subgraph';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum SupplierSize {
  MICRO = 'micro',
  SMALL = 'small',
  MEDIUM = 'medium',
  SME = 'sme',
  LARGE = 'large',
}

registerEnumType(SupplierSize, {
  name: 'SupplierSize',
  description: 'Size of a company, as eForms counts it (code list economic-operator-size).',
  valuesConfig: {
    MICRO: { description: 'Fewer than 10 employees (mikrobedrift).' },
    SMALL: { description: 'Fewer than 50 employees (liten bedrift).' },
    MEDIUM: { description: 'Fewer than 250 employees (mellomstor bedrift).' },
    SME: { description: 'Micro, small or medium-sized; the notice does not say which.' },
    LARGE: { description: '250 employees or more (stor bedrift).' },
  },
});

/** When the notice of each fact was sent, and its id, by which two of the same moment are told apart. */
export type KnownFrom = Partial<Record<string, readonly [dispatchedAt: string, noticeId: string]>>;

@CacheControl({ maxAge: AGE.PUBLISHED })
@Directive('@key(fields: "id")')
@Directive('@key(fields: "organisationNumber")')
@ObjectType({
  simpleResolvers: true,
  description:
    'A supplier (leverandør): an organisation that has won a public contract or has registered in the region.',
})
@Entity({ tableName: 'supplier' })
export class Supplier {
  @Field(() => ID, {
    description:
      'Stable identifier in the style of org-id.guide, such as NO-BRC-923609016. Foreign suppliers, and those whose notice gives no valid number, have one too.',
  })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Field(() => OrganisationNumberScalar, {
    nullable: true,
    description:
      'Norwegian organisation number (organisasjonsnummer); null for foreign suppliers and where no valid one is known.',
  })
  @Property({ type: 'text', nullable: true })
  organisationNumber: string | null;

  // Awards and contracts bring the name along, so that a winner has one before it is known here.
  @Directive('@shareable')
  @Field(() => String, { description: 'The name, as last published.' })
  @Property({ type: 'text' })
  name: string;

  /** The beginning of the name, as the database orders by it: in Norwegian order, whatever its locale. */
  @Property({ type: 'text', generated: 'always' })
  nameSort?: string;

  @Field(() => String, { nullable: true, description: 'Country, three letters (ISO 3166-1), such as NOR.' })
  @Property({ type: 'text', nullable: true })
  country: string | null;

  @Field(() => String, { nullable: true, description: 'Town (poststed).' })
  @Property({ type: 'text', nullable: true })
  city: string | null;

  @Field(() => String, { nullable: true, description: 'Post code (postnummer).' })
  @Property({ type: 'text', nullable: true })
  postCode: string | null;

  @Field(() => NutsCodeScalar, { nullable: true, description: 'Region, as published.' })
  @Property({ type: 'text', nullable: true })
  nuts: string | null;

  @Field(() => String, { nullable: true, description: 'Website.' })
  @Property({ type: 'text', nullable: true })
  website: string | null;

  @Field(() => SupplierSize, { nullable: true, description: 'Size of the company, where a notice says so.' })
  @Property({ type: 'text', nullable: true })
  size: SupplierSize | null;

  /** Where the supplier is at home. Never read by anything that evaluates a bid. */
  @Property({ type: 'text', nullable: true })
  municipalityNumber: string | null;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  knownAsOf: Date;

  /** Which notice each fact is from; what is not in it is as old as `knownAsOf`. */
  @Property({ type: 'json' })
  knownFrom: KnownFrom;
}

export const SupplierConnection = connectionType(Supplier, 'suppliers');
