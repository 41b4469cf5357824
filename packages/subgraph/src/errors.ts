import { GraphQLError } from 'graphql';

/**
 * The closed list of `extensions.code`. Front ends branch on these and on nothing else; the message is
 * for people.
 */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'BAD_USER_INPUT'
  | 'RATE_LIMITED'
  | 'SERVICE_UNAVAILABLE'
  | 'INTERNAL';

/** The languages of the product: bokmål, nynorsk, English. */
export type Language = 'nb' | 'nn' | 'en';

/** A sentence in each language. Nynorsk may be left out; its readers then get bokmål. */
export interface Messages {
  readonly nb: string;
  readonly nn?: string;
  readonly en: string;
}

/** An error that the client is meant to read: what went wrong and what to do next, nothing internal. */
export class PublicError extends GraphQLError {
  override readonly name = 'PublicError';

  constructor(
    readonly code: ErrorCode,
    readonly messages: Messages,
    extensions: Record<string, unknown> = {},
  ) {
    super(messages.en, { extensions: { ...extensions, code, messages } });
  }

  static badInput(messages: Messages, argument?: string): PublicError {
    return new PublicError('BAD_USER_INPUT', messages, argument ? { argument } : {});
  }
}

export function inLanguage(messages: Messages, language: Language): string {
  return language === 'nn' ? (messages.nn ?? messages.nb) : messages[language];
}

/**
 * The best of our languages for an `Accept-Language` header; bokmål when it names none of them.
 * `no` is what many browsers in Norway send.
 */
export function preferredLanguage(header: string | undefined): Language {
  const wishes = (header ?? '')
    .split(',')
    .map((part, position) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
      return { tag: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality), position };
    })
    .filter((wish) => wish.quality > 0)
    .sort((a, b) => b.quality - a.quality || a.position - b.position);
  for (const { tag } of wishes) {
    if (tag === 'nb' || tag === 'no') return 'nb';
    if (tag === 'nn' || tag === 'en') return tag;
  }
  return 'nb';
}
