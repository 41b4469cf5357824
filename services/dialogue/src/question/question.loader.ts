import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '@samspill/subgraph';
import { DialogueQuestion } from './dialogue-question.js';

/** What is asked in a dialogue, in order. */
export async function questionnaireOf(
  context: RequestContext,
  dialogueId: string,
): Promise<DialogueQuestion[]> {
  const questions = await context.batched('questionnaire', dialogueId, async (ids) => {
    const found = await context.find(
      DialogueQuestion,
      { dialogueId: { $in: [...ids] } },
      { orderBy: { position: 'asc' } },
    );
    return Map.groupBy(found, (question) => question.dialogueId);
  });
  return questions ?? [];
}

export function questionsIn(em: EntityManager, dialogueId: string): Promise<DialogueQuestion[]> {
  return em.find(DialogueQuestion, { dialogueId }, { orderBy: { position: 'asc' } });
}
