import { PublicError, type RequestContext } from '@samspill/subgraph';
import { HearingDocument } from './hearing-document.js';

/** A draft that the actor may know of. */
export async function hearingToActOn(context: RequestContext, id: string): Promise<HearingDocument> {
  const document = await context.em.fork().findOne(HearingDocument, { id });
  if (document) return document;
  const object = { type: 'HearingDocument', id };
  throw await context.refused(noSuchHearing(), context.operation ?? 'unknown', object);
}

export function noSuchHearing(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Det er ikke noe høringsutkast med denne id-en som du kan se. Se «marketDialogue { hearingDocuments }».',
    nn: 'Det er ikkje noko høyringsutkast med denne id-en som du kan sjå. Sjå «marketDialogue { hearingDocuments }».',
    en: 'There is no draft with this id that you can see. See "marketDialogue { hearingDocuments }".',
  });
}
