import { UserError } from '@samspill/subgraph';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';

@InputType({ description: 'A market dialogue to close.' })
export class CloseMarketDialogueInput {
  @Field(() => ID, { description: 'The market dialogue.' })
  dialogueId: string;
}

@ObjectType({ description: 'What became of closing a market dialogue.' })
export class CloseMarketDialoguePayload {
  @Field(() => MarketDialogue, {
    nullable: true,
    description: 'The dialogue afterwards; null when it was not closed.',
  })
  dialogue: MarketDialogue | null;

  @Field(() => [UserError], {
    description:
      'What stands in the way, all at once, empty when it was done: LEDGER_OPEN, INPUT_OPEN, MINUTES_MISSING, DEADLINE_NOT_PASSED, NOT_LED_HERE, NOT_ANNOUNCED or ALREADY_CLOSED.',
  })
  userErrors: UserError[];
}
