import type { EntityClass, Ref } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ParsedLot, ParsedOrganisation } from '@samspill/eforms';
import { osloDate, parseCpv, partyId, stableId } from '@samspill/values';
import { Award, LotResult, LotResultStatus } from '../award/award.js';
import { Contract } from '../contract/contract.js';
import type { MunicipalityHistory } from '../municipality/municipality-history.js';
import { ContractNature, knownCode, ProcedureType } from '../tender/codes.js';
import { Criterion, CriterionKind, Lot } from '../tender/lot.js';
import { Tender } from '../tender/tender.js';
import { type FoldedTender, nameOf } from './fold-tender.js';
import type { TenderGroup } from './group-notices.js';

export interface TenderToSave extends TenderGroup {
  procurementId: string;
  tender: FoldedTender;
}

/**
 * Writes tenders as their notices now add up to them. Whatever hangs below a tender is written anew, with
 * ids made from its place, so that writing the same again leaves the same rows.
 */
export async function saveTenders(
  em: EntityManager,
  tenders: readonly TenderToSave[],
  history: MunicipalityHistory,
): Promise<void> {
  if (tenders.length === 0) return;
  const ids = tenders.map((each) => each.tenderId);
  await em.upsertMany(
    Tender,
    tenders.map((each) => tenderRow(each, history)),
    { onConflictFields: ['id'] },
  );
  // Criteria go with their lots.
  const parts: EntityClass<{ tender: Ref<Tender> }>[] = [Award, LotResult, Contract, Lot];
  for (const part of parts) await em.nativeDelete(part, { tender: { $in: ids } });
  await insert(
    em,
    Lot,
    tenders.flatMap(({ tenderId, tender }) => tender.lots.map((lot, at) => lotRow(tenderId, lot, at))),
  );
  await insert(em, Criterion, tenders.flatMap(criterionRows));
  await insert(em, LotResult, tenders.flatMap(resultRows));
  await insert(em, Award, tenders.flatMap(awardRows));
  await insert(em, Contract, tenders.flatMap(contractRows));
  await linkNotices(em, tenders);
  em.clear();
}

async function insert<T extends object>(
  em: EntityManager,
  entity: new () => T,
  rows: object[],
): Promise<void> {
  if (rows.length > 0) await em.insertMany(entity, rows as never);
}

/** Notes at each notice which tender it counts towards, and drops tenders that have lost all their notices. */
async function linkNotices(em: EntityManager, tenders: readonly TenderToSave[]): Promise<void> {
  const moved = tenders.flatMap(({ tenderId, notices }) =>
    notices
      .filter((notice) => notice.tenderId !== tenderId)
      .map((notice) => ({ notice: notice.id, before: notice.tenderId, tenderId })),
  );
  if (moved.length === 0) return;
  const pairs = em
    .getPlatform()
    .quoteValue(JSON.stringify(moved.map(({ notice, tenderId }) => ({ notice, tender: tenderId }))));
  await em.execute(
    `update tenders.notice set tender_id = link.tender
     from json_to_recordset(${pairs}) as link(notice text, tender text) where notice.id = link.notice`,
  );
  const left = moved.flatMap((each) => each.before ?? []);
  if (left.length > 0) {
    const candidates = em.getPlatform().quoteValue(JSON.stringify(left));
    await em.execute(
      `delete from tenders.tender where id in (select json_array_elements_text(${candidates}))
       and not exists (select 1 from tenders.notice where notice.tender_id = tender.id)`,
    );
  }
}

function tenderRow({ tenderId, procurementId, tender }: TenderToSave, history: MunicipalityHistory) {
  const buyerIds = [...new Set(tender.buyers.map(partyId))];
  const day = osloDate(tender.publishedAt);
  const municipalityNumber = tender.buyers
    .map((buyer) => history.numberOfBuyer(buyer, day))
    .find((found) => found !== null);
  return {
    id: tenderId,
    procurementId,
    title: tender.title,
    description: tender.description,
    status: tender.status,
    procedure: knownCode(ProcedureType, tender.procedureType),
    nature: knownCode(ContractNature, tender.nature),
    internalId: tender.internalId,
    buyerId: buyerIds[0] ?? null,
    buyerIds,
    municipalityNumber: municipalityNumber ?? null,
    cpv: validCpv(tender.cpv),
    cpvCodes: tender.cpvCodes.filter((code) => validCpv(code) !== null),
    nutsCodes: tender.nutsCodes,
    estimatedValueAmount: tender.estimatedValue?.amount ?? null,
    estimatedValueCurrency: tender.estimatedValue?.currency ?? null,
    publishedAt: new Date(tender.publishedAt),
    deadline: dateOf(tender.deadline),
    questionsDeadline: dateOf(tender.questionsDeadline),
    legalBasis: tender.legalBasis,
  };
}

