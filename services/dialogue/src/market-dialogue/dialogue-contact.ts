import { Field, InputType, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'Where to ask about a market dialogue (kontaktpunkt); for one that comes from a notice exactly as the notice published it.',
})
export class DialogueContact {
  @Field(() => String, { nullable: true, description: 'Name of the office or function.' })
  name: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail address (e-post).' })
  email: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone number (telefon), as published.' })
  telephone: string | null;
}

@InputType({
  description:
    'Where to ask about a market dialogue (kontaktpunkt). Published with it: an office or a function rather than a person.',
})
export class DialogueContactInput {
  @Field(() => String, {
    nullable: true,
    description: 'Name of the office or function. At most 200 characters.',
  })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail address (e-post).' })
  email?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Telephone number (telefon). At most 30 characters.',
  })
  telephone?: string | null;
}
