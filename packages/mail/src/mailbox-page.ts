import { createHash } from 'node:crypto';
import type { Language } from '@samspill/subgraph';
import { escaped } from './html.js';

/** A letter that was delivered here; without texts once it is old, or whom it was to is forgotten. */
export interface MailboxLetter {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly queuedAt: number;
  readonly template: string;
  readonly language: Language;
  readonly toEmail: string | null;
  readonly toName: string | null;
  readonly subject: string | null;
  readonly text: string | null;
  readonly html: string | null;
  readonly calendar: string | null;
}

export interface Page {
  readonly html: string;
  /** Null for a letter as it is, which brings its own looks. */
  readonly language: Language | null;
}

const STYLE =
  ':root{color-scheme:light}body{font:1rem/1.5 system-ui,sans-serif;color:#111;background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}table{border-collapse:collapse;width:100%}caption{text-align:left}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #767676}dt{font-weight:bold}dd{margin:0 0 .5rem}a{color:#00438a}pre{white-space:pre-wrap}';

const WORDS = {
  nb: {
    title: 'Postkasse',
    what: 'Brev som ville blitt sendt som e-post. De kommer hit fordi ingen e-posttjener er satt opp.',
    none: 'Ingen brev ennå.',
    when: 'Når',
    to: 'Til',
    subject: 'Emne',
    older: 'Eldre brev',
    back: 'Til postkassen',
    template: 'Mal',
    invitation: 'Kalenderoppføring',
    asHtml: 'Slik e-postprogrammer viser det',
    emptied: '(slettet)',
  },
  nn: {
    title: 'Postkasse',
    what: 'Brev som elles ville blitt sende som e-post. Dei kjem hit fordi ingen e-posttenar er sett opp.',
    none: 'Ingen brev enno.',
    when: 'Når',
    to: 'Til',
    subject: 'Emne',
    older: 'Eldre brev',
    back: 'Til postkassen',
    template: 'Mal',
    invitation: 'Kalenderoppføring',
    asHtml: 'Slik e-postprogram viser det',
    emptied: '(sletta)',
  },
  en: {
    title: 'Mailbox',
    what: 'Letters that would have been sent by e-mail. They come here because no mail server is set up.',
    none: 'No letters yet.',
    when: 'When',
    to: 'To',
    subject: 'Subject',
    older: 'Older letters',
    back: 'To the mailbox',
    template: 'Template',
    invitation: 'Calendar entry',
    asHtml: 'As mail programmes show it',
    emptied: '(erased)',
  },
} satisfies Record<Language, Record<string, string>>;

export function listPage(list: {
  letters: readonly MailboxLetter[];
  path: string;
  next: string | null;
  language: Language;
}): Page {
  const { letters, path, next, language } = list;
  const words = WORDS[language];
  const rows = letters.map(
    (letter) =>
      `<tr><td>${time(letter)}</td><td>${receiver(letter, language)}</td><td lang="${letter.language}"><a href="${escaped(`${path}/${letter.id}`)}">${escaped(letter.subject ?? words.emptied)}</a></td></tr>`,
  );
  const table = `<table>
<thead><tr><th scope="col">${words.when}</th><th scope="col">${words.to}</th><th scope="col">${words.subject}</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
  return whole(
    language,
    words.title,
    `<h1>${words.title}</h1>
<p>${words.what}</p>
${letters.length === 0 ? `<p>${words.none}</p>` : table}
${next === null ? '' : `<p><a href="${escaped(next)}" rel="next">${words.older}</a></p>`}`,
  );
}

export function letterPage(one: { letter: MailboxLetter; path: string; language: Language }): Page {
  const { letter, path, language } = one;
  const words = WORDS[language];
  const { subject, text, calendar } = letter;
  const entry = (term: string, definition: string) => `<dt>${term}</dt><dd>${definition}</dd>`;
  const html = `${escaped(path)}/${escaped(letter.id)}/html`;
  return whole(
    language,
    subject ?? words.emptied,
    `<p><a href="${escaped(path)}">${words.back}</a></p>
<h1 lang="${letter.language}">${escaped(subject ?? words.emptied)}</h1>
<dl>
${entry(words.to, receiver(letter, language))}
${entry(words.when, time(letter))}
${entry(words.template, escaped(letter.template))}
</dl>
<article lang="${letter.language}">
${text === null ? `<p>${words.emptied}</p>` : text.trim().split('\n\n').map(paragraph).join('\n')}
</article>
${text === null ? '' : `<p><a href="${html}">${words.asHtml}</a></p>`}
${calendar === null ? '' : `<h2>${words.invitation}</h2>\n<pre>${escaped(calendar)}</pre>`}`,
  );
}

/** A line that is nothing but an address can be followed, as in every mail programme. */
function paragraph(text: string): string {
  const lines = text.split('\n').map((line) => {
    const shown = escaped(line);
    return /^https?:\/\/\S+$/.test(line) ? `<a href="${shown}" rel="noreferrer">${shown}</a>` : shown;
  });
  return `<p>${lines.join('<br>')}</p>`;
}

function receiver({ toEmail, toName }: MailboxLetter, language: Language): string {
  if (toEmail === null) return WORDS[language].emptied;
  return escaped(toName === null ? toEmail : `${toName} <${toEmail}>`);
}

function time({ queuedAt }: MailboxLetter): string {
  const iso = new Date(queuedAt).toISOString();
  return `<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
}

function whole(language: Language, title: string, body: string): Page {
  return {
    language,
    html: `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`,
  };
}

/** Its own looks and nothing else: no script, no picture, nothing from anywhere. A letter's looks are in its tags. */
export function page({ html, language }: Page): Response {
  const style = language === null ? "'unsafe-inline'" : `'sha256-${digest(STYLE)}'`;
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src ${style}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    },
  });
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64');
