import { ArrayType } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import {
  connectionType,
  DateTimeScalar,
  OrganisationNumberScalar,
  type Restricted,
  type Restriction,
} from '@samspill/subgraph';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'A participant’s wish for a meeting in a round (møteønske). Shown to the organisation and to the municipality; that it was in the lot is shown to everybody after the draw.',
})
@Entity({ tableName: 'meeting_request' })
export class MeetingRequest implements Restricted {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  roundId: string;

  @Property({ type: 'text' })
  dialogueId: string;

  @Property({ type: 'text' })
  municipalityNumber: string;

  @Field(() => OrganisationNumberScalar, {
    description: 'The organisation that asks for a meeting (organisasjonsnummer).',
  })
  @Property({ type: 'text' })
  organisationNumber: string;

  @Field(() => String, { description: 'The name under which the organisation takes part.' })
  @Property({ type: 'text' })
  organisationName: string;

  /** Who has asked, for their own calendar. */
  @Property({ type: 'text', nullable: true })
  personId: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it would like to talk about, in its own words (ønsker).',
  })
  @Property({ type: 'text', nullable: true })
  wishes: string | null;

  @Field(() => [ID], { description: 'The slots (møtetider) that it cannot take, by their identifiers.' })
  @Property({ type: ArrayType, columnType: 'text[]' })
  unavailable: string[];

  @Field(() => DateTimeScalar, { description: 'When it asked.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  requestedAt: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it took the wish back (trukket tilbake); null if it did not.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  withdrawnAt: Date | null;

  restriction(): Restriction {
    const { id, municipalityNumber: municipality, organisationNumber: organisation } = this;
    return { object: { type: 'MeetingRequest', id }, owner: { municipality, organisation } };
  }
}

export const MeetingRequestConnection = connectionType(MeetingRequest, 'wishes for meetings');
