/** Somebody whom a developer can log in as. The roles are not in the token: they are granted in the graph, as demo data. */
export interface Persona {
  /** The subject at the development issuer, and the `login_hint` that logs in as this one. */
  readonly id: string;
  /** An invented name. */
  readonly name: string;
  /** Who it is, in bokmål, as the chooser shows it. */
  readonly description: string;
  /** The organisation that the person acts for; null for somebody who acts only for themselves. */
  readonly organisation: { readonly number: string; readonly name: string } | null;
  /** The municipality that grants the roles, by its number of today; null for those who have none. */
  readonly municipality: string | null;
  readonly roles: readonly string[];
}

const indreOstfold = {
  organisation: { number: '920123899', name: 'Indre Østfold kommune' },
  municipality: '3118',
} as const;

/** The name under which the development issuer is configured; a persona's id in the graph is made of it. */
export const DEVELOPMENT_ISSUER = 'development';

/** Those whom the development issuer knows. The public is not among them: it has no token. */
export const personas: readonly Persona[] = [
  {
    ...indreOstfold,
    id: 'officer',
    name: 'Ingrid Innkjøper',
    description: 'Innkjøper og åpner i Indre Østfold',
    roles: ['PROCUREMENT_OFFICER', 'OPENER', 'EVENT_HOST'],
  },
  {
    ...indreOstfold,
    id: 'evaluator',
    name: 'Einar Evaluator',
    description: 'Evaluator i Indre Østfold',
    roles: ['EVALUATOR'],
  },
  {
    ...indreOstfold,
    id: 'contract-manager',
    name: 'Kari Kontrakt',
    description: 'Kontraktsforvalter i Indre Østfold',
    roles: ['CONTRACT_MANAGER'],
  },
  {
    ...indreOstfold,
    id: 'administrator',
    name: 'Astrid Administrator',
    description: 'Administrator i Indre Østfold',
    roles: ['ADMINISTRATOR'],
  },
  {
    ...indreOstfold,
    id: 'event-host',
    name: 'Vigdis Vertskap',
    description: 'Arrangementsansvarlig i Indre Østfold',
    roles: ['EVENT_HOST'],
  },
  {
    id: 'officer-marker',
    name: 'Magnus Marker',
    description: 'Innkjøper og åpner i Marker',
    organisation: { number: '210000046', name: 'Marker kommune' },
    municipality: '3122',
    roles: ['PROCUREMENT_OFFICER', 'OPENER'],
  },
  {
    id: 'supplier',
    name: 'Lise Leverandør',
    description: 'Representant for Øyeren Velferdsteknologi AS',
    organisation: { number: '310000035', name: 'Øyeren Velferdsteknologi AS' },
    municipality: null,
    roles: [],
  },
  {
    id: 'supplier-2',
    name: 'Roger Rørlegger',
    description: 'Representant for Mysen Rørleggerverksted AS',
    organisation: { number: '310000027', name: 'Mysen Rørleggerverksted AS' },
    municipality: null,
    roles: [],
  },
  {
    id: 'supplier-3',
    name: 'Ragnhild Renhold',
    description: 'Representant for Haldenvassdraget Renhold AS',
    organisation: { number: '310000043', name: 'Haldenvassdraget Renhold AS' },
    municipality: null,
    roles: [],
  },
  {
    id: 'supplier-4',
    name: 'Bjørn Bygg',
    description: 'Representant for Glommen Bygg og Anlegg AS',
    organisation: { number: '310000019', name: 'Glommen Bygg og Anlegg AS' },
    municipality: null,
    roles: [],
  },
  {
    id: 'person',
    name: 'Petra Privatperson',
    description: 'Innlogget, men handler ikke for noen',
    organisation: null,
    municipality: null,
    roles: [],
  },
];
