import type { EntityManager } from '@mikro-orm/postgresql';
import { type Language, PublicError, type ServiceRoute, type ServiceStore } from '@samspill/subgraph';
import { letterPage, listPage, type MailboxLetter, page } from './mailbox-page.js';
import { MILLISECONDS } from './outbox.js';

const LETTERS_PER_PAGE = 50;

/**
 * The mailbox of everybody, to open in a browser: where mail goes while a developer has no mail server. It is there
 * only where the development issuer is trusted as well, so that whoever is anybody can be somebody else anyway.
 */
export function mailboxRoutes(store: ServiceStore): readonly ServiceRoute[] {
  const { mail, personas } = store.host;
  if (mail || !personas) return [];
  return [
    {
      methods: ['GET'],
      path: '/mailbox',
      handle: async ({ url, context: { language } }) => {
        const letters = await newest(store, url.searchParams.get('before'));
        const more = letters.length > LETTERS_PER_PAGE;
        const shown = letters.slice(0, LETTERS_PER_PAGE);
        const last = shown.at(-1);
        const next = more && last ? `${pathOf(store)}?before=${last.queuedAt}.${last.id}` : null;
        return page(listPage({ letters: shown, path: pathOf(store), next, language }));
      },
    },
    {
      methods: ['GET'],
      path: '/mailbox/:id',
      handle: async ({ params, context: { language } }) =>
        page(letterPage({ letter: await letterOf(store, params.id), path: pathOf(store), language })),
    },
    {
      methods: ['GET'],
      path: '/mailbox/:id/html',
      handle: async ({ params }) => {
        const { html } = await letterOf(store, params.id);
        if (html === null) throw noSuchLetter();
        return page({ html, language: null });
      },
    },
  ];
}

const pathOf = (store: ServiceStore): string => `/${store.name}/mailbox`;

const COLUMNS = `id, ${MILLISECONDS} as "queuedAt", template, language, to_email as "toEmail", to_name as "toName",
  subject, body_text as text, body_html as html, calendar`;

/** One more than a page holds, which tells whether there is another. */
function newest(store: ServiceStore, before: string | null): Promise<MailboxLetter[]> {
  const match = before === null ? null : /^(\d{1,15})\.([\w-]{1,64})$/.exec(before);
  if (before !== null && !match) throw noSuchPage();
  const after = match ? 'and (queued_at, id) < (?::timestamptz, ?)' : '';
  const values = match ? [new Date(Number(match[1])).toISOString(), match[2] as string] : [];
  return system(store).execute<MailboxLetter[]>(
    `select ${COLUMNS} from "${store.name}".mail where state = 'SENT' ${after}
     order by queued_at desc, id desc limit ${LETTERS_PER_PAGE + 1}`,
    values,
  );
}

async function letterOf(store: ServiceStore, id: string | undefined): Promise<MailboxLetter> {
  const [letter] = await system(store).execute<MailboxLetter[]>(
    `select ${COLUMNS} from "${store.name}".mail where state = 'SENT' and id = ?`,
    [id ?? ''],
  );
  if (!letter) throw noSuchLetter();
  return letter;
}

const system = (store: ServiceStore): EntityManager => store.as('system');

const noSuchLetter = (): PublicError =>
  new PublicError('NOT_FOUND', {
    nb: 'Dette brevet finnes ikke i postkassen. Gå til postkassen, og velg et som er der.',
    nn: 'Dette brevet finst ikkje i postkassen. Gå til postkassen, og vel eit som er der.',
    en: 'There is no such letter in the mailbox. Go to the mailbox, and choose one that is there.',
  });

const noSuchPage = (): PublicError =>
  PublicError.badInput({
    nb: 'Det finnes ingen slik side i postkassen. Begynn på den første.',
    nn: 'Det finst inga slik side i postkassen. Byrj på den første.',
    en: 'There is no such page in the mailbox. Begin with the first.',
  } satisfies Record<Language, string>);