const lotId = (tenderId: string, number: string) => stableId('lot', tenderId, number);

function lotRow(tenderId: string, lot: ParsedLot, position: number) {
  return {
    id: lotId(tenderId, lot.id),
    tender: tenderId,
    number: lot.id,
    position,
    isPart: lot.kind === 'part',
    title: lot.title?.value ?? null,
    description: lot.description?.value ?? null,
    nature: knownCode(ContractNature, lot.nature),
    cpv: validCpv(lot.cpv),
    nutsCodes: lot.nuts,
    estimatedValueAmount: lot.estimatedValue?.amount ?? null,
    estimatedValueCurrency: lot.estimatedValue?.currency ?? null,
    deadline: dateOf(lot.deadline),
    openingAt: dateOf(lot.openingAt),
    startDate: lot.startDate,
    endDate: lot.endDate,
    durationAmount: lot.duration?.amount ?? null,
    durationUnit: lot.duration?.unit ?? null,
    suitableForSme: lot.suitableForSme,
    frameworkAgreement: lot.frameworkAgreement !== null,
    dynamicPurchasingSystem: lot.dynamicPurchasingSystem !== null,
    performanceTerms: lot.performanceTerms?.value ?? null,
    documentsUrl: lot.documentsUrl,
    submissionUrl: lot.submissionUrl,
  };
}

function criterionRows({ tenderId, tender }: TenderToSave) {
  return tender.lots.flatMap((lot) =>
    lot.criteria.map((criterion, position) => ({
      id: stableId('criterion', tenderId, lot.id, String(position)),
      lot: lotId(tenderId, lot.id),
      position,
      kind: criterion.kind === 'award' ? CriterionKind.AWARD : CriterionKind.SELECTION,
      type: criterion.type,
      name: criterion.name?.value ?? null,
      description: criterion.description?.value ?? null,
      weight: numberOf(criterion.weight),
      weightKind: criterion.weightKind,
    })),
  );
}

function resultRows({ tenderId, tender }: TenderToSave) {
  return tender.results.map((result, position) => ({
    id: stableId('lot-result', tenderId, result.lotNumber ?? ''),
    tender: tenderId,
    lot: lotOf(tenderId, tender, result.lotNumber),
    position,
    status: knownCode(LotResultStatus, result.status),
    notAwardedReason: result.notAwardedReason,
    tendersReceived: result.tendersReceived,
  }));
}

function awardRows({ tenderId, tender }: TenderToSave) {
  return tender.awards.map((award, position) => {
    const suppliers = suppliersOf(award.suppliers);
    return {
      id: stableId('award', tenderId, award.lotNumber ?? '', ...suppliers.supplierIds),
      tender: tenderId,
      lot: lotOf(tenderId, tender, award.lotNumber),
      position,
      ...suppliers,
      valueAmount: award.value?.amount ?? null,
      valueCurrency: award.value?.currency ?? null,
      rank: award.rank,
      decidedOn: award.decidedOn,
      concludedOn: award.concludedOn,
      subcontracted: award.subcontracted,
    };
  });
}

function contractRows({ tenderId, tender }: TenderToSave) {
  return tender.contracts.map((contract, position) => ({
    id: stableId('contract', tenderId, contract.key),
    tender: tenderId,
    number: contract.number,
    position,
    identifier: contract.identifier,
    title: contract.title,
    signedOn: contract.signedOn,
    status: contract.status,
    ...suppliersOf(contract.suppliers),
    valueAmount: contract.value?.amount ?? null,
    valueCurrency: contract.value?.currency ?? null,
  }));
}

/** Everybody once, the leader first. */
function suppliersOf(organisations: readonly ParsedOrganisation[]) {
  const byId = new Map(organisations.map((each) => [partyId(each), nameOf(each)]));
  const supplierIds = [...byId.keys()];
  return { supplierId: supplierIds[0] ?? null, supplierIds, supplierNames: [...byId.values()] };
}

function lotOf(tenderId: string, tender: FoldedTender, number: string | null): string | null {
  return number !== null && tender.lots.some((lot) => lot.id === number) ? lotId(tenderId, number) : null;
}

function validCpv(code: string | null): string | null {
  return code === null ? null : (parseCpv(code)?.code ?? null);
}

/** Notices write all sorts of things for a number; PostgreSQL knows `Infinity`, and JSON does not. */
function numberOf(text: string | null): number | null {
  const number = Number(text?.trim() || Number.NaN);
  return Number.isFinite(number) ? number : null;
}

function dateOf(time: string | null): Date | null {
  return time === null ? null : new Date(time);
}
