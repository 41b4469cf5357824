/** The programme of the day. The numbers are seats at an item that has its own; there one chooses. */
export const programme: readonly {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly room?: string;
  readonly capacity?: number;
  readonly speakers?: readonly { name?: string; organisation?: string; role?: string }[];
}[] = [
  { title: 'Registrering og kaffe', from: '08:30', to: '09:00' },
  {
    title: 'Velkommen',
    from: '09:00',
    to: '09:15',
    speakers: [{ organisation: 'Askim kommune', role: 'Ordføreren' }],
  },
  {
    title: 'Innovative anskaffelser: snakk sammen før anbudet',
    from: '09:15',
    to: '10:00',
    speakers: [{ name: 'Hedda Solvang-Demo', organisation: 'Innovasjonsforum Demo', role: 'Rådgiver' }],
  },
  {
    title: 'Slik vinner du anbud',
    ...{ from: '10:15', to: '11:15', room: 'Storsalen', capacity: 70 },
    speakers: [
      { name: 'Sunniva Eikeland-Demo', organisation: 'Anbudsskolen Demo AS', role: 'Kursholder' },
      { organisation: 'Innkjøpssamarbeidet i Indre Østfold', role: 'Innkjøpssjef' },
    ],
  },
  { title: 'Lunsj', from: '11:15', to: '12:00' },
  {
    title: 'Lærlinger: oppdrag som gir læreplasser',
    ...{ from: '12:00', to: '12:40', room: 'Lillesalen', capacity: 40 },
    speakers: [{ name: 'Torgeir Myhrvold-Demo', organisation: 'Opplæringskontoret Demo' }],
  },
  { title: 'Fem kommuner blir én', from: '13:45', to: '14:30' },
  { title: 'Mingling: innkjøpere og leverandører møtes', from: '14:30', to: '15:30' },
];
/** The items that one chooses. */
export const chosen = programme.filter(({ capacity }) => capacity !== undefined);
