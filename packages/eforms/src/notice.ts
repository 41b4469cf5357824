import type { Money } from '@samspill/values';

/**
 * One eForms notice as the rest of Samspill sees it: plain JSON, so that it can be kept beside the raw
 * XML and folded into a tender again at any time. Field names follow the business terms; the BT or OPT
 * number of the eForms regulation stands at each field.
 *
 * Points in time are UTC in ISO 8601 (`2024-02-27T11:00:00.000Z`), dates without a time are `YYYY-MM-DD`.
 */
export interface ParsedNotice {
  /** BT-701. A UUID (in lower case) in new notices, a Doffin number (`2023-684186`) in converted ones. */
  noticeId: string;
  /** BT-757, as published: `01`, `02` … */
  version: string;
  /** BT-04, a UUID in lower case: the procedure that the notice belongs to. Planning notices mostly have none. */
  procedureId: string | null;
  /** OPP-010: the number that TED or Doffin gave at publication, as published. Compare it by `parseReference`. */
  publicationId: string | null;
  /** The whole CustomizationID, such as `eforms-sdk-1.7#extended#urn:fdc:anskaffelser.no:2023:eforms:eu`. */
  customizationId: string;
  /** The SDK version in it, such as `1.7`. */
  sdkVersion: string | null;
  /** OPP-070, such as `16`, `N29`, `E1`. */
  subtype: string | null;
  /** BT-02, such as `cn-standard`. */
  noticeType: string;
  /** BT-03. */
  formType: FormType;
  /** BT-05: when the notice was sent for publication. */
  dispatchedAt: string;
  /** BT-702(a), three letters, such as `NOR`. */
  language: string;
  /** BT-01. */
  legalBasis: string | null;
  /** BT-21-Procedure. */
  title: LocalisedText;
  /** BT-24-Procedure. */
  description: LocalisedText | null;
  /** BT-22-Procedure: the buyer's own case number. */
  internalId: string | null;
  /** BT-23-Procedure: `works`, `supplies`, `services` or `combined`. */
  nature: string | null;
  /** BT-262-Procedure, eight digits. */
  cpv: string | null;
  /** BT-263-Procedure. */
  additionalCpv: string[];
  /** BT-5071 of procedure and lots, without repetition. */
  nuts: string[];
  /** BT-27-Procedure. */
  estimatedValue: Money | null;
  /** BT-271-Procedure. */
  frameworkMaximumValue: Money | null;
  /** BT-105, such as `open`. */
  procedureType: string | null;
  /** BT-106. */
  accelerated: boolean | null;
  /** BT-136 and BT-135: why the contract was awarded without a call. */
  directAward: { code: string | null; text: LocalisedText | null } | null;
  /** BT-127: when the buyer expects to announce the competition. */
  plannedDate: string | null;
  /** The earliest of the lots' deadlines for tenders or requests to participate. */
  deadline: string | null;
  /** Everybody in the notice's list of organisations, by technical id (`ORG-0001`). */
  organisations: ParsedOrganisation[];
  /** OPT-300-Procedure-Buyer: technical ids of organisations, the main buyer first. */
  buyers: string[];
  /** Lots (BT-137-Lot) and, in planning notices, parts (BT-137-Part). */
  lots: ParsedLot[];
  /** One for each lot result of a result notice. */
  results: ParsedLotResult[];
  /** Settled contracts. */
  contracts: ParsedContract[];
  /** BT-161: the value of all contracts of the notice. */
  totalValue: Money | null;
  /** Filled in when the notice corrects an earlier one (BT-758, BT-140, BT-762, BT-13716, BT-141). */
  change: ParsedChange | null;
  /** Filled in when the notice modifies a signed contract (BT-1501, BT-200, BT-201, BT-202). */
  modification: ParsedChange | null;
  /** BT-125: planning notices that this notice follows up, as notice id and version. */
  previousPlanning: { noticeId: string; version: string | null; part: string | null }[];
  /** What was wrong or unusual in the input and how it was read. Empty for a clean notice. */
  remarks: DataQualityRemark[];
}

