import type { Pattern } from './finding.js';

/** A number with a unit that describes a thing; minutes, pupils, kilometres and square metres describe a need as well. */
const MEASUREMENT =
  /(?<![\p{L}\p{N}])(?:\d+(?:[.,]\d+)?\s?(?:[x×]\s?\d+(?:[.,]\d+)?|(?:mm|cm|kg|kW|kWh|W|V|GB|TB|MB|GHz|MHz|Hz|dB|lux|lumen|lm|bar|Nm|hk|dpi|piksler|megapiksler|tommer|Mbit\/s|Mbps|Gbit\/s|l\/s|m³\/h|m3\/h|°C|mAh|kPa|kN)(?![\p{L}\p{N}])|″|"))/gu;

/** Two are no coincidence any more. */
const DENSE = 2;

/** What is written like a model number and is a standard, a road, a form or a season. */
const NOT_A_MODEL =
  /^(?:NS|EN|ISO|IEC|DIN|TEK|EU|EØS|EF|FOR|LOV|NOK|CPV|COVID|SDG|KOFA|SAK|RV|FV|KV|EV|E|CO|IP|RAL|WCAG|AAA?|GNR|BNR|HMS|ID|UN|NR)-?\d|^[A-ZÆØÅ]-?(?:19|20)\d\d$/iu;

const MODEL = /(?<![\p{L}\p{N}/-])[A-ZÆØÅ]{1,4}-?\d{3,5}[A-Za-z]{0,2}(?![\p{L}\p{N}/-])/gu;

/** What no list of words can say: how specifications are put together. */
export const patterns: readonly Pattern[] = [
  {
    id: 'specification.type',
    category: 'SPECIFICATION',
    find: every(
      /(?<!\p{L})(?:av (?:type(?:n)?|merket?|fabrikat(?:et)?|modell(?:en)?)|fabrikat(?:et)?|skal være av typen?|skal vere av typen?)(?!\p{L})/giu,
      /(?<!\p{L})(?:eller|og|el\.?) tilsvar(?:ende|ande)(?!\p{L})/giu,
      /(?<!\p{L})tilsvar(?:ende|ande) \p{Lu}[\p{L}\p{N}-]+/gu,
    ),
    suggestion: {
      nb: 'Skriv hva den typen er god for; da kan også det som er bedre, tilbys.',
      nn: 'Skriv kva den typen er god for; då kan også det som er betre, bli tilbode.',
      en: 'Say what that type is good for; then something better can be offered as well.',
    },
  },
  {
    id: 'specification.article',
    category: 'SPECIFICATION',
    find: every(
      /(?<!\p{L})(?:artikkel|vare|produkt|modell|dele|bestillings)(?:nummer|nr)(?:et|e|ne|ene|a)?(?!\p{L})/giu,
      /(?<!\p{L})(?:art\.? ?nr|data ?blad|produktblad|produktark)\p{L}*/giu,
    ),
    suggestion: {
      nb: 'Et nummer peker på én vare hos én leverandør. Skriv hva varen skal gjøre for brukerne.',
      nn: 'Eit nummer peikar på éi vare hos éin leverandør. Skriv kva vara skal gjere for brukarane.',
      en: 'A number points at one article of one supplier. Say what the article is to do for the users.',
    },
  },
  {
    id: 'specification.construction',
    category: 'SPECIFICATION',
    find: every(
      /(?<!\p{L})(?:skal|må) (?:bestå av|være (?:utstyrt med|laget av|utført i|bygd av|bygget av|produsert (?:av|i)|montert)|vere (?:utstyrt med|laga av|utført i|bygd av|produsert (?:av|i)|montert)|(?:leveres|leverast|utstyres|utstyrast) med)(?!\p{L})/giu,
      /(?<!\p{L})(?:i|av) (?:rustfritt|galvanisert|børstet|børsta|syrefast) (?:stål|metall)/giu,
      /(?<!\p{L})kompatib(?:el|elt|le) med(?!\p{L})/giu,
      /(?<![\p{L}\p{N}])RAL ?\d{4}(?!\d)/gu,
      /(?<![\p{L}\p{N}])IP ?[0-6]\d(?!\d)/gu,
    ),
    suggestion: {
      nb: 'Skriv hva det skal tåle, hva det skal virke sammen med og hva det skal føre til, ikke hva det er satt sammen av.',
      nn: 'Skriv kva det skal tole, kva det skal verke saman med og kva det skal føre til, ikkje kva det er sett saman av.',
      en: 'Say what it has to stand, what it has to work with and what it is to lead to, not what it is put together of.',
    },
  },
  {
    id: 'measurements',
    category: 'MEASUREMENTS',
    // How much it is about is said in numbers, and should be.
    except: ['volume'],
    find: (text) =>
      sentencesOf(text).flatMap(({ start, sentence }) => {
        const found = [...sentence.matchAll(MEASUREMENT)];
        const [first] = found;
        const last = found.at(-1);
        if (found.length < DENSE || !first || !last) return [];
        return [{ start: start + first.index, end: start + last.index + last[0].length }];
      }),
    suggestion: {
      nb: 'Mål hører hjemme i et kravdokument. Skriv hva målene skal sikre, for eksempel «to kan arbeide der samtidig».',
      nn: 'Mål høyrer heime i eit kravdokument. Skriv kva måla skal sikre, til dømes «to kan arbeide der samtidig».',
      en: 'Measurements belong in a specification. Say what they are to ensure, such as "two can work there at the same time".',
    },
  },
  {
    id: 'model',
    category: 'MODEL_NUMBER',
    find: (text) =>
      every(
        MODEL,
        /(?<!\p{L})(?:modell|utgave|utgåve) (?=[\p{L}-]*\d)[\p{L}\p{N}-]{2,}/giu,
      )(text).filter(({ start, end }) => !NOT_A_MODEL.test(text.slice(start, end))),
    suggestion: {
      nb: 'En modell går ut av handelen, og behovet står igjen. Skriv hva den modellen gjør for dere i dag.',
      nn: 'Ein modell går ut av handelen, og behovet står att. Skriv kva den modellen gjer for dykk i dag.',
      en: 'A model goes out of trade, and the need remains. Say what that model does for you today.',
    },
  },
];

function every(...expressions: readonly RegExp[]): Pattern['find'] {
  return (text) =>
    expressions.flatMap((expression) =>
      [...text.matchAll(expression)].map((match) => ({
        start: match.index,
        end: match.index + match[0].length,
      })),
    );
}

/** Ends of sentences, and of lines: a list of specifications often has no full stops. */
function sentencesOf(text: string): { start: number; sentence: string }[] {
  return [...text.matchAll(/[^\n]+?(?:[.!?](?=\s)|\n|$)/g)].map((match) => ({
    start: match.index,
    sentence: match[0],
  }));
}
