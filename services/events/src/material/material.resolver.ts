import { Document, documentById, ownDocument } from '@samspill/documents';
import { Access, anyPerson, officers, RequestContext, toUserErrors } from '@samspill/subgraph';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Event } from '../event/event.js';
import { demandEvent, EVENT_HOSTS } from '../event/event.permission.js';
import { unlessUndone } from '../event/event-to-change.js';
import { Session } from '../event/session.js';
import {
  createEventDocument,
  demandMaterial,
  type MaterialChange,
  publishMaterial,
  removeMaterial,
} from './change-material.js';
import {
  CreateEventDocumentInput,
  EventDocumentPayload,
  MaterialPayload,
  PublishMaterialInput,
  RemoveMaterialInput,
} from './material.input.js';
import { Material } from './material.js';
import { materialOf, sessionById } from './material.loader.js';

@Resolver(() => Material)
export class MaterialResolver {
  @Access(anyPerson)
  @Query(() => Document, {
    nullable: true,
    description:
      'One document (dokument) of an event that you, your organisation or your municipality has uploaded: whether it has arrived and what the checks said. Null when there is none that you may see.',
  })
  eventDocument(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'Identifier of the document.' }) id: string,
  ): Promise<Document | null> {
    return ownDocument(context, id);
  }

  @Access(officers(...EVENT_HOSTS))
  @Mutation(() => EventDocumentPayload, {
    description:
      'Begins the upload of a document for an event (arrangement) that is published. Send the file to uploadUrl of the document, and make it known with publishMaterial once it is READY.',
  })
  async createEventDocument(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateEventDocumentInput, { description: 'The file.' })
    input: CreateEventDocumentInput,
  ): Promise<EventDocumentPayload> {
    await demandEvent(context, input.eventId);
    const change = context.change((each) => createEventDocument(context, each, input));
    const result = await unlessUndone(change);
    if ('document' in result) return { document: result.document, userErrors: [] };
    return { document: null, userErrors: toUserErrors(result.mend, context) };
  }

  @Access(officers(...EVENT_HOSTS))
  @Mutation(() => MaterialPayload, {
    description:
      'Shows documents of an event (publiser materiell) to everybody, whether they were there or not: all of them or none. Also after the event.',
  })
  async publishMaterial(
    @Ctx() context: RequestContext,
    @Arg('input', () => PublishMaterialInput, { description: 'Which documents.' })
    input: PublishMaterialInput,
  ): Promise<MaterialPayload> {
    await demandEvent(context, input.eventId);
    const change = context.change((each) => publishMaterial(context.store, each, input));
    return payload(context, await unlessUndone(change));
  }

  @Access(officers(...EVENT_HOSTS))
  @Mutation(() => MaterialPayload, {
    description: 'Takes a document of an event away (fjern materiell). The file is deleted.',
  })
  async removeMaterial(
    @Ctx() context: RequestContext,
    @Arg('input', () => RemoveMaterialInput, { description: 'Which material.' }) { id }: RemoveMaterialInput,
  ): Promise<MaterialPayload> {
    await demandMaterial(context, id);
    return payload(context, await context.change((change) => removeMaterial(context.store, change, id)));
  }

  @FieldResolver(() => Document, {
    nullable: true,
    description: 'The document itself (dokument). Null only while it is being taken away.',
  })
  document(@Ctx() context: RequestContext, @Root() material: Material): Promise<Document | null> {
    return documentById(context, material.documentId);
  }

  @FieldResolver(() => Session, {
    nullable: true,
    description: 'The item of the programme (programpost) that it belongs to; null for the whole event.',
  })
  async session(@Ctx() context: RequestContext, @Root() material: Material): Promise<Session | null> {
    return material.sessionId === null ? null : sessionById(context, material.sessionId);
  }
}

@Resolver(() => Event)
export class EventMaterialResolver {
  @FieldResolver(() => [Material], {
    description:
      'Slides, hand-outs and other documents of the event (materiell), the first published first. For everybody.',
  })
  material(@Ctx() context: RequestContext, @Root() event: Event): Promise<Material[]> {
    return materialOf(context, event.id);
  }
}

function payload(context: RequestContext, result: MaterialChange): MaterialPayload {
  if ('event' in result) return { event: result.event, userErrors: [] };
  return { event: null, userErrors: toUserErrors(result.mend, context) };
}
