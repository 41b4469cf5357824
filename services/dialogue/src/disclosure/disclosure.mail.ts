import { defineMail, isEmailAddress, type MailTemplate, queueMail } from '@samspill/mail';
import type { Change, ServiceStore } from '@samspill/subgraph';
import { stableId } from '@samspill/values';
import type { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { participantsOf } from '../participant/participant.js';
import type { Disclosure } from './disclosure.js';

interface News {
  readonly title: string;
  readonly entries: readonly { readonly number: number; readonly text: string }[];
}

/** Everybody gets the same words at the same time, whoever was told first. */
export const toldToAll = defineMail<News>('told-to-all', ({ title, entries }) => ({
  nb: {
    subject: `Ny opplysning i markedsdialogen «${title}»`,
    paragraphs: [
      'Alle som deltar i markedsdialogen, får nå vite det samme. Dette står i likebehandlingsloggen:',
      ...entries.map(({ number, text }) => `Nr. ${number}: ${text}`),
    ],
  },
  nn: {
    subject: `Ny opplysning i marknadsdialogen «${title}»`,
    paragraphs: [
      'Alle som deltek i marknadsdialogen, får no vite det same. Dette står i likebehandlingsloggen:',
      ...entries.map(({ number, text }) => `Nr. ${number}: ${text}`),
    ],
  },
  en: {
    subject: `News in the market dialogue “${title}”`,
    paragraphs: [
      'Everybody who takes part in the market dialogue now learns the same. This stands in the ledger of equal information:',
      ...entries.map(({ number, text }) => `No. ${number}: ${text}`),
    ],
  },
}));

/** Queues what everybody is told now for all who take part. */
export function mailToParticipants(
  change: Change,
  store: ServiceStore,
  dialogue: MarketDialogue,
  disclosures: readonly Disclosure[],
): Promise<void> {
  const entries = disclosures.map(({ number, text }) => ({ number, text }));
  const once = `told-to-all:${stableId('told-to-all', ...disclosures.map(({ id }) => id))}`;
  return writeToParticipants(change, store, dialogue, {
    template: toldToAll,
    data: { title: dialogue.title, entries },
    once,
  });
}

interface Circular<D> {
  readonly template: MailTemplate<D>;
  readonly data: D;
  /** What the letter is for; each participant gets one. */
  readonly once: string;
}

/**
 * Queues the same letter to all who take part. As the service: whom they are to be reached by is nothing that the
 * officer asked to see.
 */
export async function writeToParticipants<D>(
  change: Change,
  store: ServiceStore,
  { id: dialogueId }: MarketDialogue,
  { template, data, once }: Circular<D>,
): Promise<void> {
  await change.asService(async (em) => {
    // Beside the change's own unit of work: nobody reads these rows, and the log is not to say so.
    const beside = em.fork({ keepTransactionContext: true });
    for (const { id, contactEmail, contactName, language, personId } of await participantsOf(
      beside,
      dialogueId,
    )) {
      // One address that leads nowhere keeps nobody else from being told.
      if (!contactEmail || !isEmailAddress(contactEmail)) continue;
      const to = { email: contactEmail, name: contactName ?? undefined };
      const about = { type: 'MarketDialogue', id: dialogueId };
      await queueMail({ em }, store, {
        template,
        data,
        to,
        language,
        once: `${once}:${id}`,
        personId,
        about,
      });
    }
  });
}
