import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** Only referred to; `tenders` knows everything about it. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({
  description: 'A public body, or another, that buys by the rules of public procurement (oppdragsgiver).',
})
export class Buyer {
  @Field(() => ID, {
    description:
      'Stable identifier in the style of org-id.guide, such as NO-BRC-920123899. Foreign buyers have one too.',
  })
  id: string;

  static of(id: string | null): Buyer | null {
    return id === null ? null : Object.assign(new Buyer(), { id });
  }
}
