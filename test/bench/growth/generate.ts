import { organisationNumberCheckDigit, stableId } from '@samspill/values';
import { type Chance, chance } from './chance.ts';
import type { Sample, SampleTender } from './sample.ts';

export type Cell = string | number | boolean | Date | null | readonly string[];
export type Row = Readonly<Record<string, Cell>>;

/** One table as it is loaded: its rows one after another, all with the same columns. */
export interface Table {
  readonly name: string;
  rows(): Iterable<Row>;
}

/** Tenders are spread over this many years before the last day. */
const YEARS = 15;
const DAY = 86_400_000;
/** As many as there are for each buyer in the notices of a year. */
const TENDERS_PER_BUYER = 60;
const FEWEST_BUYERS = 60;
const SUPPLIERS = 20_000;
/** Lists of notices are read like those of tenders; the largest table need not be there twice. */
const TENDERS_PER_NOTICE = 10;

interface Buyer {
  readonly id: string;
  readonly organisationNumber: string;
  readonly name: string;
  /** Which of the municipalities of a day it is; null for buyers that are none. */
  readonly place: number | null;
}

interface Draft {
  readonly id: string;
  readonly number: number;
  readonly model: SampleTender;
  readonly buyer: Buyer;
  readonly municipality: string | null;
  readonly title: string;
  readonly publishedAt: Date;
  readonly chance: Chance;
}

/**
 * Rows of tenders number `from` to `to`, each after the model of a real one: its words, codes, lots, value and time
 * to answer, with a place of its own before the title, on a day of its own. They come in no order of their days, as
 * notices do; the same number is always the same tender.
 */
export function generated(sample: Sample, from: number, to: number, now: Date): Table[] {
  const known = from === 0 ? 0 : buyersOf(sample, from).length;
  const buyers = buyersOf(sample, to);
  const table = (name: string, rowsOf: (draft: Draft) => Iterable<Row>): Table => ({
    name: `tenders.${name}`,
    *rows() {
      for (let number = from; number < to; number++) yield* rowsOf(draftOf(sample, buyers, number, now));
    },
  });
  return [
    { name: 'tenders.buyer', rows: () => buyers.slice(known).map((buyer) => buyerRow(buyer, now)) },
    table('procurement', ({ id, publishedAt }) => [{ id, started_at: publishedAt }]),
    table('tender', (draft) => [tenderRow(draft)]),
    table('notice', (draft) => (draft.number % TENDERS_PER_NOTICE === 0 ? [noticeRow(draft, now)] : [])),
    table('lot', lotRows),
    table('award', awardRows),
  ];
}

function draftOf(sample: Sample, buyers: readonly Buyer[], number: number, now: Date): Draft {
  const own = chance(number + 1);
  const publishedAt = new Date(now.getTime() - Math.floor(own.next() * YEARS * 365 * DAY) - DAY);
  // Buyers differ: the square gives the first ones far more than the last.
  const buyer = buyers[Math.floor(own.next() ** 2 * buyers.length)] as Buyer;
  const model = own.pick(sample.tenders);
  return {
    id: stableId('growth', String(number)),
    number,
    model,
    buyer,
    municipality: buyer.place === null ? null : municipalityOf(sample, buyer.place, publishedAt),
    title: `${placeOf(own)}: ${model.title}`,
    publishedAt,
    chance: own,
  };
}

function tenderRow({ id, model, buyer, municipality, title, publishedAt, chance: own }: Draft): Row {
  const { open_seconds: open, value } = model;
  return {
    id,
    procurement_id: id,
    title,
    description: model.description,
    status: model.status,
    procedure: model.procedure,
    nature: model.nature,
    buyer_id: buyer.id,
    buyer_ids: [buyer.id],
    municipality_number: municipality,
    cpv: model.cpv,
    cpv_codes: model.cpv_codes,
    nuts_codes: model.nuts_codes,
    estimated_value_amount: value === null ? null : Math.round(Number(value) * (0.5 + own.next())),
    estimated_value_currency: model.currency,
    published_at: publishedAt,
    deadline: open === null ? null : new Date(publishedAt.getTime() + open * 1000),
    legal_basis: model.legal_basis,
  };
}

