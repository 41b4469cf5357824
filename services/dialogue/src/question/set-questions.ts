import { randomUUID } from 'node:crypto';
import type { Change, ServiceStore } from '@samspill/subgraph';
import { whatPrevents } from '../market-dialogue/dialogue-lifecycle.js';
import { claimDialogue } from '../market-dialogue/dialogue-lock.js';
import { factsOf } from '../market-dialogue/dialogue-rules.js';
import { dialogueDigest } from '../market-dialogue/dialogue-snapshot.js';
import { type DialogueChange, dialogueToChange } from '../market-dialogue/prepare-dialogue.js';
import { DialogueQuestion } from './dialogue-question.js';
import { type GivenQuestion, questionFacts } from './question-texts.js';

/** Puts questions in place of those before, until the dialogue is open: nobody can have answered any of them. */
export async function setQuestions(
  store: ServiceStore,
  change: Change,
  { id, questions: given }: { readonly id: string; readonly questions: readonly GivenQuestion[] },
): Promise<DialogueChange> {
  const { em } = change;
  const dialogue = await dialogueToChange(change, id);
  const now = store.host.clock.now();
  const prevented = whatPrevents('SET_QUESTIONS', await factsOf(em, dialogue), now);
  if (prevented) return { mend: [prevented] };
  const { questions, mend } = questionFacts(given);
  if (mend.length > 0) return { mend };
  const known = await em.find(DialogueQuestion, { dialogueId: id }, { orderBy: { position: 'asc' } });
  const before = dialogueDigest(dialogue, { questionnaire: known.map(withoutIds) });
  await claimDialogue(em, id);
  await em.nativeDelete(DialogueQuestion, { dialogueId: id });
  for (const facts of questions) em.create(DialogueQuestion, { id: randomUUID(), dialogueId: id, ...facts });
  em.assign(dialogue, { questions: questions.map(({ text }) => text), updatedAt: now });
  await em.flush();
  change.audit({
    object: { type: 'MarketDialogue', id },
    owner: { municipality: dialogue.municipalityNumber },
    before,
    after: dialogueDigest(dialogue, { questionnaire: questions.map(withoutIds) }),
  });
  return { dialogue };
}

function withoutIds(question: Omit<DialogueQuestion, 'id' | 'dialogueId'>): object {
  const { position, text, kind, choices, wordLimit, required } = question;
  return { position, text, kind, choices: [...choices], wordLimit, required };
}
