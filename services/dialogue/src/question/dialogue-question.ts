import { ArrayType } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum DialogueQuestionKind {
  TEXT = 'TEXT',
  YES_NO = 'YES_NO',
  NUMBER = 'NUMBER',
  CHOICE = 'CHOICE',
}

registerEnumType(DialogueQuestionKind, {
  name: 'DialogueQuestionKind',
  description: 'In which form a question to the market is answered.',
  valuesConfig: {
    TEXT: { description: 'In words (fritekst): give "text".' },
    YES_NO: { description: 'With yes or no (ja eller nei): give "yes".' },
    NUMBER: { description: 'With a number (tall): give "value".' },
    CHOICE: { description: 'With one of the choices (valg): give "choice".' },
  },
});

@ObjectType({ description: 'Something that the buyer asks the market (spørsmål til markedet).' })
@Entity({ tableName: 'dialogue_question' })
export class DialogueQuestion {
  @Field(() => ID, { description: 'Stable identifier: name it in the answer.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  dialogueId: string;

  @Field(() => Int, { description: 'Its place among the questions, from 1.' })
  @Property({ type: 'int' })
  position: number;

  @Field(() => String, { description: 'The question itself.' })
  @Property({ type: 'text' })
  text: string;

  @Field(() => DialogueQuestionKind, { description: 'In which form it is answered.' })
  @Property({ type: 'text' })
  kind: DialogueQuestionKind;

  @Field(() => [String], {
    description: 'What there is to choose from (svaralternativer); empty unless CHOICE.',
  })
  @Property({ type: ArrayType, columnType: 'text[]' })
  choices: string[];

  @Field(() => Int, {
    nullable: true,
    description:
      'The most words that the answer may have, a trade secret included (ordgrense). Longer ones are not taken. Null when there is no limit but that of 20 000 characters.',
  })
  @Property({ type: 'int', nullable: true })
  wordLimit: number | null;

  @Field(() => Boolean, {
    name: 'isRequired',
    description: 'Whether an input without an answer to it is not taken (må besvares).',
  })
  @Property({ type: 'boolean' })
  required: boolean;
}
