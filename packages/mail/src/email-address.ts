import type { Mendable } from '@samspill/subgraph';

/** RFC 5321 allows no more. */
const LONGEST = 254;
const LONGEST_LOCAL_PART = 64;

/**
 * What people write before the @, without the quoted forms that the standard also allows: nobody has one, and in
 * them anything may hide that a mail server takes for something else.
 */
const LOCAL_PART = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
/** Letters of any alphabet, because `blåbær.no` is a domain; the mail library writes it in the manner of the net. */
const LABEL = /^[\p{L}\p{N}]([\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?$/u;

/** Whether mail can be sent there, as far as its form tells: one address, nothing around it. */
export function isEmailAddress(text: string): boolean {
  if (text.length > LONGEST) return false;
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const labels = text.slice(at + 1).split('.');
  return (
    at > 0 &&
    local.length <= LONGEST_LOCAL_PART &&
    LOCAL_PART.test(local) &&
    labels.length > 1 &&
    labels.every((label) => LABEL.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  );
}

/** A letter to what is no address. The address itself is not in the message, which may end in a log. */
export class InvalidEmailAddress extends Error {
  override readonly name = 'InvalidEmailAddress';

  constructor() {
    super('A letter was addressed to something that is no e-mail address.');
  }

  /** The same for whoever wrote the address. */
  static mend(path: readonly string[]): Mendable {
    return {
      code: 'EMAIL_INVALID',
      messages: {
        nb: 'Dette er ikke en e-postadresse. Skriv den på formen navn@eksempel.no, uten noe rundt.',
        nn: 'Dette er ikkje ei e-postadresse. Skriv ho på forma namn@eksempel.no, utan noko rundt.',
        en: 'This is not an e-mail address. Write it as name@example.no, with nothing around it.',
      },
      path,
    };
  }
}
