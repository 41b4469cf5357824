import { PublicError, type RequestContext, Role } from '@samspill/subgraph';
import { visibleDisclosures } from './disclosure.filter.js';
import { Disclosure } from './disclosure.js';

/** Refuses unless the actor leads the dialogue that the entry belongs to. One that they may not know of is not there. */
export async function demandDisclosure(context: RequestContext, id: string): Promise<void> {
  const object = { type: 'Disclosure', id } as const;
  // Beside the request's own unit of work: who is refused has read nothing, and the log is not to say so.
  const disclosure = await context.em
    .fork()
    .findOne(Disclosure, { $and: [{ id }, ...visibleDisclosures(context)] });
  if (!disclosure) {
    throw await context.refused(noSuchDisclosure(), context.operation ?? 'unknown', object);
  }
  await context.demand([Role.PROCUREMENT_OFFICER], disclosure.municipalityNumber, object);
}

export function noSuchDisclosure(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Det er ingen opplysning med denne id-en som du kan se. Se «marketDialogue { ledger }» for dem som er loggført.',
    nn: 'Det er inga opplysning med denne id-en som du kan sjå. Sjå «marketDialogue { ledger }» for dei som er loggførte.',
    en: 'There is no disclosure with this id that you can see. See "marketDialogue { ledger }" for those in the ledger.',
  });
}
