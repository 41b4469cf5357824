import { type Actor, PublicError, type RequestContext, Role } from '@samspill/subgraph';
import { visibleNeeds } from './need.filter.js';
import { Need } from './need.js';

/** Who writes needs. */
export const NEED_WRITERS = [Role.PROCUREMENT_OFFICER] as const;

/** Refuses unless the actor may know of this need; gives it, beside the request's own unit of work. */
export async function demandKnownNeed(context: RequestContext, id: string): Promise<Need> {
  // Beside it, because who is refused has read nothing, and the log is not to say so.
  const need = await context.em.fork().findOne(Need, { $and: [{ id }, ...visibleNeeds(context)] });
  // In the log it is the same as well: a draft of others, and a need that there is not.
  if (!need) throw await context.refused(noSuchNeed(), context.operation ?? 'unknown', { type: 'Need', id });
  return need;
}

/** Refuses unless the actor writes this need. One that they may not know of is answered like one that is not there. */
export async function demandNeed(context: RequestContext, id: string): Promise<void> {
  const need = await demandKnownNeed(context, id);
  await context.demand(NEED_WRITERS, need.municipalityNumber, { type: 'Need', id });
}

/**
 * The number of today of a municipality that the actor writes needs for, whichever of its numbers they named.
 * The rule of the operation has let nobody else come this far; without it, row-level security refuses the row.
 */
export function municipalityOfToday(actor: Actor, number: string): string {
  const membership = actor.memberships.find(
    ({ numbers, roles }) => numbers.includes(number) && NEED_WRITERS.some((role) => roles.includes(role)),
  );
  return membership?.municipality ?? number;
}

export function noSuchNeed(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Det er ikke noe behov med denne id-en som du kan se. Se «needs», også med filter på status DRAFT.',
    nn: 'Det er ikkje noko behov med denne id-en som du kan sjå. Sjå «needs», også med filter på status DRAFT.',
    en: 'There is no need with this id that you can see. See "needs", also with a filter for the status DRAFT.',
  });
}
