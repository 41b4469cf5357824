export type RefusalCode =
  | 'TOO_LARGE'
  | 'ENCODING_UNSUPPORTED'
  | 'ENCODING_INVALID'
  | 'NOT_XML'
  | 'DOCTYPE_FORBIDDEN'
  | 'PROCESSING_INSTRUCTION_FORBIDDEN'
  | 'TOO_DEEP'
  | 'TOO_MANY_ELEMENTS'
  | 'TOO_MANY_ATTRIBUTES'
  | 'TEXT_TOO_LONG'
  | 'NOT_A_NOTICE'
  | 'NOTICE_ID_MISSING'
  | 'NOTICE_TYPE_MISSING'
  | 'DISPATCH_DATE_MISSING';

export interface RefusalPlace {
  line?: number | null;
  column?: number | null;
  /** What exactly was found; shortened, because it comes from the sender. */
  detail?: string | null;
}

interface Reason {
  /** The business term, or the specification, that is broken. */
  rule: string;
  nb: string;
  en: string;
}

const REASONS: Record<RefusalCode, Reason> = {
  TOO_LARGE: {
    rule: 'LIMIT-SIZE',
    nb: 'Kunngjøringen er større enn det som tas imot. Send vedlegg som lenker.',
    en: 'The notice is larger than what is accepted. Send attachments as links.',
  },
  ENCODING_UNSUPPORTED: {
    rule: 'XML-4.3.3',
    nb: 'Tegnkodingen støttes ikke. Lagre filen som UTF-8 og send den på nytt.',
    en: 'The character encoding is not supported. Save the file as UTF-8 and send it again.',
  },
  ENCODING_INVALID: {
    rule: 'XML-4.3.3',
    nb: 'Filen inneholder bytes som ikke hører til den oppgitte tegnkodingen. Lagre den på nytt som UTF-8.',
    en: 'The file has bytes that do not belong to its declared encoding. Save it again as UTF-8.',
  },
  NOT_XML: {
    rule: 'XML-2.1',
    nb: 'Filen er ikke velformet XML. Rett feilen på det oppgitte stedet og send den på nytt.',
    en: 'The file is not well-formed XML. Mend it at the place given and send it again.',
  },
  DOCTYPE_FORBIDDEN: {
    rule: 'XML-2.8',
    nb: 'Filen har en DOCTYPE. Den trengs ikke i eForms og kan misbrukes: fjern den.',
    en: 'The file has a DOCTYPE. eForms needs none and it can be abused: remove it.',
  },
  PROCESSING_INSTRUCTION_FORBIDDEN: {
    rule: 'XML-2.6',
    nb: 'Filen har en prosesseringsinstruksjon, som eForms ikke bruker: fjern den.',
    en: 'The file has a processing instruction, which eForms does not use: remove it.',
  },
  TOO_DEEP: {
    rule: 'LIMIT-DEPTH',
    nb: 'Elementene er nøstet dypere enn noen kunngjøring trenger.',
    en: 'The elements are nested deeper than any notice needs.',
  },
  TOO_MANY_ELEMENTS: {
    rule: 'LIMIT-ELEMENTS',
    nb: 'Filen har flere elementer enn det som tas imot. Del opp anskaffelsen i flere kunngjøringer.',
    en: 'The file has more elements than what is accepted. Split the procurement into several notices.',
  },
  TOO_MANY_ATTRIBUTES: {
    rule: 'LIMIT-ATTRIBUTES',
    nb: 'Et element har flere attributter enn noen kunngjøring trenger.',
    en: 'An element has more attributes than any notice needs.',
  },
  TEXT_TOO_LONG: {
    rule: 'LIMIT-TEXT',
    nb: 'En tekst er lengre enn det som tas imot. Legg den i konkurransegrunnlaget og lenk til det.',
    en: 'A text is longer than what is accepted. Put it in the procurement documents and link to them.',
  },
  NOT_A_NOTICE: {
    rule: 'OPT-001',
    nb: 'Filen er XML, men ikke en eForms-kunngjøring. Send hele kunngjøringen, med eForms-rotelementet ytterst.',
    en: 'The file is XML but not an eForms notice. Send the whole notice, with the eForms root element outermost.',
  },
  NOTICE_ID_MISSING: {
    rule: 'BT-701',
    nb: 'Kunngjøringen mangler identifikator. Fyll ut cbc:ID med schemeName="notice-id".',
    en: 'The notice has no identifier. Fill in cbc:ID with schemeName="notice-id".',
  },
  NOTICE_TYPE_MISSING: {
    rule: 'BT-02',
    nb: 'Kunngjøringen sier ikke hvilken type den er. Fyll ut cbc:NoticeTypeCode.',
    en: 'The notice does not say which type it is. Fill in cbc:NoticeTypeCode.',
  },
  DISPATCH_DATE_MISSING: {
    rule: 'BT-05',
    nb: 'Kunngjøringen mangler sendedato. Fyll ut cbc:IssueDate.',
    en: 'The notice has no dispatch date. Fill in cbc:IssueDate.',
  },
};

/**
 * Thrown for what cannot be understood or must not be read. Everything that can be understood in spite of
 * its faults becomes a remark on the parsed notice instead.
 */
export class NoticeRefused extends Error {
  override readonly name = 'NoticeRefused';
  readonly rule: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly messages: { nb: string; en: string };

  constructor(
    readonly code: RefusalCode,
    { line = null, column = null, detail = null }: RefusalPlace = {},
  ) {
    const { rule, nb, en } = REASONS[code];
    const found = detail ? ` (${detail.replace(/\s+/g, ' ').slice(0, 160)})` : '';
    super(`${en}${found}`);
    this.rule = rule;
    this.line = line;
    this.column = column;
    this.messages = { nb: `${nb}${found}`, en: `${en}${found}` };
  }
}
