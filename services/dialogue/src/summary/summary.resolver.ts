import { renderHtml } from '@samspill/pdf';
import { Access, officers, RequestContext, Role, toUserErrors } from '@samspill/subgraph';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { demandDialogue } from '../market-dialogue/market-dialogue.permission.js';
import { addToSummary, type SummaryChange, summarise } from './change-summary.js';
import { composeSummary } from './compose-summary.js';
import { DialogueSummary, SummaryAddition, SummarySection, SummarySectionKey } from './dialogue-summary.js';
import { gatherFacts } from './gather-facts.js';
import { printedSummary } from './printed-summary.js';
import { AddToSummaryInput, DialogueSummaryPayload, SummariseMarketDialogueInput } from './summary.input.js';
import { additionsTo, summaryOf } from './summary.loader.js';
import { summaryPath } from './summary.route.js';
import { paragraphsOf, summarySections } from './summary-sections.js';

@Resolver(() => DialogueSummary)
export class SummaryResolver {
  @Access(officers(Role.PROCUREMENT_OFFICER))
  @Mutation(() => DialogueSummaryPayload, {
    description:
      'Makes and publishes the summary of a closed market dialogue (oppsummer markedsdialogen): everything in the ledger, every input with its outcome, the meetings and the lot, without trade secrets. The participants get a link by mail.',
  })
  async summariseMarketDialogue(
    @Ctx() context: RequestContext,
    @Arg('input', () => SummariseMarketDialogueInput, {
      description: 'Which dialogue, and what to add.',
    })
    input: SummariseMarketDialogueInput,
  ): Promise<DialogueSummaryPayload> {
    await demandDialogue(context, input.dialogueId);
    const { store } = context;
    return payload(context, await context.change((change) => summarise(store, change, input)));
  }

  @Access(officers(Role.PROCUREMENT_OFFICER))
  @Mutation(() => DialogueSummaryPayload, {
    description:
      'Adds something to the summary of a market dialogue (tillegg til oppsummeringen). What stands there cannot be changed.',
  })
  async addToSummary(
    @Ctx() context: RequestContext,
    @Arg('input', () => AddToSummaryInput, { description: 'To which dialogue’s summary, and what.' })
    input: AddToSummaryInput,
  ): Promise<DialogueSummaryPayload> {
    await demandDialogue(context, input.dialogueId);
    const { store } = context;
    return payload(context, await context.change((change) => addToSummary(store, change, input)));
  }

  @FieldResolver(() => [SummaryAddition], {
    description: 'What the municipality has added (tillegg), in the order in which it did.',
  })
  additions(@Ctx() context: RequestContext, @Root() summary: DialogueSummary): Promise<SummaryAddition[]> {
    return additionsTo(context, summary.dialogueId);
  }

  @FieldResolver(() => String, {
    description:
      'Where to read it on a screen. In the language that the browser asks for, or as "?language=nb", "nn" or "en".',
  })
  htmlUrl(@Ctx() { store }: RequestContext, @Root() { dialogueId }: DialogueSummary): string {
    return store.links.to(summaryPath(dialogueId, 'html'));
  }

  @FieldResolver(() => String, { description: 'The same on paper (PDF), tagged for screen readers.' })
  pdfUrl(@Ctx() { store }: RequestContext, @Root() { dialogueId }: DialogueSummary): string {
    return store.links.to(summaryPath(dialogueId, 'pdf'));
  }

  @FieldResolver(() => String, {
    description: 'The generated part as data (JSON): the very bytes that "sha256" is the hash of.',
  })
  jsonUrl(@Ctx() { store }: RequestContext, @Root() { dialogueId }: DialogueSummary): string {
    return store.links.to(summaryPath(dialogueId, 'json'));
  }

  @FieldResolver(() => [SummarySection], {
    description: 'All of it in parts (deler), for a front end that shows it in its own way.',
  })
  async sections(
    @Ctx() context: RequestContext,
    @Root() { dialogueId, content }: DialogueSummary,
  ): Promise<SummarySection[]> {
    const additions = await additionsTo(context, dialogueId);
    return summarySections(content, additions, context.language).map(({ key, heading, blocks }) => ({
      key: SummarySectionKey[key],
      heading,
      paragraphs: paragraphsOf(blocks),
    }));
  }
}

/** What the summary adds to a dialogue. */
@Resolver(() => MarketDialogue)
export class SummarisedDialogueResolver {
  @FieldResolver(() => DialogueSummary, {
    nullable: true,
    description: 'The public summary (oppsummering). Null until the dialogue is summarised.',
  })
  summary(@Ctx() context: RequestContext, @Root() { id }: MarketDialogue): Promise<DialogueSummary | null> {
    return summaryOf(context, id);
  }

  @Access(officers())
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'How the summary would read now (forhåndsvisning), as an HTML page. Null when refused, and for officers of other municipalities.',
  })
  async summaryPreview(
    @Ctx() context: RequestContext,
    @Root() dialogue: MarketDialogue,
  ): Promise<string | null> {
    const { municipalityNumber } = dialogue;
    const isMember = context.actor.memberships.some(
      ({ numbers }) => municipalityNumber !== null && numbers.includes(municipalityNumber),
    );
    if (!isMember) return null;
    const content = composeSummary(await gatherFacts(context.em, dialogue));
    const { language, clock } = context;
    return renderHtml(
      printedSummary({ content, additions: [], language, generatedAt: clock.now(), sha256: null }),
    );
  }
}

function payload(context: RequestContext, result: SummaryChange): DialogueSummaryPayload {
  if ('summary' in result) return { ...result, userErrors: [] };
  return { dialogue: null, summary: null, userErrors: toUserErrors(result.mend, context) };
}
