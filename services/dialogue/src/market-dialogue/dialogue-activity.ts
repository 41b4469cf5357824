import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { DateTimeScalar } from '@samspill/subgraph';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { MarketDialogue } from './market-dialogue.js';

export enum DialogueActivityType {
  INFORMATION_MEETING = 'INFORMATION_MEETING',
  DIALOGUE_CONFERENCE = 'DIALOGUE_CONFERENCE',
  WRITTEN_INPUT = 'WRITTEN_INPUT',
  ONE_TO_ONE_MEETINGS = 'ONE_TO_ONE_MEETINGS',
  HEARING = 'HEARING',
}

registerEnumType(DialogueActivityType, {
  name: 'DialogueActivityType',
  description: 'In which way the buyer and the market talk with each other.',
  valuesConfig: {
    INFORMATION_MEETING: { description: 'The buyer tells all at once what it needs (informasjonsmøte).' },
    DIALOGUE_CONFERENCE: { description: 'Buyer and suppliers discuss together (dialogkonferanse).' },
    WRITTEN_INPUT: { description: 'Suppliers answer in writing (skriftlige innspill).' },
    ONE_TO_ONE_MEETINGS: { description: 'One supplier at a time, equally long for each (én-til-én-møter).' },
    HEARING: { description: 'Comments on draft competition documents (høring).' },
  },
});

@ObjectType({
  description:
    'One part of a market dialogue, such as an information meeting or a round of written input (aktivitet).',
})
@Entity({ tableName: 'dialogue_activity' })
export class DialogueActivity {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'uuid' })
  id: string;

  @ManyToOne(() => MarketDialogue, { ref: true })
  dialogue: Ref<MarketDialogue>;

  /** Its place in the dialogue. */
  @Property({ type: 'int' })
  position: number;

  @Field(() => DialogueActivityType, { description: 'What kind of activity it is.' })
  @Property({ type: 'text' })
  type: DialogueActivityType;

  @Field(() => String, { description: 'What it is called.' })
  @Property({ type: 'text' })
  title: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it begins; null when not set yet.' })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  startsAt: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ends; null when not set yet.' })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  endsAt: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where it takes place (sted). Null when not set yet, or when it is only on the web.',
  })
  @Property({ type: 'text', nullable: true })
  place: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Web address to take part at, or with more about it. Null when there is none.',
  })
  @Property({ type: 'text', nullable: true })
  url: string | null;
}
