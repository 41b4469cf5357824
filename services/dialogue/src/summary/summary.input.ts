import { UserError } from '@samspill/subgraph';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { DialogueSummary } from './dialogue-summary.js';
import { LONGEST_ADDITION, MOST_ADDITIONS } from './summary-rules.js';

const WORDS = `at most ${LONGEST_ADDITION} characters, and nothing of a supplier’s trade secrets`;

@InputType({ description: 'A closed market dialogue to summarise.' })
export class SummariseMarketDialogueInput {
  @Field(() => ID, { description: 'The market dialogue.' })
  dialogueId: string;

  @Field(() => [String], {
    defaultValue: [],
    description: `What the municipality has to add, paragraph by paragraph, such as what it learned: each ${WORDS}.`,
  })
  additions: string[];
}

@InputType({ description: 'Something to add to a summary that is published already.' })
export class AddToSummaryInput {
  @Field(() => ID, { description: 'The market dialogue.' })
  dialogueId: string;

  @Field(() => String, {
    description: `What is to be added: ${WORDS}. A summary has room for ${MOST_ADDITIONS} additions.`,
  })
  text: string;
}

@ObjectType({ description: 'What became of a summary of a market dialogue.' })
export class DialogueSummaryPayload {
  @Field(() => MarketDialogue, {
    nullable: true,
    description: 'The dialogue afterwards; null when nothing was done.',
  })
  dialogue: MarketDialogue | null;

  @Field(() => DialogueSummary, {
    nullable: true,
    description: 'The summary afterwards; null when nothing was done.',
  })
  summary: DialogueSummary | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was done: NOT_LED_HERE, NOT_CLOSED, ALREADY_SUMMARISED, NOT_SUMMARISED, TEXT_MISSING, TEXT_TOO_LONG, TOO_MANY_ADDITIONS or CONTAINS_TRADE_SECRET.',
  })
  userErrors: UserError[];
}
