import { type MailTemplate, queueMail } from '@samspill/mail';
import type { Change, ServiceStore } from '@samspill/subgraph';
import type { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { participantsOf } from './participant.js';

/**
 * Queues the same letter to all who take part, each in their own language. As the service, and so only after what the
 * officer has written in their own name.
 */
export async function tellParticipants<D>(
  change: Change,
  store: ServiceStore,
  dialogue: MarketDialogue,
  { template, data, once }: { readonly template: MailTemplate<D>; readonly data: D; readonly once: string },
): Promise<void> {
  await change.asService(async (em) => {
    for (const participant of await participantsOf(em, dialogue.id)) {
      const { id, contactEmail, contactName, language, personId } = participant;
      // Whoever there was has asked to be forgotten, and nobody has taken over.
      if (contactEmail === null) continue;
      await queueMail({ em }, store, {
        template,
        data,
        to: { email: contactEmail, name: contactName ?? undefined },
        language,
        once: `${once}:${id}`,
        personId,
        about: { type: 'MarketDialogue', id: dialogue.id },
      });
    }
  });
}
