import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { AGE, CacheControl, DateTimeScalar } from '@samspill/subgraph';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { MeetingRoundStatus } from './meeting-rules.js';

registerEnumType(MeetingRoundStatus, {
  name: 'MeetingRoundStatus',
  description: 'Where a round of meetings (møterunde) stands, at the moment of the question.',
  valuesConfig: {
    TAKING_REQUESTS: { description: 'Participants can ask for a meeting (åpen for ønsker).' },
    REQUESTS_CLOSED: {
      description: 'The time for asking is over, and the lot is to be drawn (klar for trekning).',
    },
    DRAWN: { description: 'The lot has been drawn and the meetings are given out (trukket).' },
    CANCELLED: { description: 'The round has been cancelled, and all its coming meetings with it (avlyst).' },
  },
});

@CacheControl({ maxAge: AGE.PUBLISHED })
@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'A round of one-to-one meetings (møterunde) in a market dialogue: slots of equal length, for which participants ask and which are given out by lot. The lot is drawn with a seed that was committed to before anybody could ask, so that anyone can replay it.',
})
@Entity({ tableName: 'meeting_round' })
export class MeetingRound {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  dialogueId: string;

  @Property({ type: 'text' })
  municipalityNumber: string;

  @Field(() => Int, { description: 'Its number in the dialogue, from 1.' })
  @Property({ type: 'int' })
  number: number;

  @Field(() => String, { description: 'What the round is called.' })
  @Property({ type: 'text' })
  title: string;

  @Field(() => Int, { description: 'How long each meeting is, in minutes: the same for everybody.' })
  @Property({ type: 'int' })
  minutes: number;

  @Field(() => DateTimeScalar, {
    description: 'Until when participants can ask for a meeting; the lot is drawn afterwards.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  requestsCloseAt: Date;

  @Field(() => String, {
    description:
      'SHA-256 of the seed of the lot, as hexadecimal digits, published when the round was made. Whoever is shown the seed after the draw can see that it is the one that was chosen then.',
  })
  @Property({ type: 'text' })
  seedCommitment: string;

  @Field(() => String, {
    nullable: true,
    description: 'The seed of the lot. Null until it has been drawn; nobody knows it before.',
  })
  @Property({ type: 'text', nullable: true })
  seed: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the lot was drawn (trukket); null until then.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  drawnAt: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the round was cancelled (avlyst); null if it was not.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  cancelledAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why the round was cancelled, for everybody to read.' })
  @Property({ type: 'text', nullable: true })
  cancellationReason: string | null;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When the round was last changed.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  updatedAt: Date;
}

/** Beside the round, where nobody but the service reads it before the draw. */
@Entity({ tableName: 'meeting_seed' })
export class MeetingSeed {
  @PrimaryKey({ type: 'text' })
  roundId: string;

  @Property({ type: 'text' })
  seed: string;
}
