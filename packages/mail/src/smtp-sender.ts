import type { MailRoute } from '@samspill/subgraph';
import { createTransport } from 'nodemailer';
import type { ClaimedLetter } from './outbox.js';

const SECOND = 1_000;
/** How long an attempt may take; shorter than a letter is held, or another would begin before this one is over. */
const LONGEST_ATTEMPT = 90 * SECOND;

/** What came of an attempt. `failure` is a code: what servers say in words has addresses in it. */
export type SendOutcome =
  | { readonly kind: 'SENT' }
  | {
      /** Never, not now, or no server to say so. */
      readonly kind: 'REFUSED' | 'LATER' | 'UNREACHABLE';
      readonly failure: string;
    };

export type SendLetter = (letter: ClaimedLetter) => Promise<SendOutcome>;

/** Sends by SMTP. A connection for each letter, so that none grows old between letters. */
export function smtpSender({ smtpUrl, from }: MailRoute, longest = LONGEST_ATTEMPT): SendLetter {
  return async (letter) => {
    const transport = createTransport({
      url: smtpUrl,
      connectionTimeout: 15 * SECOND,
      greetingTimeout: 15 * SECOND,
      socketTimeout: 30 * SECOND,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<SendOutcome>((resolve) => {
      timer = setTimeout(() => resolve({ kind: 'UNREACHABLE', failure: 'TOO_LONG' }), longest);
    });
    try {
      const sending = transport.sendMail(messageOf(letter, from)).then(
        (): SendOutcome => ({ kind: 'SENT' }),
        (error: SmtpError) => outcomeOf(error),
      );
      return await Promise.race([sending, tooLong]);
    } finally {
      clearTimeout(timer);
      transport.close();
    }
  };
}

/** The same letter is the same message, however often it is sent: its id and its date are those of the letter. */
export function messageOf(letter: ClaimedLetter, from: string) {
  const { calendar } = letter;
  return {
    from,
    // As an object, so that nothing is read as an address but the address.
    to: { address: letter.toEmail, name: letter.toName ?? '' },
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
    messageId: letter.messageId,
    date: letter.queuedAt,
    headers: {
      'Content-Language': letter.language,
      // So that nobody's "I am on holiday" comes back, RFC 3834.
      'Auto-Submitted': 'auto-generated',
    },
    ...(calendar && {
      icalEvent: { method: methodOf(calendar), content: calendar, filename: 'samspill.ics' },
    }),
  };
}

/** Mail programmes offer to accept a REQUEST and to remove what a CANCEL names, if the part says which it is. */
function methodOf(calendar: string): string {
  return /^METHOD:(\w+)\s*$/m.exec(calendar)?.[1] ?? 'PUBLISH';
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
  readonly response?: string;
}

/** What servers say of a mailbox that is not there, and of one that has moved or cannot be. */
const NO_SUCH_MAILBOX = new Set([550, 551, 553]);
/** RFC 3463: refused by a rule, such as that we may not send by this server. Somebody can mend that. */
const BY_A_RULE = /\b5\.7\.\d+\b/;

/**
 * Only that there is no such mailbox is about this letter, and for good. Everything else may be about us — a server
 * that does not know our password refuses all letters alike — and gets the time that it takes to be mended.
 */
function outcomeOf({ code = 'UNKNOWN', responseCode, command, response = '' }: SmtpError): SendOutcome {
  const failure = [code, responseCode].filter((part) => part !== undefined).join(' ');
  if (responseCode === undefined) return { kind: 'UNREACHABLE', failure };
  const isForGood = command === 'RCPT TO' && NO_SUCH_MAILBOX.has(responseCode) && !BY_A_RULE.test(response);
  return { kind: isForGood ? 'REFUSED' : 'LATER', failure };
}
