import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Where an event takes place (sted).' })
export class Venue {
  @Field(() => String, { description: 'Name of the place, such as Askim kulturhus.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'Street address (gateadresse).' })
  address: string | null;

  @Field(() => String, { nullable: true, description: 'Town (poststed).' })
  city: string | null;

  /** As it was numbered when the event took place. */
  municipalityNumber: string | null;
}
