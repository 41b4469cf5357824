import { Access, officers, RequestContext, toUserErrors } from '@samspill/subgraph';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { MarketDialoguePayload } from '../market-dialogue/dialogue.input.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { DIALOGUE_LEADERS, demandDialogue } from '../market-dialogue/market-dialogue.permission.js';
import { DialogueQuestion } from './dialogue-question.js';
import { SetDialogueQuestionsInput } from './question.input.js';
import { questionnaireOf } from './question.loader.js';
import { setQuestions } from './set-questions.js';

/** What is asked in a dialogue. */
@Resolver(() => MarketDialogue)
export class DialogueQuestionResolver {
  @Access(officers(...DIALOGUE_LEADERS))
  @Mutation(() => MarketDialoguePayload, {
    description:
      'Says what the market is asked in a dialogue (spørsmål til markedet). Until it is open: somebody may have begun to answer then.',
  })
  async setDialogueQuestions(
    @Ctx() context: RequestContext,
    @Arg('input', () => SetDialogueQuestionsInput, { description: 'The questions.' })
    input: SetDialogueQuestionsInput,
  ): Promise<MarketDialoguePayload> {
    await demandDialogue(context, input.id);
    const result = await context.change((change) => setQuestions(context.store, change, input));
    if ('dialogue' in result) return { marketDialogue: result.dialogue, userErrors: [] };
    return { marketDialogue: null, userErrors: toUserErrors(result.mend, context) };
  }

  @FieldResolver(() => [DialogueQuestion], {
    description:
      'What the buyer asks the market (spørsmål til markedet), in order, and how each is to be answered. Empty for dialogues that come from a notice.',
  })
  questionnaire(
    @Ctx() context: RequestContext,
    @Root() dialogue: MarketDialogue,
  ): Promise<DialogueQuestion[]> {
    return questionnaireOf(context, dialogue.id);
  }
}
