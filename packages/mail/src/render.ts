import type { Language } from '@samspill/subgraph';
import { escaped } from './html.js';
import type { MailTexts } from './template.js';

/** A letter as it is sent. */
export interface RenderedLetter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const LONGEST_SUBJECT = 250;

/**
 * Both forms of a letter. The HTML has no pictures, nothing from elsewhere and hardly any looks, so that every
 * reader, and every reader of readers, shows it alike.
 */
export function renderLetter(texts: MailTexts, language: Language): RenderedLetter {
  const subject = oneLine(texts.subject).slice(0, LONGEST_SUBJECT);
  const paragraphs = texts.paragraphs.map(cleaned).filter((paragraph) => paragraph !== '');
  const link = texts.link && { label: oneLine(texts.link.label), url: checkedUrl(texts.link.url) };
  const text = [...paragraphs, ...(link ? [`${link.label}:\n${link.url}`] : [])].join('\n\n');
  const body = [
    `<h1 style="font-size:1.3em">${escaped(subject)}</h1>`,
    ...paragraphs.map((paragraph) => `<p>${escaped(paragraph).replaceAll('\n', '<br>')}</p>`),
    ...(link ? [`<p><a href="${escaped(link.url)}">${escaped(link.label)}</a></p>`] : []),
  ];
  const html = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(subject)}</title>
</head>
<body style="font-family:sans-serif;line-height:1.5;color:#111;background:#fff;max-width:40em">
<main>
${body.join('\n')}
</main>
</body>
</html>
`;
  return { subject, text: `${text}\n`, html };
}

/** What stands in a header is one line, whatever somebody wrote into a name or a title. */
export const oneLine = (text: string): string =>
  whole(text)
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();

/** Half a character is nothing that a database or a letter can hold. */
const whole = (text: string): string => text.replaceAll(/\p{Cs}/gu, '\uFFFD');

/** Lines may be broken; other control characters mean nothing in a letter. */
function cleaned(text: string): string {
  return whole(text)
    .replaceAll(/\r\n?|[\p{Zl}\p{Zp}]/gu, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .trim();
}

/** A link is made by a template and never by a user; one of another kind is a mistake of ours. */
function checkedUrl(url: string): string {
  const { protocol, href } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') throw new Error(`A letter may not link to ${protocol}.`);
  return href;
}
