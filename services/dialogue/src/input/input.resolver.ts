import type { KeysetOrder } from '@samspill/database';
import {
  Access,
  anyone,
  type ConnectionOf,
  connectionOfParent,
  officers,
  PageArgs,
  RequestContext,
  representatives,
  toUserErrors,
  Uncached,
} from '@samspill/subgraph';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { dialogueById } from '../market-dialogue/market-dialogue.loader.js';
import {
  DIALOGUE_LEADERS,
  demandRepresentative,
  dialogueToActOn,
} from '../market-dialogue/market-dialogue.permission.js';
import { Supplier } from '../supplier/supplier.js';
import { concludeInput } from './conclude-input.js';
import {
  ConcludeInputInput,
  MarketInputPayload,
  ReplaceInputInput,
  SubmitInputInput,
  WithdrawInputInput,
} from './input.input.js';
import {
  answersOf,
  attachmentsOf,
  conclusionOf,
  earlierVersionsOf,
  inputById,
  receiptOf,
  secretOf,
} from './input.loader.js';
import { demandInputOfDialogue, demandOwnInput } from './input.permission.js';
import { InputAnswer, InputAttachment, InputConclusion } from './input-parts.js';
import { InputReceiptShown } from './input-receipt.js';
import { MarketInput, MarketInputConnection } from './market-input.js';
import { type InputChange, replaceInput, submitInput, withdrawInput } from './submit-input.js';

const inputOrder: KeysetOrder = {
  name: 'SUBMITTED_ASC',
  property: 'submittedAt',
  direction: 'asc',
};

