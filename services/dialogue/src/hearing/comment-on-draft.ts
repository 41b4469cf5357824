import { randomUUID } from 'node:crypto';
import type { Change, Mendable, ServiceStore } from '@samspill/subgraph';
import { words } from '../input/answer-rules.js';
import { MarketInputKind } from '../input/market-input.js';
import { storeInput } from '../input/store-input.js';
import { type InputChange, inputEmpty, speakerIn, tooLong } from '../input/submit-input.js';
import { noSuchHearing } from './hearing.permission.js';
import { HearingDocument, HearingVersion } from './hearing-document.js';
import { type Place, placeDoesNotMatch, placeMatches } from './hearing-text.js';

export interface GivenComment extends Place {
  readonly documentId: string;
  readonly organisationNumber: string;
  readonly text?: string | null;
  readonly tradeSecret?: string | null;
}

/** Takes a comment on a place in the newest version of a draft: an input with a place. */
export async function commentOnDraft(
  store: ServiceStore,
  change: Change,
  given: GivenComment,
  personId: string | null,
): Promise<InputChange> {
  const { em } = change;
  const document = await em.findOne(HearingDocument, { id: given.documentId });
  if (!document) throw noSuchHearing();
  const { dialogueId, id: hearingDocumentId } = document;
  const path = ['input', 'documentId'];
  const speaker = await speakerIn(store, change, dialogueId, given.organisationNumber, path);
  if ('mend' in speaker) return speaker;
  const { dialogue, participant, now } = speaker;
  const newest = { documentId: hearingDocumentId, version: document.currentVersion };
  const { version, paragraphs } = await em.findOneOrFail(HearingVersion, newest);
  const comment = words(given.text);
  const tradeSecret = words(given.tradeSecret);
  const mend: Mendable[] = [...tooLong(comment, 'text'), ...tooLong(tradeSecret, 'tradeSecret')];
  if (comment === null && tradeSecret === null) mend.push(inputEmpty);
  if (!placeMatches(paragraphs, given)) mend.push(placeDoesNotMatch);
  if (mend.length > 0) return { mend };
  const { organisationNumber, organisationName } = participant;
  const { paragraph, from: placeFrom, to: placeTo, quote } = given;
  const input = await storeInput(change, {
    ...{ dialogue, kind: MarketInputKind.HEARING_COMMENT, personId, comment, tradeSecret, now },
    organisation: { organisationNumber, organisationName },
    series: { seriesId: randomUUID(), number: null, version: 1 },
    ...{ answers: [], attachments: [], documents: [] },
    place: { hearingDocumentId, hearingVersion: version, paragraph, placeFrom, placeTo, quote },
  });
  return { input };
}