/** BT-03, code list `form-type`. */
export type FormType =
  | 'planning'
  | 'consultation'
  | 'competition'
  | 'dir-awa-pre'
  | 'result'
  | 'cont-modif'
  | 'completion'
  | 'change'
  | 'bri';

/**
 * A text in the language that Norwegian readers want first (NOR, NOB, NNO, then ENG, then the notice's own
 * language, then any), and in all languages that it was published in.
 */
export interface LocalisedText {
  value: string;
  /** Three letters, such as `NOB`; null where the notice does not say. */
  language: string | null;
  /** Language → text, the chosen one included. */
  all: Record<string, string>;
}

export interface ParsedOrganisation {
  /** OPT-200: the id within the notice, such as `ORG-0001`. */
  technicalId: string;
  /** BT-500. Empty string when the notice gives no name (a remark says so). */
  name: string;
  /** BT-501 exactly as published, `null` when empty. */
  rawIdentifier: string | null;
  /** The nine digits, when the organisation is Norwegian and the number is valid. */
  organisationNumber: string | null;
  /** BT-514, three letters (`NOR`). */
  country: string | null;
  /** BT-513. */
  city: string | null;
  /** BT-512. */
  postCode: string | null;
  /** BT-507. */
  nuts: string | null;
  /** BT-505. */
  website: string | null;
  /** BT-502, BT-506, BT-503: the contact point. */
  contact: { name: string | null; email: string | null; telephone: string | null } | null;
  /** BT-165: `micro`, `small`, `medium`, `sme` or `large`. */
  size: string | null;
  /** BT-633. */
  naturalPerson: boolean;
  /** BT-11 of the buyer, such as `la` (local authority). */
  legalType: string | null;
}

export interface ParsedLot {
  /** `LOT-0001` or `PAR-0001`. */
  id: string;
  kind: 'lot' | 'part';
  title: LocalisedText | null;
  description: LocalisedText | null;
  nature: string | null;
  cpv: string | null;
  additionalCpv: string[];
  nuts: string[];
  estimatedValue: Money | null;
  frameworkMaximumValue: Money | null;
  /** BT-131 (tenders) or else BT-1311 (requests to participate) or BT-630 (expressions of interest). */
  deadline: string | null;
  deadlineKind: 'tenders' | 'requests' | 'expressions' | 'answers' | null;
  /** BT-13: last day for questions. */
  questionsDeadline: string | null;
  /** BT-800: last moment for answers to a market consultation. */
  answersDeadline: string | null;
  /** BT-132: public opening. */
  openingAt: string | null;
  /** BT-536 and BT-537. */
  startDate: string | null;
  endDate: string | null;
  /** BT-36. `unit` as published (`MONTH`, `YEAR`, `DAY` …). */
  duration: { amount: number; unit: string } | null;
  /** BT-726. */
  suitableForSme: boolean | null;
  /** BT-765 and BT-766, null when `none`. */
  frameworkAgreement: string | null;
  dynamicPurchasingSystem: string | null;
  /** BT-06, BT-776, BT-775, BT-774 together, by code list. */
  strategic: {
    kind:
      | 'strategic-procurement'
      | 'innovative-acquisition'
      | 'social-objective'
      | 'environmental-impact'
      | 'gpp-criteria';
    code: string;
    description: LocalisedText | null;
  }[];
  /** BT-70: conditions of performance. */
  performanceTerms: LocalisedText | null;
  /** BT-15. */
  documentsUrl: string | null;
  /** BT-18 (in a consultation: where to send answers). */
  submissionUrl: string | null;
  /** BT-97. */
  submissionLanguages: string[];
  criteria: ParsedCriterion[];
}

