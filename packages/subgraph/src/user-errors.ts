import { Directive, Field, ObjectType } from 'type-graphql';
import { inLanguage, type Language, type Messages } from './errors.js';

@Directive('@shareable')
@ObjectType({ description: 'Something in the input that the user can mend.' })
export class UserError {
  @Field(() => String, {
    description:
      'Stable code, such as TEXT_MISSING. The operation says which there are; there may come more.',
  })
  code: string;

  @Field(() => String, { description: 'What is wrong and what to do, in the reader’s language.' })
  message: string;

  @Field(() => [String], { description: 'Where in the input, such as input, successCriteria, 2.' })
  path: string[];
}

/** What the user can mend, as a rule says it: in every language, for whoever it may concern. */
export interface Mendable {
  readonly code: string;
  readonly messages: Messages;
  readonly path: readonly string[];
}

/** The same for one reader. */
export function toUserErrors(
  mend: readonly Mendable[],
  { language }: { readonly language: Language },
): UserError[] {
  return mend.map(({ code, messages, path }) => ({
    code,
    message: inLanguage(messages, language),
    path: [...path],
  }));
}
