/** What is wrong with a chain where it breaks. */
export type BreakKind =
  /** What the entry says is not what was hashed. */
  | 'CHANGED'
  /** There is no entry with this sequence. */
  | 'MISSING'
  /** The entry that belongs here stands somewhere else. */
  | 'ORDER'
  /** Two entries have this sequence. */
  | 'DUPLICATE'
  /** The entry is right in itself, but continues another than the one before it. */
  | 'CHAIN'
  /** The entry was never appended: the head does not know of it. */
  | 'FORGED'
  /** The chain ends here, and once went on. */
  | 'TAIL_CUT'
  /** The head is gone, or is not the hash of the last entry. */
  | 'HEAD'
  /** The chain does not pass through what was signed, or the signature is not ours. */
  | 'CHECKPOINT'
  /** Another person was put where the entry's own had been. */
  | 'PERSON';

/** The row, as far as there is one, named so that somebody can go and look. */
export interface BrokenRow {
  /** Where it stands, which is not where it belongs when the order was changed; null when it was taken away. */
  readonly sequence: string | null;
  readonly at: string | null;
  readonly operation: string | null;
  readonly object: { readonly type: string | null; readonly id: string | null } | null;
}

export interface ChainBreak {
  readonly sequence: string;
  readonly what: BreakKind;
  /** Null when the row is missing. */
  readonly row: BrokenRow | null;
  readonly explanation: { readonly nb: string; readonly en: string };
}

/** `detail` is another sequence, or the day of a checkpoint. */
type Explain = (sequence: string, detail: string) => { nb: string; en: string };

const explanations: Record<BreakKind, Explain> = {
  CHANGED: (n) => ({
    nb: `Oppføring ${n} er endret etter at den ble skrevet: innholdet stemmer ikke med avtrykket.`,
    en: `Entry ${n} was changed after it was written: its content does not match its hash.`,
  }),
  MISSING: (n, next) => ({
    nb: `Oppføring ${n} mangler. Den neste som finnes, er ${next}.`,
    en: `Entry ${n} is missing. The next one there is ${next}.`,
  }),
  ORDER: (n, other) => ({
    nb: `Rekkefølgen er endret: oppføringen som hører til på plass ${n}, står på plass ${other}.`,
    en: `The order was changed: the entry that belongs at ${n} stands at ${other}.`,
  }),
  DUPLICATE: (n) => ({
    nb: `Det finnes flere oppføringer med nummer ${n}.`,
    en: `There is more than one entry with the number ${n}.`,
  }),
  CHAIN: (n, before) => ({
    nb: `Oppføring ${n} bygger ikke på oppføring ${before} slik den er nå. En av dem er byttet ut.`,
    en: `Entry ${n} does not continue entry ${before} as that is now. One of the two was replaced.`,
  }),
  FORGED: (n, last) => ({
    nb: `Oppføring ${n} er satt inn utenom loggen, som har siste oppføring ${last}.`,
    en: `Entry ${n} was put in past the log, whose last entry is ${last}.`,
  }),
  TAIL_CUT: (n, last) => ({
    nb: `Slutten av loggen er fjernet: oppføringene fra ${n} til minst ${last} mangler.`,
    en: `The end of the log was cut off: the entries from ${n} to at least ${last} are missing.`,
  }),
  HEAD: (n) => ({
    nb: `Loggens hode mangler eller stemmer ikke med siste oppføring, ${n}.`,
    en: `The head of the log is missing, or does not match the last entry, ${n}.`,
  }),
  CHECKPOINT: (n, day) => ({
    nb: `Kontrollpunktet for ${day} stemmer ikke ved oppføring ${n}: enten er loggen skrevet om siden da, eller så er ikke kontrollpunktet signert av oss.`,
    en: `The checkpoint of ${day} does not hold at entry ${n}: either the log was rewritten since, or the checkpoint was not signed by us.`,
  }),
  PERSON: (n) => ({
    nb: `Personen bak oppføring ${n} er byttet ut eller endret etter at den ble skrevet.`,
    en: `The person behind entry ${n} was exchanged or changed after it was written.`,
  }),
};

export function chainBreak(
  what: BreakKind,
  sequence: bigint,
  detail: bigint | string,
  row: BrokenRow | null,
): ChainBreak {
  const explanation = explanations[what](String(sequence), String(detail));
  return { sequence: String(sequence), what, row, explanation };
}
