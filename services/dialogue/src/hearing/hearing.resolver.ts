import { Access, officers, RequestContext, representatives, toUserErrors } from '@samspill/subgraph';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { MarketInputPayload } from '../input/input.input.js';
import { MarketInput } from '../input/market-input.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import {
  DIALOGUE_LEADERS,
  demandDialogue,
  demandRepresentative,
} from '../market-dialogue/market-dialogue.permission.js';
import { commentOnDraft } from './comment-on-draft.js';
import { CommentOnDraftInput, HearingDocumentPayload, PublishHearingDocumentInput } from './hearing.input.js';
import { hearingDocumentsOf, hearingVersionsOf } from './hearing.loader.js';
import { hearingToActOn } from './hearing.permission.js';
import { HearingDocument, HearingParagraph, HearingPlace, HearingVersion } from './hearing-document.js';
import { publishHearing } from './publish-hearing.js';

@Resolver(() => HearingDocument)
export class HearingDocumentResolver {
  @Access(officers(...DIALOGUE_LEADERS))
  @Mutation(() => HearingDocumentPayload, {
    description:
      'Publishes a draft of competition documents for the market to comment on (legg ut på høring), or a new version of one.',
  })
  async publishHearingDocument(
    @Ctx() context: RequestContext,
    @Arg('input', () => PublishHearingDocumentInput, { description: 'The draft.' })
    input: PublishHearingDocumentInput,
  ): Promise<HearingDocumentPayload> {
    await demandDialogue(context, input.dialogueId);
    const result = await context.change((change) => publishHearing(context.store, change, input));
    if ('document' in result) return { hearingDocument: result.document, userErrors: [] };
    return { hearingDocument: null, userErrors: toUserErrors(result.mend, context) };
  }

  @Access(representatives)
  @Mutation(() => MarketInputPayload, {
    description:
      'Comments on a place in a draft (høringskommentar) for an organisation that takes part, while the dialogue is open. A comment is an input, and ends like one with what was done with it.',
  })
  async commentOnDraft(
    @Ctx() context: RequestContext,
    @Arg('input', () => CommentOnDraftInput, { description: 'The comment and its place.' })
    input: CommentOnDraftInput,
  ): Promise<MarketInputPayload> {
    const { id } = await hearingToActOn(context, input.documentId);
    await demandRepresentative(context, input.organisationNumber, { type: 'HearingDocument', id });
    const { store, actor } = context;
    const { personId } = actor;
    const result = await context.change((change) => commentOnDraft(store, change, input, personId));
    if ('input' in result) return { input: result.input, userErrors: [] };
    return { input: null, userErrors: toUserErrors(result.mend, context) };
  }

  @FieldResolver(() => HearingVersion, {
    nullable: true,
    description: 'What is heard about now (gjeldende versjon). Null only when the service does not answer.',
  })
  async current(
    @Ctx() context: RequestContext,
    @Root() { id, currentVersion }: HearingDocument,
  ): Promise<HearingVersion | null> {
    const versions = await hearingVersionsOf(context, id);
    return versions.find(({ version }) => version === currentVersion) ?? null;
  }

  @FieldResolver(() => [HearingVersion], {
    description: 'All versions (versjoner), the newest first.',
  })
  versions(@Ctx() context: RequestContext, @Root() { id }: HearingDocument): Promise<HearingVersion[]> {
    return hearingVersionsOf(context, id);
  }
}

@Resolver(() => HearingVersion)
export class HearingVersionResolver {
  @FieldResolver(() => [HearingParagraph], { description: 'The text, paragraph by paragraph (avsnitt).' })
  paragraphs(@Root() { paragraphs }: HearingVersion): HearingParagraph[] {
    return paragraphs.map((text, at) => ({ number: at + 1, text }));
  }
}

/** The drafts of a dialogue. */
@Resolver(() => MarketDialogue)
export class DialogueHearingResolver {
  @FieldResolver(() => [HearingDocument], {
    description: 'Drafts of competition documents that the market is heard about (høringsutkast).',
  })
  hearingDocuments(
    @Ctx() context: RequestContext,
    @Root() dialogue: MarketDialogue,
  ): Promise<HearingDocument[]> {
    return hearingDocumentsOf(context, dialogue.id);
  }
}

/** Where in a draft a comment belongs. */
@Resolver(() => MarketInput)
export class HearingPlaceResolver {
  @FieldResolver(() => HearingPlace, {
    nullable: true,
    description: 'The place in a draft that it is about (sted i utkastet). Null for written input.',
  })
  async place(@Ctx() context: RequestContext, @Root() input: MarketInput): Promise<HearingPlace | null> {
    const { hearingDocumentId, hearingVersion, paragraph, placeFrom: from, placeTo: to, quote } = input;
    if (hearingDocumentId === null || quote === null) return null;
    const versions = await hearingVersionsOf(context, hearingDocumentId);
    const version = versions.find((each) => each.version === hearingVersion);
    if (!version || paragraph === null || from === null || to === null) return null;
    return { version, paragraph, from, to, quote };
  }
}
