import type { DemoSession } from './demo-events.js';

/** The programme of a conference like the one in Askim in October 2017. All names of people are invented. */
const sessions: DemoSession[] = [
  ['Registrering og kaffe', 'Møt innkjøperne fra de fem kommunene før det begynner.', '08:30', '09:00'],
  [
    'Velkommen',
    'Offentlig og privat side skal få fram det beste i hverandre, og vi skal ikke favorisere noen: De samme spillereglene gjelder for alle.',
    '09:00',
    '09:15',
    [null, 'Askim kommune', 'Ordføreren'],
  ],
  [
    'Innovative anskaffelser: snakk sammen før anbudet',
    'Når kommunen beskriver behovet og lar leverandørene finne løsningen, blir resultatet bedre for begge. Om markedsdialog i praksis.',
    '09:15',
    '10:00',
    ['Hedda Solvang-Demo', 'Innovasjonsforum Demo', 'Rådgiver'],
  ],
  [
    'Slik vinner du anbud',
    'Hva skiller et tilbud som vinner, fra et som blir avvist? Vanlige feil, og hvordan små bedrifter kan konkurrere med de store.',
    '10:15',
    '11:15',
    ['Sunniva Eikeland-Demo', 'Anbudsskolen Demo AS', 'Kursholder'],
    [null, 'Innkjøpssamarbeidet i Indre Østfold', 'Innkjøpssjef'],
  ],
  ['Lunsj', null, '11:15', '12:00'],
  [
    'Lærlinger: oppdrag som gir læreplasser',
    'Hvordan kravet om lærlinger virker, og hva det betyr for bedriften og den unge.',
    '12:00',
    '12:40',
    ['Torgeir Myhrvold-Demo', 'Opplæringskontoret Demo', 'Daglig leder'],
    ['Emilie Haug-Demo', 'Mysen Rørleggerverksted AS', 'Lærling'],
  ],
  [
    'Seriøst arbeidsliv: sammen mot arbeidslivskriminalitet',
    'Arbeidslivskriminalitet undergraver velferden og utkonkurrerer lovlydige bedrifter. Hvordan kommunen handler av seriøse aktører, og hva leverandører kan vise fram.',
    '12:40',
    '13:30',
    [null, 'Samarbeidet mot arbeidslivskriminalitet (demo)', 'Koordinator'],
    ['Rolf Aamodt-Demo', 'Bransjeforeningen Demo', 'Fagsjef'],
  ],
  [
    'Fem kommuner blir én',
    'Askim, Eidsberg, Hobøl, Spydeberg og Trøgstad blir Indre Østfold i 2020, og handler for om lag 600 millioner kroner i året. Hva betyr det for leverandørene?',
    '13:45',
    '14:30',
    [null, 'Indre Østfold, under etablering', 'Prosjektrådmannen'],
    [null, 'Innkjøpssamarbeidet i Indre Østfold', 'Innkjøpssjef'],
  ],
  [
    'Mingling: innkjøpere og leverandører møtes',
    'Korte samtaler ved bordene, like lange for alle.',
    '14:30',
    '15:30',
  ],
];

export const conference2017 = { sessions };
