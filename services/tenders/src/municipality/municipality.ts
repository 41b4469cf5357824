import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import {
  AGE,
  CacheControl,
  connectionType,
  DateScalar,
  MunicipalityNumberScalar,
  OrganisationNumberScalar,
} from '@samspill/subgraph';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@CacheControl({ maxAge: AGE.RARELY_CHANGED })
@Directive('@key(fields: "number")')
@ObjectType({
  description:
    'A Norwegian municipality (kommune) under one of its numbers. Municipalities merge and are renumbered; what was bought under an old number is found under the new one.',
})
@Entity({ tableName: 'municipality' })
export class Municipality {
  @Field(() => ID, { description: 'Stable identifier: the number.' })
  @PrimaryKey({ type: 'text', fieldName: 'number' })
  id: string;

  @Field(() => MunicipalityNumberScalar, {
    description: 'Municipality number (kommunenummer), such as 3118.',
  })
  get number(): string {
    return this.id;
  }

  @Field(() => String, { description: 'Its name.' })
  @Property({ type: 'text' })
  name: string;

  @Field(() => OrganisationNumberScalar, {
    nullable: true,
    description:
      'The organisation number under which its officers log in (organisasjonsnummer); null while it is not connected.',
  })
  @Property({ type: 'text', nullable: true })
  organisationNumber: string | null;

  /** The beginning of the name, as the database orders by it: in Norwegian order, whatever its locale. */
  @Property({ type: 'text', generated: 'always' })
  nameSort?: string;

  @Field(() => DateScalar, { description: 'The first day on which this number was in use.' })
  @Property({ type: 'date' })
  validFrom: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The first day on which this number was no longer in use; null while it is.',
  })
  @Property({ type: 'date', nullable: true })
  validUntil: string | null;

  @Property({ type: 'string[]', nullable: true })
  postCodeAreas: string[] | null;
}

export const MunicipalityConnection = connectionType(Municipality, 'municipalities');

@Entity({ tableName: 'municipality_succession' })
export class MunicipalitySuccession {
  @PrimaryKey({ type: 'text' })
  predecessor: string;

  @PrimaryKey({ type: 'text' })
  successor: string;
}
