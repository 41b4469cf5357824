import { Access, officers, RequestContext, Role, toUserErrors } from '@samspill/subgraph';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { demandDialogue } from '../market-dialogue/market-dialogue.permission.js';
import { closeDialogue } from './close-dialogue.js';
import { CloseMarketDialogueInput, CloseMarketDialoguePayload } from './closing.input.js';

@Resolver()
export class ClosingResolver {
  @Access(officers(Role.PROCUREMENT_OFFICER))
  @Mutation(() => CloseMarketDialoguePayload, {
    description:
      'Closes a market dialogue (lukk markedsdialogen): from now on nobody is told anything alone. Refused while something that one supplier was told has not been told to all, an input has no outcome, a meeting has no minutes, or suppliers still have time to answer.',
  })
  async closeMarketDialogue(
    @Ctx() context: RequestContext,
    @Arg('input', () => CloseMarketDialogueInput, { description: 'Which dialogue.' })
    { dialogueId }: CloseMarketDialogueInput,
  ): Promise<CloseMarketDialoguePayload> {
    await demandDialogue(context, dialogueId);
    const { store } = context;
    const result = await context.change((change) => closeDialogue(store, change, dialogueId));
    if ('dialogue' in result) return { dialogue: result.dialogue, userErrors: [] };
    return { dialogue: null, userErrors: toUserErrors(result.mend, context) };
  }
}