export interface ParsedCriterion {
  kind: 'award' | 'selection';
  /** BT-539 (`price`, `quality`, `cost`, `quality-nor-env-criteria` …) or BT-809 / the older selection code. */
  type: string | null;
  /** BT-734. */
  name: LocalisedText | null;
  /** BT-540 or BT-750. */
  description: LocalisedText | null;
  /** BT-541 number-weight: kept as the decimal text of the notice, `60` or `0.25`. */
  weight: string | null;
  /** BT-5421: `per-exa`, `ord-imp`, `poi-exa` … */
  weightKind: string | null;
  /** BT-541 number-fixed and number-threshold with their BT-5422 / BT-5423. */
  fixed: string | null;
  fixedKind: string | null;
  threshold: string | null;
  thresholdKind: string | null;
}

export interface ParsedLotResult {
  /** BT-13713: the lot. Null when the notice does not say (a remark says so). */
  lotId: string | null;
  /** BT-142: `selec-w`, `clos-nw` or `open-nw`. */
  status: string | null;
  /** BT-144. */
  notAwardedReason: string | null;
  /** BT-759 / BT-760: counts by type of submission (`tenders`, `t-sme` …). */
  statistics: { type: string; count: number }[];
  /** BT-710 / BT-711. */
  lowestTender: Money | null;
  highestTender: Money | null;
  /** The tenders of this lot that won, with those who tendered. */
  winners: ParsedWinner[];
  /** The notice has no lot result at all (contract modifications): read from its tenders instead. */
  implied: boolean;
}

export interface ParsedWinner {
  /** OPT-320, such as `TEN-0001`. */
  tenderId: string;
  /** BT-720. */
  value: Money | null;
  /** BT-171. */
  rank: number | null;
  /** OPT-300-Tenderer: technical ids of organisations, the group's leader first. */
  tenderers: string[];
  /** OPT-301-Tenderer-SubCont. */
  subcontractors: string[];
  /** BT-773 / BT-553 / BT-555. */
  subcontracting: { applicable: string | null; value: Money | null; percent: number | null } | null;
  /** The settled contracts that carry this tender, such as `CON-0001`. */
  contracts: string[];
}

export interface ParsedContract {
  /** `CON-0001`. */
  id: string;
  /** BT-150: the buyer's own contract number. */
  identifier: string | null;
  /** BT-721. */
  title: LocalisedText | null;
  /** BT-1451, a date. */
  awardDate: string | null;
  /** BT-145, a date. */
  conclusionDate: string | null;
  /** BT-3202: technical ids of the tenders behind it. */
  tenders: string[];
}

export interface ParsedChange {
  /** The notice that is changed, `<notice id>-<version>`, `<notice id>` or a publication number. As published but for the case of UUIDs: what else is the same, `parseReference` knows. */
  previousNotice: string | null;
  /** BT-140 or BT-200. */
  reasonCode: string | null;
  /** BT-762 or BT-201. */
  reason: LocalisedText | null;
  /** BT-141 or BT-202 with BT-13716: what was changed, and where. */
  changes: { section: string | null; description: LocalisedText | null }[];
}

/**
 * A remark about the quality of the input. `field` is a BT or OPT number, `raw` the value as published, at most 500 characters of it.
 * The codes are a closed list, so that a front end can explain them.
 */
export interface DataQualityRemark {
  code: DataQualityCode;
  field: string;
  raw: string | null;
  /** What was done with it, in Norwegian (bokmål) and English. */
  message: { nb: string; en: string };
}

export type DataQualityCode =
  | 'IDENTIFIER_NORMALISED'
  | 'IDENTIFIER_INVALID'
  | 'IDENTIFIER_MISSING'
  | 'NAME_MISSING'
  | 'NAME_CONTAINS_IDENTIFIER'
  | 'TEXT_REPAIRED'
  | 'TEXT_SHORTENED'
  | 'VERSION_MISSING'
  | 'DATE_PLACEHOLDER'
  | 'DATE_INVALID'
  | 'DEADLINE_TIME_MISSING'
  | 'AMOUNT_INVALID'
  | 'CODE_UNKNOWN'
  | 'PROCEDURE_TYPE_MISSING'
  | 'NO_LOTS'
  | 'REGION_UNKNOWN'
  | 'DUPLICATE_BUYER'
  | 'TEST_ORGANISATION'
  | 'REFERENCE_BROKEN';