function noticeRow({ id, model, buyer, title, publishedAt }: Draft, now: Date): Row {
  const isResult = model.awards > 0;
  return {
    id: `${id}-01`,
    notice_id: id,
    version: '01',
    procurement_id: id,
    tender_id: id,
    form_type: isResult ? 'result' : 'competition',
    notice_type: isResult ? 'can-standard' : 'cn-standard',
    language: 'NOR',
    title,
    published_at: publishedAt,
    buyer_ids: [buyer.id],
    is_correction: false,
    content: '{"remarks":[]}',
    digest: id,
    xml: '<Notice/>',
    imported_at: now,
  };
}

function* lotRows({ id, model, title }: Draft): Iterable<Row> {
  for (let at = 0; at < Math.min(model.lots, 8); at++) {
    yield {
      id: `${id}-lot-${at}`,
      tender_id: id,
      number: `LOT-000${at + 1}`,
      position: at,
      is_part: false,
      title,
      nuts_codes: model.nuts_codes,
      framework_agreement: false,
      dynamic_purchasing_system: false,
    };
  }
}

function* awardRows({ id, model, publishedAt, chance: own }: Draft): Iterable<Row> {
  for (let at = 0; at < Math.min(model.awards, 8); at++) {
    const number = syntheticNumber(3, own.below(SUPPLIERS));
    yield {
      id: `${id}-award-${at}`,
      tender_id: id,
      position: at,
      supplier_id: `NO-BRC-${number}`,
      supplier_ids: [`NO-BRC-${number}`],
      supplier_names: [`Leverandør ${number} AS`],
      value_amount: own.below(100_000_000),
      value_currency: 'NOK',
      decided_on: new Date(publishedAt.getTime() + 90 * DAY),
    };
  }
}

const buyerRow = ({ id, organisationNumber, name }: Buyer, now: Date): Row => ({
  id,
  organisation_number: organisationNumber,
  name,
  country: 'NOR',
  known_as_of: now,
});

/** Every third of them a municipality, the others after the model of those that are none. */
function buyersOf({ buyers }: Sample, tenders: number): Buyer[] {
  return Array.from({ length: Math.max(FEWEST_BUYERS, Math.ceil(tenders / TENDERS_PER_BUYER)) }, (_, at) => {
    const organisationNumber = syntheticNumber(2, at);
    return {
      id: `NO-BRC-${organisationNumber}`,
      organisationNumber,
      name: `${buyers[at % buyers.length]?.name} ${at}`,
      place: at % 3 === 0 ? at / 3 : null,
    };
  });
}

/** The number that a municipality had on that day. */
function municipalityOf({ municipalities }: Sample, place: number, day: Date): string | null {
  const ofThatDay = municipalities.filter(
    ({ from, until }) => from <= day && (until === null || day < until),
  );
  return ofThatDay[place % ofThatDay.length]?.number ?? null;
}

/** Of the ranges for tests, with the right check digit; where there is none, the next one that has one. */
export function syntheticNumber(firstDigit: 2 | 3, at: number): string {
  for (let digits = firstDigit * 10_000_000 + at * 2; ; digits++) {
    const check = organisationNumberCheckDigit(String(digits));
    if (check !== null) return `${digits}${check}`;
  }
}

const BEGINNINGS = 'Ask Berg Dal Eid Fjell Gran Hauge Lund Myr Nes Skog Sol Tun Vik Ås'.split(' ');
const MIDDLES = 'e en er es inge le o'.split(' ');
const ENDINGS = 'bru dalen fjord heim holmen lia moen rud stad sund vang vollen'.split(' ');

/** Some thousand names of places, as rare as those in real titles. */
const placeOf = (own: Chance): string => own.pick(BEGINNINGS) + own.pick(MIDDLES) + own.pick(ENDINGS);
