import type { Change, Language, ServiceStore } from '@samspill/subgraph';
import { stableId } from '@samspill/values';
import { InvalidEmailAddress, isEmailAddress } from './email-address.js';
import { oneLine, renderLetter } from './render.js';
import type { MailTemplate } from './template.js';

/** A letter to somebody. */
export interface Letter<D> {
  readonly template: MailTemplate<D>;
  readonly data: D;
  readonly to: { readonly email: string; readonly name?: string };
  readonly language: Language;
  /** What the letter is for, such as `seats-offered:<registration>:<offer>`: for the same there is only ever one. */
  readonly once: string;
  /** Whom it is about, so that it goes when they are forgotten. */
  readonly personId?: string | null;
  readonly about: { readonly type: string; readonly id: string };
  /** An invitation, as iCalendar text. */
  readonly calendar?: string;
}

const LONGEST_NAME = 200;

/**
 * Puts a letter among those to be sent, in the transaction of the change that it tells of: it is sent if and only if
 * that is kept. What it says is decided now; an hour later the data may be different, or gone.
 * @throws InvalidEmailAddress ask {@link isEmailAddress} first where a user gave the address
 */
export async function queueMail<D>(
  change: Pick<Change, 'em'>,
  store: Pick<ServiceStore, 'name' | 'host'>,
  letter: Letter<D>,
): Promise<void> {
  const { template, to, language, personId, about } = letter;
  if (!isEmailAddress(to.email)) throw new InvalidEmailAddress();
  const { subject, text, html } = renderLetter(template.texts(letter.data)[language], language);
  // A digest, because what it is made of may hold an address, and it stays when all else is cleared.
  const id = stableId('mail', store.name, letter.once);
  const row = {
    id,
    template: template.name,
    language,
    about_type: about.type,
    about_id: about.id,
    person_id: personId ?? null,
    to_email: to.email,
    to_name: to.name ? oneLine(to.name).slice(0, LONGEST_NAME) : null,
    subject,
    body_text: text,
    body_html: html,
    calendar: letter.calendar ?? null,
    message_id: `<${id}@${domainOf(store)}>`,
    queued_at: store.host.clock.now().toISOString(),
  };
  await change.em.execute(`select "${store.name}".queue_mail(?::jsonb)`, [JSON.stringify(row)]);
}

/** Receivers trust an id more that comes from where the letter comes from. */
function domainOf({ host }: Pick<ServiceStore, 'host'>): string {
  const domain = host.mail && /@([\w.-]+)>?\s*$/.exec(host.mail.from)?.[1];
  return domain ?? new URL(host.publicUrl?.() ?? 'http://localhost').hostname;
}
