import { describe, expect, it } from 'vitest';
import { demoChains } from '../demo/demo-chains.js';
import type { GivenTexts } from '../need/need-texts.js';
import { reasons } from './finding.js';
import { findingsIn, MOST_FINDINGS } from './findings-in.js';
import { patterns } from './patterns.js';
import { wordGroups } from './words.js';

const matched = (effect: string) =>
  findingsIn({ effect }).map(({ category, matched }) => `${category} ${matched}`);

describe('words', () => {
  it.each([
    ['Vi trenger iPader til elevene.', ['BRAND iPader']],
    ['Elevene skal bruke IPAD eller Chromebooks.', ['BRAND IPAD', 'BRAND Chromebooks']],
    ['Møtene holdes i Teams-rom.', ['BRAND Teams']],
    ['Vi bruker Microsoft 365 i dag.', ['BRAND Microsoft 365']],
    ['Alle barn skal ha nettbrettet med hjem.', ['PRODUCT nettbrettet']],
    ['Et nytt skolenettbrettprogram.', ['PRODUCT skolenettbrettprogram']],
    ['Fem nye varebiler og en minibuss.', ['PRODUCT varebiler', 'PRODUCT minibuss']],
    ['Foresatte får beskjed i appen.', ['SOLUTION appen']],
    ['Én innbyggerportal for alt.', ['SOLUTION innbyggerportal']],
    ['En læringsplattform for alle skolene.', ['SOLUTION læringsplattform']],
    ['Vi ønsker kunstig intelligens og sensorer.', ['SOLUTION kunstig intelligens', 'SOLUTION sensorer']],
    ['Kameraovervåking på skoleveien.', ['SOLUTION Kameraovervåking']],
    ['Tryggleiksalarmar og rullatorar.', ['PRODUCT rullatorar']],
    ['Matvognene skal komme varme fram.', ['PRODUCT Matvognene']],
    ['HÅG-stoler til alle.', ['BRAND HÅG']],
    ['Volvoen er gammel.', ['BRAND Volvoen']],
  ])('are found in %j', (text, expected) => {
    expect(matched(text)).toEqual(expected);
  });

  it.each([
    'Lærerne arbeider i team, og alle teams er forskjellige.',
    'Læreren skriver ned hva eleven har lært, og snakker om det.',
    'Vi vil ha et apparat av mennesker rundt barnet, og appellere til de unge.',
    'Systematisk arbeid i systemet rundt barnet.',
    'Alle skal excellere og zoome inn på det viktige.',
    'Kommunen sier fra på forhånd, og alle kan uttale seg med egne ord.',
    'De eldre skal kunne bo i egen bolig, med tilsyn når de ønsker det.',
    'Et barn i rullestol kommer fram til minst halvparten av lekene uten hjelp.',
    'Elever med rett til skyss hentes av en voksen de kjenner.',
    'Det skal være rent når skoledagen begynner, og ingen skal bli syke av det.',
    'Måltidene skal smake, og være noe å glede seg til.',
    'Den som er prior i klosteret, og tine som drypper om våren.',
    'Vinduer mot sør gir lys, og surface betyr overflate.',
    'Kommunens innbyggere har en ford og en bakside å gå på.',
    'Å gi hjelp tidlig er bedre enn å gi mye hjelp sent.',
    'Tiltaket skal gi en modell for samarbeid som andre kan bruke.',
    'Les mer på https://kommune.no/app/nettbrett og www.visma.no, eller skriv til ipad@kommune.no.',
    'Kjøreruter og tunnelportaler, og en plattform for samtale.',
    'Tilsvarende periode i fjor var antallet 30.',
  ])('are not found in %j', (text) => {
    expect(matched(text)).toEqual([]);
  });
});

describe('turns of phrase', () => {
  it.each([
    ['Stoler av typen kontor.', ['SPECIFICATION av typen']],
    [
      'Maling av merket Jotun eller tilsvarende.',
      ['SPECIFICATION av merket', 'BRAND Jotun', 'SPECIFICATION eller tilsvarende'],
    ],
    ['Bord eller tilsvarande.', ['SPECIFICATION eller tilsvarande']],
    ['Oppgi varenummeret i databladet.', ['SPECIFICATION varenummeret', 'SPECIFICATION databladet']],
    ['Benken skal være laget av eik.', ['SPECIFICATION skal være laget av']],
    ['Må leverast med to nøklar.', ['SPECIFICATION Må leverast med']],
    ['Hyller i rustfritt stål.', ['SPECIFICATION i rustfritt stål']],
    ['Kompatibel med dagens utstyr.', ['SPECIFICATION Kompatibel med']],
    ['Farge RAL 7016 og klasse IP65.', ['SPECIFICATION RAL 7016', 'SPECIFICATION IP65']],
    ['Maskinen har 16 GB minne og 512 GB lagring.', ['MEASUREMENTS 16 GB minne og 512 GB']],
    ['Bordet er 1200 x 800 og veier 25 kg.', ['MEASUREMENTS 1200 x 800 og veier 25 kg']],
    ['Vi har en RX500 i dag.', ['MODEL_NUMBER RX500']],
    ['Reservedeler til modell 840-G9.', ['MODEL_NUMBER modell 840-G9']],
  ])('are found in %j', (text, expected) => {
    expect(matched(text)).toEqual(expected);
  });

  it.each([
    'Etter NS8405 og NS-EN1090 og ISO9001, og TEK17.',
    'Langs E18 og FV115 fram til Askim.',
    'Fra H2026 til V2027, etter COVID-19.',
    'Om lag 180 elever og 65 000 turer i året, innen fem minutter.',
    'Støyen er under 35 dB i klasserommene.',
    'Utslippene er redusert med 55 prosent innen 2030.',
    'Temperaturen er mellom 19 og 22 grader i 16 skoler.',
    'Saken er behandlet 12.03.2026 som sak 45/26.',
  ])('are not found in %j', (text) => {
    expect(matched(text)).toEqual([]);
  });

  it('let numbers be where it is said how much', () => {
    const volume = 'Lasterom på 1200 x 800 og 600 kg.';
    expect(findingsIn({ volume })).toEqual([]);
    expect(findingsIn({ effect: volume })).toHaveLength(1);
  });
});

