import { Field, ObjectType } from 'type-graphql';

@ObjectType({
  description: 'Where to ask about a market dialogue (kontaktpunkt), exactly as the notice published it.',
})
export class DialogueContact {
  @Field(() => String, { nullable: true, description: 'Name of the office or function.' })
  name: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail address (e-post).' })
  email: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone number (telefon), as published.' })
  telephone: string | null;
}
