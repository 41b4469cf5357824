import type { Messages } from '@samspill/subgraph';

/** Why a file was not taken in, as it is kept, and as it is said. */
export const REFUSALS = {
  SIZE_DIFFERS: {
    nb: 'Filen har ikke den størrelsen som ble oppgitt. Last den opp på nytt.',
    nn: 'Fila har ikkje den storleiken som vart oppgitt. Last ho opp på nytt.',
    en: 'The file is not of the size that was stated. Upload it again.',
  },
  TYPE_NOT_TAKEN: {
    nb: 'Filen er ikke av en type som tas imot her, hva den enn heter. Lagre den som PDF, og last den opp på nytt.',
    nn: 'Fila er ikkje av ein type som blir teken imot her, kva ho enn heiter. Lagre ho som PDF, og last ho opp på nytt.',
    en: 'The file is not of a type that is taken here, whatever its name is. Save it as a PDF, and upload it again.',
  },
  NAME_DISAGREES: {
    nb: 'Innholdet i filen er noe annet enn navnet sier. Gi filen det navnet som hører til innholdet, og last den opp på nytt.',
    nn: 'Innhaldet i fila er noko anna enn namnet seier. Gi fila det namnet som høyrer til innhaldet, og last ho opp på nytt.',
    en: 'The contents of the file are something else than its name says. Give it the name that goes with its contents, and upload it again.',
  },
  NOT_UTF8: {
    nb: 'Filen er ikke ren tekst i UTF-8. Lagre den på nytt med tegnsettet UTF-8 (i Excel: «CSV UTF-8»), og last den opp igjen.',
    nn: 'Fila er ikkje rein tekst i UTF-8. Lagre ho på nytt med teiknsettet UTF-8 (i Excel: «CSV UTF-8»), og last ho opp igjen.',
    en: 'The file is not plain text in UTF-8. Save it again with the encoding UTF-8 (in Excel: "CSV UTF-8"), and upload it again.',
  },
  OLD_OR_PROTECTED_OFFICE: {
    nb: 'Filen er i et eldre Office-format eller beskyttet med passord. Lagre den uten passord som .docx, .xlsx, .pptx eller PDF, og last den opp på nytt.',
    nn: 'Fila er i eit eldre Office-format eller verna med passord. Lagre ho utan passord som .docx, .xlsx, .pptx eller PDF, og last ho opp på nytt.',
    en: 'The file is in an older Office format or protected by a password. Save it without a password as .docx, .xlsx, .pptx or PDF, and upload it again.',
  },
  HAS_MACROS: {
    nb: 'Dokumentet inneholder makroer (programkode). Lagre det uten makroer, og last det opp på nytt.',
    nn: 'Dokumentet inneheld makroar (programkode). Lagre det utan makroar, og last det opp på nytt.',
    en: 'The document contains macros (program code). Save it without macros, and upload it again.',
  },
  DAMAGED: {
    nb: 'Filen er skadet og kan ikke åpnes. Åpne den hos deg selv, lagre den på nytt, og last den opp igjen.',
    nn: 'Fila er skadd og kan ikkje opnast. Opne ho hjå deg sjølv, lagre ho på nytt, og last ho opp igjen.',
    en: 'The file is damaged and cannot be opened. Open it on your own machine, save it again, and upload it again.',
  },
  UNPACKS_TOO_LARGE: {
    nb: 'Filen pakker ut til mye mer enn et dokument trenger, og ble avvist for sikkerhets skyld. Lagre den som PDF, og last den opp på nytt.',
    nn: 'Fila pakkar ut til mykje meir enn eit dokument treng, og vart avvist for tryggleiks skuld. Lagre ho som PDF, og last ho opp på nytt.',
    en: 'The file unpacks to far more than a document needs, and was refused to be on the safe side. Save it as a PDF, and upload it again.',
  },
  NESTED_ARCHIVE: {
    nb: 'Dokumentet har et arkiv (zip eller lignende) inni seg. Ta det ut, og last det opp på nytt.',
    nn: 'Dokumentet har eit arkiv (zip eller liknande) inni seg. Ta det ut, og last det opp på nytt.',
    en: 'The document has an archive (zip or the like) inside it. Take it out, and upload it again.',
  },
  MALWARE: {
    nb: 'Skanneren fant skadevare i filen, og den er slettet. Undersøk maskinen som filen kommer fra.',
    nn: 'Skannaren fann skadevare i fila, og ho er sletta. Undersøk maskina som fila kjem frå.',
    en: 'The scanner found malware in the file, and it has been deleted. Examine the machine that the file comes from.',
  },
  LOST: {
    nb: 'Filen gikk tapt hos oss før den var kontrollert. Last den opp på nytt.',
    nn: 'Fila gjekk tapt hjå oss før ho var kontrollert. Last ho opp på nytt.',
    en: 'The file was lost on our side before it had been checked. Upload it again.',
  },
} as const satisfies Record<string, Messages>;

export type RefusalCode = keyof typeof REFUSALS;