@Resolver(() => MarketInput)
export class MarketInputResolver {
  @Access(anyone)
  @Query(() => MarketInput, {
    nullable: true,
    description:
      'One input to a market dialogue (innspill) by its identifier. Null when there is none, or none that one may read yet.',
  })
  marketInput(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'Identifier of the input.' }) id: string,
  ): Promise<MarketInput | null> {
    return inputById(context, id);
  }

  @Access(representatives)
  @Mutation(() => MarketInputPayload, {
    description:
      'Sends in an input (innspill) for an organisation that takes part: answers to the questions, a comment, documents. While the dialogue is open, until the deadline; the receipt says what was taken and when.',
  })
  async submitInput(
    @Ctx() context: RequestContext,
    @Arg('input', () => SubmitInputInput, { description: 'The input.' }) input: SubmitInputInput,
  ): Promise<MarketInputPayload> {
    const { id } = await dialogueToActOn(context, input.dialogueId);
    await demandRepresentative(context, input.organisationNumber, { type: 'MarketDialogue', id });
    const { store, actor } = context;
    const { personId } = actor;
    return payload(context, await context.change((change) => submitInput(store, change, input, personId)));
  }

  @Access(representatives)
  @Mutation(() => MarketInputPayload, {
    description:
      'Sends in a new version in place of an input that stands (erstatt innspill), until the deadline. The old version stays, with the time.',
  })
  async replaceInput(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReplaceInputInput, { description: 'The new version, complete.' })
    input: ReplaceInputInput,
  ): Promise<MarketInputPayload> {
    await demandOwnInput(context, input.inputId);
    const { store, actor } = context;
    const { personId } = actor;
    return payload(context, await context.change((change) => replaceInput(store, change, input, personId)));
  }

  @Access(representatives)
  @Mutation(() => MarketInputPayload, {
    description: 'Takes an input or a comment back (trekk innspill), until the deadline.',
  })
  async withdrawInput(
    @Ctx() context: RequestContext,
    @Arg('input', () => WithdrawInputInput, { description: 'Which input.' }) { inputId }: WithdrawInputInput,
  ): Promise<MarketInputPayload> {
    await demandOwnInput(context, inputId);
    return payload(context, await context.change((change) => withdrawInput(context.store, change, inputId)));
  }

  @Access(officers(...DIALOGUE_LEADERS))
  @Mutation(() => MarketInputPayload, {
    description:
      'Says what was done with an input or a comment, and why (utfall). Every one needs it before the dialogue is closed; it can be said anew until the summary.',
  })
  async concludeInput(
    @Ctx() context: RequestContext,
    @Arg('input', () => ConcludeInputInput, { description: 'Which input, and what was done.' })
    input: ConcludeInputInput,
  ): Promise<MarketInputPayload> {
    await demandInputOfDialogue(context, input.inputId);
    return payload(context, await context.change((change) => concludeInput(context.store, change, input)));
  }

  @FieldResolver(() => MarketDialogue, {
    nullable: true,
    description:
      'The dialogue that it belongs to (markedsdialog). Null only when the service does not answer.',
  })
  dialogue(
    @Ctx() context: RequestContext,
    @Root() { dialogueId }: MarketInput,
  ): Promise<MarketDialogue | null> {
    return dialogueById(context, dialogueId);
  }

  @FieldResolver(() => Supplier, { description: 'Whose it is, as a supplier (leverandør).' })
  supplier(@Root() { organisationNumber }: MarketInput): Supplier {
    return Supplier.of(organisationNumber);
  }

  @FieldResolver(() => [InputAnswer], {
    description: 'Answers to the questions of the dialogue (svar), in the order of the questions.',
  })
  answers(@Ctx() context: RequestContext, @Root() { id }: MarketInput): Promise<InputAnswer[]> {
    return answersOf(context, id);
  }

  @Uncached()
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The part of the comment that is a trade secret (forretningshemmelighet). For the organisation itself and procurement officers of the municipality; null for everybody else.',
  })
  tradeSecret(@Ctx() context: RequestContext, @Root() input: MarketInput): Promise<string | null> {
    return input.hasTradeSecret ? secretOf(context, input.id, null) : Promise.resolve(null);
  }

  @FieldResolver(() => [InputAttachment], { description: 'Documents that were sent along (vedlegg).' })
  attachments(@Ctx() context: RequestContext, @Root() { id }: MarketInput): Promise<InputAttachment[]> {
    return attachmentsOf(context, id);
  }

  @FieldResolver(() => InputConclusion, {
    nullable: true,
    description: 'What was done with it (utfall). Null as long as that is not said.',
  })
  conclusion(@Ctx() context: RequestContext, @Root() { id }: MarketInput): Promise<InputConclusion | null> {
    return conclusionOf(context, id);
  }

  @Uncached()
  @FieldResolver(() => InputReceiptShown, {
    nullable: true,
    description:
      'Proof of what was sent in, and when (kvittering). For the organisation itself and procurement officers of the municipality; null for everybody else.',
  })
  async receipt(
    @Ctx() context: RequestContext,
    @Root() { id, number, submittedAt }: MarketInput,
  ): Promise<InputReceiptShown | null> {
    const receipt = await receiptOf(context, id);
    return receipt && { number: number ?? 0, submittedAt, sha256: receipt.sha256 };
  }

  @Uncached()
  @FieldResolver(() => [MarketInput], {
    description:
      'The versions that this one took the place of (tidligere versjoner), the newest first. For the organisation itself and officers of the municipality; empty for everybody else.',
  })
  earlierVersions(@Ctx() context: RequestContext, @Root() input: MarketInput): Promise<MarketInput[]> {
    return earlierVersionsOf(context, input);
  }
}

@Resolver(() => InputAnswer)
export class InputAnswerResolver {
  @Uncached()
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The part of the answer that is a trade secret (forretningshemmelighet). For the organisation itself and procurement officers of the municipality; null for everybody else.',
  })
  tradeSecret(@Ctx() context: RequestContext, @Root() answer: InputAnswer): Promise<string | null> {
    return answer.hasTradeSecret ? secretOf(context, answer.inputId, answer.id) : Promise.resolve(null);
  }
}

/** What has been said in a dialogue. */
@Resolver(() => MarketDialogue)
export class DialogueInputsResolver {
  @FieldResolver(() => MarketInputConnection, {
    description:
      'Inputs and comments on drafts (innspill) that stand, the first to be sent in first. Officers of the municipality see all, an organisation its own, and everybody all of them once the dialogue is summarised, without trade secrets.',
  })
  inputs(
    @Ctx() context: RequestContext,
    @Root() dialogue: MarketDialogue,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<MarketInput>> {
    return connectionOfParent(
      context,
      MarketInput,
      { property: 'dialogueId', values: [dialogue.id] },
      { order: inputOrder, where: [{ replacedAt: null, withdrawnAt: null }] },
      page,
    );
  }
}

export function payload(context: RequestContext, result: InputChange): MarketInputPayload {
  if ('input' in result) return { input: result.input, userErrors: [] };
  return { input: null, userErrors: toUserErrors(result.mend, context) };
}
