import {
  beginDocument,
  Document,
  type DocumentPurpose,
  OFFICE_TYPES,
  ownDocument,
} from '@samspill/documents';
import { Access, anyPerson, RequestContext, representatives, toUserErrors } from '@samspill/subgraph';
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { demandRepresentative, dialogueToActOn } from '../market-dialogue/market-dialogue.permission.js';
import { CreateDialogueDocumentInput, DialogueDocumentPayload, DialogueDocumentUse } from './input.input.js';
import { speakerIn } from './submit-input.js';

const MEGABYTE = 1024 * 1024;

/** What documents of a dialogue are for. */
export const dialogueDocuments: readonly DocumentPurpose[] = [
  { name: DialogueDocumentUse.INPUT_ATTACHMENT, mediaTypes: OFFICE_TYPES, largest: 25 * MEGABYTE },
];

@Resolver()
export class DialogueDocumentResolver {
  @Access(anyPerson)
  @Query(() => Document, {
    nullable: true,
    description:
      'One document (dokument) of a market dialogue that you, your organisation or your municipality has uploaded: whether it has arrived and what the checks said. Null when there is none that you may see.',
  })
  dialogueDocument(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'Identifier of the document.' }) id: string,
  ): Promise<Document | null> {
    return ownDocument(context, id);
  }

  @Access(representatives)
  @Mutation(() => DialogueDocumentPayload, {
    description:
      'Begins the upload of a document (dokument) of an organisation that takes part in a market dialogue. Send the file to its uploadUrl, and name it in the input once it is READY.',
  })
  async createDialogueDocument(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateDialogueDocumentInput, { description: 'The document.' })
    input: CreateDialogueDocumentInput,
  ): Promise<DialogueDocumentPayload> {
    const { dialogueId, organisationNumber, name, size, use } = input;
    const { id } = await dialogueToActOn(context, dialogueId);
    await demandRepresentative(context, organisationNumber, { type: 'MarketDialogue', id });
    const result = await context.change(async (change) => {
      const speaker = await speakerIn(context.store, change, dialogueId, organisationNumber);
      if ('mend' in speaker) return speaker;
      return beginDocument(context, change, { purpose: use, name, size, organisationNumber });
    });
    if ('document' in result) return { document: result.document, userErrors: [] };
    return { document: null, userErrors: toUserErrors(result.mend, context) };
  }
}
