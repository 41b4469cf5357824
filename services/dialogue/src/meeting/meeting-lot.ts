import { ArrayType } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { DateTimeScalar, OrganisationNumberScalar } from '@samspill/subgraph';
import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType('MeetingLot', {
  description: 'One participant’s place in the lot (lodd), for everybody to check.',
})
@Entity({ tableName: 'meeting_lot' })
export class MeetingLot {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  roundId: string;

  @Field(() => Int, { description: 'Its place in the order, from 1.' })
  @Property({ type: 'int' })
  position: number;

  @Field(() => OrganisationNumberScalar, { description: 'The organisation (organisasjonsnummer).' })
  @Property({ type: 'text' })
  organisationNumber: string;

  @Field(() => String, { description: 'The name under which the organisation takes part.' })
  @Property({ type: 'text' })
  organisationName: string;

  @Field(() => String, {
    description:
      'SHA-256 of "seed:organisationNumber", as hexadecimal digits. Among those who have had equally many chances, the lowest comes first.',
  })
  @Property({ type: 'text' })
  digest: string;

  @Field(() => Boolean, {
    description:
      'Whether it had had a meeting in an earlier round of the dialogue when the lot was drawn. Those who had not come first.',
  })
  @Property({ type: 'boolean' })
  hadMeetingBefore: boolean;

  @Field(() => [ID], {
    description:
      'Slots that it could not take when the lot was drawn: those that it had named, and those at which it had another meeting.',
  })
  @Property({ type: ArrayType, columnType: 'text[]' })
  unavailable: string[];

  /** What the draw gave. */
  @Property({ type: 'text', nullable: true })
  slotId: string | null;

  /** What became of it since. */
  @Property({ type: 'text', nullable: true })
  slotNowId: string | null;
}

@ObjectType({
  description:
    'How the lot of a round was drawn (trekning), with everything it takes to replay it: see docs/market-dialogue.md.',
})
export class MeetingDraw {
  @Field(() => String, {
    description: 'The seed. Its SHA-256 is the seedCommitment that was published with the round.',
  })
  seed: string;

  @Field(() => DateTimeScalar, { description: 'When the lot was drawn.' })
  drawnAt: Date;

  /** Whose draw it is; the order is loaded only where it is asked for. */
  roundId: string;
}
