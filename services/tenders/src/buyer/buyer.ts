import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import {
  AGE,
  CacheControl,
  connectionType,
  NutsCodeScalar,
  OrganisationNumberScalar,
} from '@samspill/subgraph';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@CacheControl({ maxAge: AGE.RARELY_CHANGED })
@Directive('@key(fields: "id")')
@Directive('@key(fields: "organisationNumber")')
@ObjectType({
  simpleResolvers: true,
  description: 'A public body, or another, that buys by the rules of public procurement (oppdragsgiver).',
})
@Entity({ tableName: 'buyer' })
export class Buyer {
  @Field(() => ID, {
    description:
      'Stable identifier in the style of org-id.guide, such as NO-BRC-920123899. Foreign buyers have one too.',
  })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Field(() => OrganisationNumberScalar, {
    nullable: true,
    description: 'Norwegian organisation number; null for foreign buyers and where no valid one is known.',
  })
  @Property({ type: 'text', nullable: true })
  organisationNumber: string | null;

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

  @Field(() => String, {
    nullable: true,
    description:
      'Kind of public body: code of the eForms code list buyer-legal-type (BT-11), such as la for a municipality.',
  })
  @Property({ type: 'text', nullable: true })
  legalType: string | null;

  @Property({ type: 'text', nullable: true })
  municipalityNumber: string | null;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  knownAsOf: Date;
}

export const BuyerConnection = connectionType(Buyer, 'buyers');