describe('a finding', () => {
  const texts: GivenTexts = {
    title: 'Nettbrett til alle',
    effect: 'Alle skal få nettbrett.\nOg så et nettbrett til.',
    successCriteria: ['Ni av ti er fornøyde.', 'Alle kan bruke iPad på skolen og hjemme.'],
  };

  it('says where it stands', () => {
    for (const { field, index, start, end, matched, excerpt } of findingsIn(texts)) {
      const given = texts[field] as string | string[];
      const text = (typeof given === 'string' ? given : given[index as number]) as string;
      expect(text.slice(start, end)).toBe(matched);
      expect(excerpt).toContain(matched);
    }
    expect(findingsIn(texts).map(({ field, index }) => [field, index])).toEqual([
      ['title', null],
      ['effect', null],
      ['successCriteria', 1],
    ]);
  });

  it('is the same as long as the same words stand in the same field', () => {
    const [title, effect, criterion] = findingsIn(texts).map(({ id }) => id);
    expect(new Set([title, effect, criterion]).size).toBe(3);
    const moved = findingsIn({
      effect: `Først litt annet. ${texts.effect}`,
      successCriteria: [...(texts.successCriteria ?? [])].reverse(),
    });
    expect(moved.map(({ id }) => id)).toEqual([effect, criterion]);
    expect(findingsIn({ title: 'Nettbrettet til alle' })[0]?.id).not.toBe(title);
  });

  it('says why and what instead, in every language', () => {
    const languages = (each: { nb: string; nn: string; en: string }) =>
      new Set([each.nb, each.nn, each.en]).size;
    for (const each of [...wordGroups, ...patterns]) expect(languages(each.suggestion), each.id).toBe(3);
    for (const [category, why] of Object.entries(reasons)) expect(languages(why), category).toBe(3);
  });

  it('shows some words around it, and whole ones', () => {
    const effect = `${'Vi vil at alle skal ha det godt. '.repeat(5)}De får nettbrett. ${'Og så videre i teksten. '.repeat(5)}`;
    const [finding] = findingsIn({ effect });
    expect(finding?.excerpt).toBe(
      '… vil at alle skal ha det godt. De får nettbrett. Og så videre i teksten. Og så videre …',
    );
  });
});

describe('the list of words', () => {
  const words = wordGroups.flatMap((group) => group.words);

  it('is long, has every word once and every id once', () => {
    expect(words.length).toBeGreaterThan(150);
    expect(words.filter((each, at) => words.indexOf(each) !== at)).toEqual([]);
    const ids = [...wordGroups, ...patterns].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('finds each of its words as it stands', () => {
    for (const { id, words } of wordGroups) {
      for (const word of words) {
        const plain = word.replace(/^=/, '').replaceAll('*', '');
        expect(
          findingsIn({ effect: `Vi vil ha ${plain} her.` }).map(({ rule }) => rule),
          word,
        ).toContain(id);
      }
    }
  });

  it('finds nothing in the needs of the demo, which say what', () => {
    for (const { need } of demoChains(new Date('2026-03-02T09:00:00Z'))) {
      expect(
        findingsIn(need).map(({ matched, field }) => `${field}: ${matched}`),
        need.title,
      ).toEqual([]);
    }
  });
});

it('stops at some point, and is not slow however strange the text', () => {
  const strange = [
    'a'.repeat(50_000),
    'nettbrett '.repeat(5_000),
    '1 x '.repeat(12_000),
    'skal være '.repeat(5_000),
    `${'A1'.repeat(25_000)}`,
    Array.from({ length: 2_000 }, (_, at) => `XC${at}00a`).join(' '),
    '-'.repeat(50_000),
    '@'.repeat(50_000),
    `${'a'.repeat(25_000)}@`,
  ];
  for (const effect of strange) {
    const began = performance.now();
    expect(findingsIn({ effect }).length).toBeLessThanOrEqual(MOST_FINDINGS);
    expect(performance.now() - began, effect.slice(0, 20)).toBeLessThan(2_000);
  }
});
