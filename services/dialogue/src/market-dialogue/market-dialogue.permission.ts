import { type Actor, PublicError, type RequestContext, Role } from '@samspill/subgraph';
import { visibleDialogues } from './market-dialogue.filter.js';
import { MarketDialogue } from './market-dialogue.js';

/** Who leads dialogues with the market. */
export const DIALOGUE_LEADERS = [Role.PROCUREMENT_OFFICER] as const;

/**
 * The dialogue, for a procurement officer of its municipality; refuses everybody else. One that the actor may not know
 * of is answered like one that is not there.
 */
export async function demandDialogue(context: RequestContext, id: string): Promise<MarketDialogue> {
  const dialogue = await dialogueToActOn(context, id);
  await context.demand(DIALOGUE_LEADERS, dialogue.municipalityNumber, { type: 'MarketDialogue', id });
  return dialogue;
}

/** The dialogue, for whoever may know of it, such as a supplier who wants to join. */
export async function dialogueToActOn(context: RequestContext, id: string): Promise<MarketDialogue> {
  // Beside the request's own unit of work: who is refused has read nothing, and the log is not to say so.
  const dialogue = await context.em
    .fork()
    .findOne(MarketDialogue, { $and: [{ id }, ...visibleDialogues(context)] });
  if (dialogue) return dialogue;
  // In the log it is the same as well: a draft of others, and a dialogue that there is not.
  throw await context.refused(noSuchDialogue(), context.operation ?? 'unknown', {
    type: 'MarketDialogue',
    id,
  });
}

/** Refuses unless the actor speaks for the organisation. The rule of the operation knows only that it speaks for one. */
export async function demandRepresentative(
  context: RequestContext,
  organisationNumber: string,
  object: { readonly type: string; readonly id: string },
): Promise<void> {
  if (!context.isPermissionChecked || context.actor.represents(organisationNumber)) return;
  throw await context.refusal(context.operation ?? 'unknown', {}, object, {
    organisation: organisationNumber,
  });
}

/** The number of today of a municipality that the actor leads dialogues for, whichever of its numbers they named. */
export function municipalityOfToday(actor: Actor, number: string): string {
  const membership = actor.memberships.find(
    ({ numbers, roles }) => numbers.includes(number) && DIALOGUE_LEADERS.some((role) => roles.includes(role)),
  );
  return membership?.municipality ?? number;
}

export function noSuchDialogue(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Det er ingen markedsdialog med denne id-en som du kan se. Se «marketDialogues», også med filter på status DRAFT.',
    nn: 'Det er ingen marknadsdialog med denne id-en som du kan sjå. Sjå «marketDialogues», også med filter på status DRAFT.',
    en: 'There is no market dialogue with this id that you can see. See "marketDialogues", also with a filter for the status DRAFT.',
  });
}
