import type { DraftOrganisation } from '@samspill/eforms';
import { type Money, organisationNumberCheckDigit, stableId } from '@samspill/values';

/** The number of a demo notice. `dialogue` and `events` make the same ids of the same words. */
export const noticeNumber = (slug: string) => stableId('demo-notice', slug);
export const procedure = (slug: string) => stableId('demo-procedure', slug);

const MILLION = 100_000_000;
export const nok = (millions: number): Money => ({ amount: Math.round(millions * MILLION), currency: 'NOK' });

const contact = (name: string) => ({ name, email: 'innkjop@example.no', telephone: '+47 69 00 00 00' });

export const indreOstfold: DraftOrganisation = {
  name: 'Indre Østfold kommune',
  organisationNumber: '920123899',
  city: 'Askim',
  postCode: '1830',
  contact: contact('Innkjøpsavdelingen'),
};

/** The other buyers and all suppliers have synthetic numbers, which begin with 2 or 3 and belong to nobody. */
function synthetic(first8: string, name: string, city: string, postCode: string): DraftOrganisation {
  return { name, organisationNumber: `${first8}${organisationNumberCheckDigit(first8)}`, city, postCode };
}

export const askim = synthetic('21000001', 'Askim kommune', 'Askim', '1830');
export const hobol = synthetic('21000003', 'Hobøl kommune', 'Elvestad', '1827');
export const marker = synthetic('21000004', 'Marker kommune', 'Ørje', '1870');
export const rakkestad = synthetic('21000005', 'Rakkestad kommune', 'Rakkestad', '1890');

export const glommenBygg = synthetic('31000001', 'Glommen Bygg og Anlegg AS', 'Askim', '1830');
export const mysenRor = synthetic('31000002', 'Mysen Rørleggerverksted AS', 'Mysen', '1850');
export const oyeren = synthetic('31000003', 'Øyeren Velferdsteknologi AS', 'Spydeberg', '1820');
export const haldenRenhold = synthetic('31000004', 'Haldenvassdraget Renhold AS', 'Ørje', '1870');
export const skolebuss = synthetic('31000005', 'Trøgstad Skolebuss AS', 'Skjønhaug', '1860');
export const nordisk = synthetic('31000007', 'Nordisk Entreprenør Demo ASA', 'Oslo', '0150');

export const APPRENTICES =
  'Minst ti prosent av arbeidede timer i relevante fag skal utføres av lærlinger, og minst én lærling skal delta. Timene rapporteres hvert kvartal.';
