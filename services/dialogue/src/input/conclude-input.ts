import { digest } from '@samspill/audit';
import type { Change, ServiceStore } from '@samspill/subgraph';
import { containsTradeSecret, secretIn } from '../disclosure/secret-in.js';
import { whatPrevents } from '../market-dialogue/dialogue-lifecycle.js';
import { claimDialogue, lockDialogue } from '../market-dialogue/dialogue-lock.js';
import { factsOf } from '../market-dialogue/dialogue-rules.js';
import { cleanText } from '../market-dialogue/dialogue-texts.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { noSuchInput } from './input.permission.js';
import { InputConclusion, type InputOutcome } from './input-parts.js';
import { MarketInput } from './market-input.js';
import { type InputChange, notStanding } from './submit-input.js';

const LONGEST_EXPLANATION = 5_000;

/** Says what was done with an input, or says it anew until the dialogue is summarised. */
export async function concludeInput(
  store: ServiceStore,
  change: Change,
  given: { readonly inputId: string; readonly outcome: InputOutcome; readonly explanation: string },
): Promise<InputChange> {
  const { em } = change;
  const { inputId: id, outcome } = given;
  const input = await em.findOne(MarketInput, { id });
  if (!input) throw noSuchInput();
  const { dialogueId } = input;
  await lockDialogue(em, dialogueId);
  const dialogue = await em.findOne(MarketDialogue, { id: dialogueId });
  if (!dialogue) throw noSuchInput();
  const now = store.host.clock.now();
  const path = ['input', 'inputId'];
  const prevented = whatPrevents('CONCLUDE', await factsOf(em, dialogue), now, path);
  if (prevented) return { mend: [prevented] };
  if (input.replacedAt !== null || input.withdrawnAt !== null) return { mend: [notStanding(path)] };
  const { text, mend } = cleanText(given.explanation, LONGEST_EXPLANATION, ['input', 'explanation']);
  if (text !== '' && (await change.asService((tx) => secretIn(tx, dialogueId, text)))) {
    mend.push(containsTradeSecret(['input', 'explanation']));
  }
  if (mend.length > 0) return { mend };

  const known = await em.findOne(InputConclusion, { id });
  const said = { outcome, explanation: text };
  if (known?.outcome === outcome && known.explanation === text) return { input };
  await claimDialogue(em, dialogueId);
  if (known) em.assign(known, { ...said, concludedAt: now });
  else em.create(InputConclusion, { id, dialogueId, ...said, concludedAt: now });
  await em.flush();
  change.audit({
    object: { type: 'MarketInput', id },
    owner: { organisation: input.organisationNumber, municipality: dialogue.municipalityNumber },
    after: digest({ id, ...said }),
  });
  return { input };
}
