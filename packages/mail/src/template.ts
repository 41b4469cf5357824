import type { Language } from '@samspill/subgraph';

/** What a letter says, in one language. Plain text all of it; how it looks is not its business. */
export interface MailTexts {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** The one thing to do; an address of ours, from `store.links`. */
  readonly link?: { readonly label: string; readonly url: string };
}

/** A kind of letter; `D` is what it needs to know. */
export interface MailTemplate<D> {
  /** For statistics and the log, such as `registration-confirmed`. */
  readonly name: string;
  readonly texts: (data: D) => Record<Language, MailTexts>;
}

export function defineMail<D>(
  name: string,
  texts: (data: D) => Record<Language, MailTexts>,
): MailTemplate<D> {
  return { name, texts };
}
