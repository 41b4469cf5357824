import type { Messages } from '@samspill/subgraph';
import type { NeedTexts } from '../need/need-texts.js';

export type FindingCategory =
  | 'BRAND'
  | 'PRODUCT'
  | 'SOLUTION'
  | 'SPECIFICATION'
  | 'MEASUREMENTS'
  | 'MODEL_NUMBER';

/** A sentence in all three languages, nynorsk too. */
export type AllLanguages = Required<Messages>;

export interface WordGroup {
  readonly id: string;
  readonly category: FindingCategory;
  readonly words: readonly string[];
  readonly suggestion: AllLanguages;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Pattern {
  readonly id: string;
  readonly category: FindingCategory;
  /** Texts that it does not look at. */
  readonly except?: readonly (keyof NeedTexts)[];
  readonly find: (text: string) => readonly Span[];
  readonly suggestion: AllLanguages;
}

/** Something in a need that seems to say how instead of what. Advice: a person decides. */
export interface Finding extends Span {
  /** The same for the same words in the same field, wherever in it they stand. */
  readonly id: string;
  readonly rule: string;
  readonly category: FindingCategory;
  readonly field: keyof NeedTexts;
  /** Which of a list, such as the third success criterion; null for a text that stands alone. */
  readonly index: number | null;
  /** What was found, as it stands there. */
  readonly matched: string;
  /** The words around it. */
  readonly excerpt: string;
  readonly why: AllLanguages;
  readonly suggestion: AllLanguages;
}

/** Why each kind is worth a thought. */
export const reasons: Readonly<Record<FindingCategory, AllLanguages>> = {
  BRAND: {
    nb: 'Et merkenavn stenger ute alle andre leverandører, og er ulovlig i en konkurranse uten særlig grunn.',
    nn: 'Eit merkenamn stengjer ute alle andre leverandørar, og er ulovleg i ein konkurranse utan særleg grunn.',
    en: 'A brand name shuts out all other suppliers, and is unlawful in a competition without a particular reason.',
  },
  PRODUCT: {
    nb: 'Et produkt er ett svar på behovet. Markedet kan ha bedre svar, men foreslår dem bare når spørsmålet er åpent.',
    nn: 'Eit produkt er eitt svar på behovet. Marknaden kan ha betre svar, men foreslår dei berre når spørsmålet er ope.',
    en: 'A product is one answer to the need. The market may have better ones, and proposes them only when the question is open.',
  },
  SOLUTION: {
    nb: 'Ordet sier hvordan, ikke hva. Når løsningen er valgt på forhånd, er det ikke lenger noe å spørre markedet om.',
    nn: 'Ordet seier korleis, ikkje kva. Når løysinga er vald på førehand, er det ikkje lenger noko å spørje marknaden om.',
    en: 'The word says how, not what. Once the solution is chosen, there is nothing left to ask the market.',
  },
  SPECIFICATION: {
    nb: 'Dette ligner en kopiert spesifikasjon. Den beskriver det dere har, ikke det dere trenger.',
    nn: 'Dette liknar ein kopiert spesifikasjon. Han beskriv det de har, ikkje det de treng.',
    en: 'This looks like a copied specification. It describes what you have, not what you need.',
  },
  MEASUREMENTS: {
    nb: 'Så mange mål i én setning beskriver en ting, ikke en virkning.',
    nn: 'Så mange mål i éi setning beskriv ein ting, ikkje ein verknad.',
    en: 'So many measurements in one sentence describe a thing, not an effect.',
  },
  MODEL_NUMBER: {
    nb: 'Dette ligner et modellnummer, og peker på én vare hos én produsent.',
    nn: 'Dette liknar eit modellnummer, og peikar på éi vare hos éin produsent.',
    en: 'This looks like a model number, and points at one article of one manufacturer.',
  },
};
