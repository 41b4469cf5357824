import { randomUUID } from 'node:crypto';
import { digest } from '@samspill/audit';
import type { Change, Mendable, ServiceStore } from '@samspill/subgraph';
import { containsTradeSecret, secretIn } from '../disclosure/secret-in.js';
import { whatPrevents } from '../market-dialogue/dialogue-lifecycle.js';
import { claimDialogue } from '../market-dialogue/dialogue-lock.js';
import { factsOf } from '../market-dialogue/dialogue-rules.js';
import { cleanText, LONGEST_IN_DIALOGUE, textMissing, tooMany } from '../market-dialogue/dialogue-texts.js';
import { dialogueToChange } from '../market-dialogue/prepare-dialogue.js';
import { HearingDocument, HearingVersion } from './hearing-document.js';
import { LONGEST_DRAFT, MOST_PARAGRAPHS, paragraphsOf } from './hearing-text.js';

export interface DraftToPublish {
  readonly dialogueId: string;
  readonly documentId?: string | null;
  readonly title: string;
  readonly text: string;
}

const MOST_DRAFTS = 20;

/** Publishes a draft, or a new version of one. The versions before stay, because comments quote them. */
export async function publishHearing(
  store: ServiceStore,
  change: Change,
  given: DraftToPublish,
): Promise<{ readonly document: HearingDocument } | { readonly mend: readonly Mendable[] }> {
  const { em } = change;
  const { dialogueId } = given;
  const dialogue = await dialogueToChange(change, dialogueId);
  const now = store.host.clock.now();
  const path = ['input', 'dialogueId'];
  const prevented = whatPrevents('PUBLISH_DRAFT_DOCUMENT', await factsOf(em, dialogue), now, path);
  if (prevented) return { mend: [prevented] };
  const drafts = await em.find(HearingDocument, { dialogueId });
  const known = given.documentId == null ? null : drafts.find(({ id }) => id === given.documentId);
  const { title, paragraphs, mend } = draftTexts(given);
  if (known === undefined) mend.push(noSuchDraft);
  if (known === null && drafts.length >= MOST_DRAFTS) mend.push(tooMany(path, MOST_DRAFTS));
  // A draft that repeats what one supplier told in confidence would tell it to all the others.
  const whole = [title, ...paragraphs].join('\n\n');
  if (mend.length === 0 && (await change.asService((tx) => secretIn(tx, dialogueId, whole)))) {
    mend.push(containsTradeSecret(['input', 'text']));
  }
  if (mend.length > 0) return { mend };

  await claimDialogue(em, dialogueId);
  const version = (known?.currentVersion ?? 0) + 1;
  const document = known
    ? em.assign(known, { currentVersion: version })
    : em.create(HearingDocument, {
        ...{ id: randomUUID(), dialogueId },
        ...{ position: drafts.length + 1, currentVersion: version },
      });
  await em.flush();
  const documentId = document.id;
  em.create(HearingVersion, { id: randomUUID(), documentId, version, title, paragraphs, publishedAt: now });
  await em.flush();
  change.audit({
    object: { type: 'HearingDocument', id: documentId },
    owner: { municipality: dialogue.municipalityNumber },
    after: digest({ id: documentId, version, title, paragraphs }),
  });
  return { document };
}

function draftTexts(given: DraftToPublish): { title: string; paragraphs: string[]; mend: Mendable[] } {
  const { text: title, mend } = cleanText(given.title, LONGEST_IN_DIALOGUE.title, ['input', 'title']);
  const whole = cleanText(given.text, LONGEST_DRAFT, ['input', 'text']);
  mend.push(...whole.mend);
  const paragraphs = whole.mend.length > 0 ? [] : paragraphsOf(whole.text);
  if (whole.mend.length === 0 && paragraphs.length === 0) mend.push(textMissing(['input', 'text']));
  if (paragraphs.length > MOST_PARAGRAPHS) mend.push(tooMany(['input', 'text'], MOST_PARAGRAPHS));
  return { title, paragraphs, mend };
}

const noSuchDraft: Mendable = {
  code: 'NO_SUCH_DRAFT',
  path: ['input', 'documentId'],
  messages: {
    nb: 'Dialogen har ikke noe utkast med denne id-en. Utelat den for å publisere et nytt utkast.',
    nn: 'Dialogen har ikkje noko utkast med denne id-en. Utelat han for å publisere eit nytt utkast.',
    en: 'The dialogue has no draft with this id. Leave it out to publish a new draft.',
  },
};
