import { createHash } from 'node:crypto';
import { NoticeRefused, type ParsedNotice, parseNotice } from '@samspill/eforms';
import type { ImportRefusal, NoticeFile } from './import-result.js';

export type ReadFile =
  | { file: NoticeFile; id: string; notice: ParsedNotice; digest: string; xml: string }
  | { file: NoticeFile; refusal: ImportRefusal };

/** Reads one file; what cannot be understood becomes a refusal, so that the others go on. */
export function readFile({ name, xml: given }: NoticeFile, receivedAt: Date): ReadFile {
  // A name may come from anywhere, and PostgreSQL's text holds everything but this.
  const file = { name: name.replaceAll('\u0000', ''), xml: given };
  try {
    const notice = parseNotice(file.xml, { receivedAt });
    const xml = typeof file.xml === 'string' ? file.xml : Buffer.from(file.xml).toString('utf8');
    const digest = createHash('sha256').update(file.xml).digest('hex');
    return { file, notice, digest, xml, id: `${notice.noticeId}-${notice.version}` };
  } catch (error) {
    if (!(error instanceof NoticeRefused)) throw error;
    const { code, rule, line, column, messages } = error;
    return { file, refusal: { code, rule, line: line ?? null, column: column ?? null, messages } };
  }
}

/** Two notices may not share number and version: one of them would be lost. */
export function noticeDiffers(id: string): ImportRefusal {
  return {
    code: 'NOTICE_DIFFERS',
    rule: 'BT-701',
    line: null,
    column: null,
    messages: {
      nb: `En annen kunngjøring med nummer og versjon ${id} er allerede lagret. Gi rettelsen en ny versjon (BT-757).`,
      en: `Another notice with number and version ${id} is already stored. Give the correction a new version (BT-757).`,
    },
  };
}

/** The notice was read, but holds something that the store does not take. The log knows what. */
export function notStorable(): ImportRefusal {
  return {
    code: 'NOT_STORABLE',
    rule: null,
    line: null,
    column: null,
    messages: {
      nb: 'Kunngjøringen ble lest, men kunne ikke lagres. Meld fra med filen vedlagt; de andre filene er ikke berørt.',
      en: 'The notice was read but could not be stored. Report it with the file; the other files are not affected.',
    },
  };
}
