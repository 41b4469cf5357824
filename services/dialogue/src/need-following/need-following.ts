import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { connectionType, DateTimeScalar, type Language, OrganisationNumberScalar } from '@samspill/subgraph';
import { Field, ID, ObjectType } from 'type-graphql';
import { Need } from '../need/need.js';

@ObjectType({
  description: 'That somebody follows a need (følging). Only the person who follows sees it.',
})
@Entity({ tableName: 'need_following' })
export class NeedFollowing {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @ManyToOne(() => Need, { ref: true })
  need: Ref<Need>;

  /** Who follows, as a pseudonym. */
  @Property({ type: 'text' })
  personId: string;

  @Field(() => OrganisationNumberScalar, {
    nullable: true,
    description: 'The organisation that the person follows it for. Null when it is for themselves.',
  })
  @Property({ type: 'text', nullable: true })
  organisationNumber: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where mail goes when something happens to the need. Null when no mail is wanted.',
  })
  @Property({ type: 'text', nullable: true })
  email: string | null;

  /** Of the mail. */
  @Property({ type: 'text' })
  language: Language;

  @Field(() => DateTimeScalar, { description: 'Since when.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  followedAt: Date;
}

export const NeedFollowingConnection = connectionType(NeedFollowing, 'needs that one follows');
