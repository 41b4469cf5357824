import { createHash, randomBytes } from 'node:crypto';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { DateTimeScalar } from '@samspill/subgraph';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'A person’s own calendar of meetings (kalenderlenke). Its address is shown once, when it is made: whoever has it sees the meetings, without a log-in.',
})
@Entity({ tableName: 'dialogue_calendar_link' })
export class DialogueCalendarLink {
  @Field(() => ID, { description: 'Stable identifier, for revoking it.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  personId: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the person calls it, such as the name of a telephone.',
  })
  @Property({ type: 'text', nullable: true })
  name: string | null;

  @Property({ type: 'text' })
  tokenHash: string;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  createdAt: Date;
}

/** As much chance as a key of AES-256; nobody guesses it. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Of that much chance a plain digest is enough: there is nothing to try out. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
