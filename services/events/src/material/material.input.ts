import { Document } from '@samspill/documents';
import { UserError } from '@samspill/subgraph';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Event } from '../event/event.js';

@InputType({ description: 'A document of an event to upload.' })
export class CreateEventDocumentInput {
  @Field(() => ID, { description: 'The event.' })
  eventId: string;

  @Field(() => String, { description: 'What the file is called, such as Slik vinner du anbud.pdf.' })
  name: string;

  @Field(() => Int, { description: 'How large the file is, in bytes. At most 50 MB.' })
  size: number;
}

@InputType({ description: 'Documents that everybody is to read.' })
export class PublishMaterialInput {
  @Field(() => ID, { description: 'The event.' })
  eventId: string;

  @Field(() => [ID], {
    description: 'The documents, uploaded after createEventDocument and READY. At least one.',
  })
  documentIds: string[];

  @Field(() => ID, {
    nullable: true,
    description:
      'The item of the programme (programpost) that they belong to. Leave it out for the whole event.',
  })
  sessionId?: string | null;
}

@InputType({ description: 'Material to take away.' })
export class RemoveMaterialInput {
  @Field(() => ID, { description: 'Which, by the id of the material and not of its document.' })
  id: string;
}

@ObjectType({ description: 'What became of a document that was to be uploaded.' })
export class EventDocumentPayload {
  @Field(() => Document, {
    nullable: true,
    description: 'The document, with the address to upload to; null when nothing was begun.',
  })
  document: Document | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was begun: what is wrong with the name, the type or the size of the file.',
  })
  userErrors: UserError[];
}

@ObjectType({ description: 'What became of a change to the material of an event.' })
export class MaterialPayload {
  @Field(() => Event, { nullable: true, description: 'The event afterwards; null when nothing was changed.' })
  event: Event | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was done: EVENT_NOT_PUBLISHED, SESSION_UNKNOWN, TEXT_MISSING when no document is named, TOO_MUCH_MATERIAL, or why a document cannot be used.',
  })
  userErrors: UserError[];
}
