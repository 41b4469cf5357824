import { PublicError, type RequestContext } from '@samspill/subgraph';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { DIALOGUE_LEADERS, demandRepresentative } from '../market-dialogue/market-dialogue.permission.js';
import { MarketInput } from './market-input.js';

/** Refuses unless the actor is a procurement officer of the municipality that was written to. */
export async function demandInputOfDialogue(context: RequestContext, id: string): Promise<void> {
  const input = await inputToActOn(context, id);
  const dialogue = await context.em.fork().findOne(MarketDialogue, { id: input.dialogueId });
  await context.demand(DIALOGUE_LEADERS, dialogue?.municipalityNumber ?? null, { type: 'MarketInput', id });
}

/** Refuses unless the actor speaks for the organisation whose input it is. */
export async function demandOwnInput(context: RequestContext, id: string): Promise<void> {
  const { organisationNumber } = await inputToActOn(context, id);
  await demandRepresentative(context, organisationNumber, { type: 'MarketInput', id });
}

/** Beside the request's own unit of work: who is refused has read nothing, and the log is not to say so. */
async function inputToActOn(context: RequestContext, id: string): Promise<MarketInput> {
  const input = await context.em.fork().findOne(MarketInput, { id });
  if (input) return input;
  throw await context.refused(noSuchInput(), context.operation ?? 'unknown', { type: 'MarketInput', id });
}

export function noSuchInput(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Det er ikke noe innspill med denne id-en som du kan se. Se «marketDialogue { inputs }».',
    nn: 'Det er ikkje noko innspel med denne id-en som du kan sjå. Sjå «marketDialogue { inputs }».',
    en: 'There is no input with this id that you can see. See "marketDialogue { inputs }".',
  });
}
