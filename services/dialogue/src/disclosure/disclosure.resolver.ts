import {
  Access,
  type ConnectionOf,
  connectionOfParent,
  officers,
  PageArgs,
  RequestContext,
  Role,
  toUserErrors,
  Uncached,
} from '@samspill/subgraph';
import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { demandDialogue } from '../market-dialogue/market-dialogue.permission.js';
import {
  type DisclosureChange,
  disclose,
  publishDisclosure,
  publishDisclosures,
} from './change-disclosures.js';
import { ledgerOrder, visibleDisclosures } from './disclosure.filter.js';
import {
  DiscloseInput,
  DisclosurePayload,
  DisclosuresPayload,
  PublishDisclosureInput,
  PublishDisclosuresInput,
} from './disclosure.input.js';
import { Disclosure, DisclosureConnection } from './disclosure.js';
import { disclosureById, openDisclosuresOf } from './disclosure.loader.js';
import { demandDisclosure } from './disclosure.permission.js';

@Resolver(() => Disclosure)
export class DisclosureResolver {
  @Access(officers(Role.PROCUREMENT_OFFICER))
  @Mutation(() => DisclosurePayload, {
    description:
      'Writes down in the ledger of equal information (likebehandlingslogg) what one supplier was told in a market dialogue, or tells everybody at once.',
  })
  async disclose(
    @Ctx() context: RequestContext,
    @Arg('input', () => DiscloseInput, { description: 'What was told, to whom and when.' })
    input: DiscloseInput,
  ): Promise<DisclosurePayload> {
    await demandDialogue(context, input.dialogueId);
    const { store } = context;
    return payload(context, await context.change((change) => disclose(store, change, input)));
  }

  @Access(officers(Role.PROCUREMENT_OFFICER))
  @Mutation(() => DisclosurePayload, {
    description:
      'Tells everybody what one supplier was told (publiser opplysningen): it stands in the ledger for all from now on, and all participants get it by mail.',
  })
  async publishDisclosure(
    @Ctx() context: RequestContext,
    @Arg('input', () => PublishDisclosureInput, { description: 'Which entry.' })
    { id }: PublishDisclosureInput,
  ): Promise<DisclosurePayload> {
    await demandDisclosure(context, id);
    const { store } = context;
    return payload(context, await context.change((change) => publishDisclosure(store, change, id)));
  }

  @Access(officers(Role.PROCUREMENT_OFFICER))
  @Mutation(() => DisclosuresPayload, {
    description:
      'Tells everybody all that single suppliers were told in a market dialogue so far (publiser alt som står åpent), in one mail.',
  })
  async publishDisclosures(
    @Ctx() context: RequestContext,
    @Arg('input', () => PublishDisclosuresInput, { description: 'In which dialogue.' })
    { dialogueId }: PublishDisclosuresInput,
  ): Promise<DisclosuresPayload> {
    await demandDialogue(context, dialogueId);
    const { store } = context;
    const result = await context.change((change) => publishDisclosures(store, change, dialogueId));
    if ('disclosures' in result) return { disclosures: result.disclosures, userErrors: [] };
    return { disclosures: [], userErrors: toUserErrors(result.mend, context) };
  }

  @FieldResolver(() => Disclosure, {
    nullable: true,
    description:
      'The earlier entry that this one corrects (retter). Null when it corrects none, or one that only another supplier knows yet.',
  })
  async corrects(
    @Ctx() context: RequestContext,
    @Root() { correctsId }: Disclosure,
  ): Promise<Disclosure | null> {
    return correctsId === null ? null : disclosureById(context, correctsId);
  }
}

/** What the ledger adds to a dialogue. */
@Resolver(() => MarketDialogue)
export class LedgerResolver {
  @FieldResolver(() => DisclosureConnection, {
    description:
      'The ledger of equal information (likebehandlingsloggen), in order: what was told to whom, and when everybody got it. What only one supplier knows so far is shown to that supplier and to officers of the municipality; numbers that are missing for others stand for it.',
  })
  ledger(
    @Ctx() context: RequestContext,
    @Root() dialogue: MarketDialogue,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Disclosure>> {
    return connectionOfParent(
      context,
      Disclosure,
      { property: 'dialogueId', values: [dialogue.id] },
      { order: ledgerOrder, where: visibleDisclosures(context) },
      page,
    );
  }

  @Uncached()
  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'How many entries of the ledger everybody is still owed (åpne opplysninger): none may be left when the dialogue is closed. For officers of the municipality; null for everybody else.',
  })
  openDisclosures(@Ctx() context: RequestContext, @Root() dialogue: MarketDialogue): Promise<number | null> {
    return openDisclosuresOf(context, dialogue);
  }
}

function payload(context: RequestContext, result: DisclosureChange): DisclosurePayload {
  if ('disclosure' in result) return { disclosure: result.disclosure, userErrors: [] };
  return { disclosure: null, userErrors: toUserErrors(result.mend, context) };
}
