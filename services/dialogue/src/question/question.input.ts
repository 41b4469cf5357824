import { Field, ID, InputType, Int } from 'type-graphql';
import { DialogueQuestionKind } from './dialogue-question.js';
import { LARGEST_WORD_LIMIT, LONGEST_QUESTION, MOST_CHOICES, MOST_QUESTIONS } from './question-texts.js';

@InputType({ description: 'A question to the market (spørsmål til markedet).' })
export class DialogueQuestionInput {
  @Field(() => String, { description: `The question. At most ${LONGEST_QUESTION} characters.` })
  text: string;

  @Field(() => DialogueQuestionKind, {
    defaultValue: DialogueQuestionKind.TEXT,
    description: 'In which form it is answered.',
  })
  kind: DialogueQuestionKind;

  @Field(() => [String], {
    nullable: true,
    description: `What there is to choose from, for CHOICE: 2 to ${MOST_CHOICES}.`,
  })
  choices?: string[] | null;

  @Field(() => Int, {
    nullable: true,
    description: `The most words of the answer (ordgrense), for TEXT: 1 to ${LARGEST_WORD_LIMIT}. Left out: no limit.`,
  })
  wordLimit?: number | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether an input without an answer to it is not taken (må besvares).',
  })
  isRequired: boolean;
}

@InputType({ description: 'What the buyer asks the market in a dialogue.' })
export class SetDialogueQuestionsInput {
  @Field(() => ID, { description: 'The dialogue.' })
  id: string;

  @Field(() => [DialogueQuestionInput], {
    description: `All questions in order, in place of those before; at most ${MOST_QUESTIONS}.`,
  })
  questions: DialogueQuestionInput[];
}
