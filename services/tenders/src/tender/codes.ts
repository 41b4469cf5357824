import { registerEnumType } from 'type-graphql';

export enum TenderStatus {
  PLANNED = 'PLANNED',
  ACTIVE = 'ACTIVE',
  CLOSED = 'CLOSED',
  OPENED = 'OPENED',
  UNDER_EVALUATION = 'UNDER_EVALUATION',
  AWARDED = 'AWARDED',
  CONTRACTED = 'CONTRACTED',
  CANCELLED = 'CANCELLED',
  UNSUCCESSFUL = 'UNSUCCESSFUL',
}

registerEnumType(TenderStatus, {
  name: 'TenderStatus',
  description: 'Where a competition is in its life.',
  valuesConfig: {
    PLANNED: { description: 'Announced as a plan (veiledende kunngjøring); not yet open for tenders.' },
    ACTIVE: { description: 'Announced (kunngjort) and open for tenders or requests to participate.' },
    CLOSED: { description: 'The deadline (tilbudsfrist) has passed.' },
    OPENED: { description: 'The tenders have been opened (tilbudsåpning).' },
    UNDER_EVALUATION: { description: 'The tenders are being evaluated.' },
    AWARDED: {
      description: 'A winner has been chosen (tildeling); the standstill period (karensperiode) may run.',
    },
    CONTRACTED: { description: 'A contract has been signed (kontrakt inngått).' },
    CANCELLED: { description: 'Called off by the buyer (avlyst).' },
    UNSUCCESSFUL: { description: 'Ended without a winner.' },
  },
});

/** Values are the codes of eForms code list `procurement-procedure-type` (BT-105). */
export enum ProcedureType {
  OPEN = 'open',
  RESTRICTED = 'restricted',
  NEGOTIATED_WITH_CALL = 'neg-w-call',
  NEGOTIATED_WITHOUT_CALL = 'neg-wo-call',
  COMPETITIVE_DIALOGUE = 'comp-dial',
  INNOVATION_PARTNERSHIP = 'innovation',
  COMPETITIVE_TENDERING = 'comp-tend',
  EXPRESSION_OF_INTEREST_RAIL = 'exp-int-rail',
  OTHER_SINGLE_STAGE = 'oth-single',
  OTHER_MULTIPLE_STAGE = 'oth-mult',
}

registerEnumType(ProcedureType, {
  name: 'ProcedureType',
  description:
    'By which procedure the competition is run (eForms code list procurement-procedure-type, BT-105).',
  valuesConfig: {
    OPEN: { description: 'open: everybody may tender (åpen anbudskonkurranse).' },
    RESTRICTED: { description: 'restricted: those qualified may tender (begrenset anbudskonkurranse).' },
    NEGOTIATED_WITH_CALL: {
      description: 'neg-w-call: negotiated with a call (konkurranse med forhandling).',
    },
    NEGOTIATED_WITHOUT_CALL: {
      description:
        'neg-wo-call: negotiated without a call (konkurranse med forhandling uten forutgående kunngjøring).',
    },
    COMPETITIVE_DIALOGUE: { description: 'comp-dial: competitive dialogue (konkurransepreget dialog).' },
    INNOVATION_PARTNERSHIP: { description: 'innovation: innovation partnership (innovasjonspartnerskap).' },
    COMPETITIVE_TENDERING: {
      description:
        'comp-tend: competitive tendering for public passenger transport (anbudsprosedyre, forordning 1370/2007).',
    },
    EXPRESSION_OF_INTEREST_RAIL: {
      description: 'exp-int-rail: request for expression of interest, rail only.',
    },
    OTHER_SINGLE_STAGE: {
      description: 'oth-single: another procedure in one stage (annen ett-trinnsprosedyre).',
    },
    OTHER_MULTIPLE_STAGE: {
      description: 'oth-mult: another procedure in several stages (annen flertrinnsprosedyre).',
    },
  },
});

/** Values are the codes of eForms code list `contract-nature` (BT-23). */
export enum ContractNature {
  WORKS = 'works',
  SUPPLIES = 'supplies',
  SERVICES = 'services',
  COMBINED = 'combined',
}

registerEnumType(ContractNature, {
  name: 'ContractNature',
  description: 'What kind of thing is bought (eForms code list contract-nature, BT-23).',
  valuesConfig: {
    WORKS: { description: 'Works (bygge- og anleggsarbeid).' },
    SUPPLIES: { description: 'Supplies (varer).' },
    SERVICES: { description: 'Services (tjenester).' },
    COMBINED: { description: 'Combined.' },
  },
});

/** The code, when the list has it; a code that no list has stays readable on the notice. */
export function knownCode<T extends string>(
  list: Record<string, T>,
  code: string | null | undefined,
): T | null {
  return Object.values(list).find((known) => known === code) ?? null;
}
