import { organisationNumberCheckDigit, stableId } from '@samspill/values';
import { SupplierSize } from '../supplier/supplier.js';

/**
 * Suppliers that belong to nobody real: their numbers begin with 3, a range that is only given to
 * synthetic organisations for testing.
 */
const KNOWN_AS_OF = new Date('2017-01-02T08:00:00Z');

interface DemoSupplier {
  first8: string;
  name: string;
  city: string;
  postCode: string;
  municipality: string;
  size: SupplierSize;
  cpv: [code: string, words: string][];
  /** What its people are still writing; nobody else sees it. */
  drafts?: [code: string, words: string][];
  trainings: [title: string, completedOn: string, hours: number][];
}

const TENDERING = 'Slik vinner du anbud: grunnkurs for små bedrifter';
const APPRENTICES = 'Lærlinger i offentlige kontrakter';
const SERIOUSNESS = 'Seriøst arbeidsliv: krav og dokumentasjon';

const suppliers: DemoSupplier[] = [
  {
    first8: '31000001',
    name: 'Glommen Bygg og Anlegg AS',
    city: 'Askim',
    postCode: '1830',
    municipality: '3118',
    size: SupplierSize.MEDIUM,
    cpv: [['45000000', 'Nybygg og rehabilitering av skoler og omsorgsboliger']],
    trainings: [
      [TENDERING, '2017-11-14', 6],
      [APPRENTICES, '2023-03-09', 3],
    ],
  },
  {
    first8: '31000002',
    name: 'Mysen Rørleggerverksted AS',
    city: 'Mysen',
    postCode: '1850',
    municipality: '0125',
    size: SupplierSize.SMALL,
    cpv: [['45330000', 'Rørleggerarbeid, vann og avløp']],
    drafts: [['45232410', 'Rehabilitering av avløpsledninger uten graving']],
    trainings: [[TENDERING, '2018-02-06', 6]],
  },
  {
    first8: '31000003',
    name: 'Øyeren Velferdsteknologi AS',
    city: 'Spydeberg',
    postCode: '1820',
    municipality: '3014',
    size: SupplierSize.SMALL,
    cpv: [
      ['33190000', 'Digitale trygghetsalarmer'],
      ['48814000', 'Programvare for hjemmeoppfølging'],
    ],
    drafts: [['80500000', 'Opplæring av ansatte i hjemmetjenesten i ny velferdsteknologi']],
    trainings: [
      [TENDERING, '2022-09-21', 6],
      [SERIOUSNESS, '2024-04-18', 2],
    ],
  },
  {
    first8: '31000004',
    name: 'Haldenvassdraget Renhold AS',
    city: 'Ørje',
    postCode: '1870',
    municipality: '3122',
    size: SupplierSize.MICRO,
    cpv: [['90910000', 'Renhold av skoler og barnehager']],
    trainings: [[SERIOUSNESS, '2024-04-18', 2]],
  },
  {
    first8: '31000005',
    name: 'Trøgstad Skolebuss AS',
    city: 'Skjønhaug',
    postCode: '1860',
    municipality: '3118',
    size: SupplierSize.SMALL,
    cpv: [['60130000', 'Skoleskyss og særskilt tilrettelagt transport']],
    trainings: [],
  },
  {
    first8: '31000007',
    name: 'Nordisk Entreprenør Demo ASA',
    city: 'Oslo',
    postCode: '0150',
    municipality: '0301',
    size: SupplierSize.LARGE,
    cpv: [['45000000', 'Alle slags bygg og anlegg']],
    trainings: [[APPRENTICES, '2021-05-27', 3]],
  },
];

export const demoSuppliers = suppliers.map(({ first8, cpv, drafts, trainings, municipality, ...facts }) => {
  const organisationNumber = `${first8}${organisationNumberCheckDigit(first8)}`;
  const id = `NO-BRC-${organisationNumber}`;
  return {
    id,
    organisationNumber,
    name: facts.name,
    country: 'NOR',
    city: facts.city,
    postCode: facts.postCode,
    nuts: null,
    website: null,
    size: facts.size,
    municipalityNumber: municipality,
    knownAsOf: KNOWN_AS_OF,
    knownFrom: {},
    capabilities: [...cpv, ...(drafts ?? [])].map(([code, description], at) => ({
      id: stableId('capability', id, code),
      organisationNumber,
      cpv: code,
      description,
      publishedAt: at < cpv.length ? KNOWN_AS_OF : null,
    })),
    trainings: trainings.map(([title, completedOn, hours]) => ({
      id: stableId('training', id, title),
      title,
      provider: 'Samspill Østfold (demo)',
      completedOn,
      hours,
    })),
  };
});
