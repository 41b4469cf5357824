import { DateTimeScalar } from '@samspill/subgraph';
import { Field, ID, InputType } from 'type-graphql';
import { MOST_ACTIVITIES } from './change-activities.js';
import { DialogueActivityType } from './dialogue-activity.js';

@InputType({ description: 'One part of a market dialogue (aktivitet).' })
export class DialogueActivityInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The activity that it is, to change or to keep it. Left out: a new one.',
  })
  id?: string | null;

  @Field(() => DialogueActivityType, { description: 'What kind of activity it is.' })
  type: DialogueActivityType;

  @Field(() => String, { description: 'What it is called. At most 200 characters.' })
  title: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it begins. Left out: not set yet.' })
  startsAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ends. Left out: not set yet.' })
  endsAt?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where it takes place (sted). At most 300 characters.',
  })
  place?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Web address to take part at, or with more about it, beginning with https://.',
  })
  url?: string | null;
}

@InputType({ description: 'The timetable of a market dialogue.' })
export class SetDialogueActivitiesInput {
  @Field(() => ID, { description: 'The dialogue.' })
  id: string;

  @Field(() => [DialogueActivityInput], {
    description: `All its activities (aktiviteter) in order, in place of those before; at most ${MOST_ACTIVITIES}. What is left out is removed.`,
  })
  activities: DialogueActivityInput[];
}
