import type { Messages } from '@samspill/subgraph';

/** What became of one file. */
export type ImportResult = {
  /** The name that the sender gave the file. */
  name: string;
} & (
  | {
      outcome: 'IMPORTED' | 'UNCHANGED';
      noticeId: string;
      formType: string;
      noticeType: string;
      remarks: number;
    }
  | { outcome: 'REFUSED'; refusal: ImportRefusal }
);

export interface ImportRefusal {
  /** Stable code, such as NOTICE_ID_MISSING. */
  code: string;
  /** The business term or specification that is broken, such as BT-701. */
  rule: string | null;
  line: number | null;
  column: number | null;
  messages: Messages;
}

export interface NoticeFile {
  name: string;
  /** The XML. Bytes keep their declared encoding; text has been decoded by somebody else. */
  xml: string | Uint8Array;
}
