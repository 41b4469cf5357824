import type { EntityManager } from '@mikro-orm/postgresql';
import type { ParsedNotice, ParsedOrganisation } from '@samspill/eforms';
import { type MessageBus, marketInvited, procurementsJoined, suppliersNamed } from '@samspill/messages';
import { osloDate, partyId } from '@samspill/values';
import type { MunicipalityHistory } from '../municipality/municipality-history.js';
import { firstOfChain } from './corrections.js';
import { buyersOf, nameOf } from './fold-tender.js';

interface NewNotice {
  id: string;
  notice: ParsedNotice;
}

/** What the import found out about the new notices. */
export interface ImportFindings {
  procurementOf(noticeId: string): string;
  /** Everything that is stored of a procurement, the new notices included. */
  noticesOf(procurementId: string): ParsedNotice[];
  joined: readonly { from: string; into: string }[];
  history: MunicipalityHistory;
}

/** Tells the other services what new notices mean to them, in the transaction that stores the notices. */
export async function announceNotices(
  em: EntityManager,
  bus: MessageBus,
  notices: readonly NewNotice[],
  findings: ImportFindings,
): Promise<void> {
  await bus.publish(em, procurementsJoined, findings.joined);
  await bus.publish(em, suppliersNamed, notices.flatMap(winnersOf));
  const invitations = notices.filter(
    ({ notice }) => notice.formType === 'planning' || notice.formType === 'consultation',
  );
  await bus.publish(
    em,
    marketInvited,
    invitations.map((each) => invitation(each, findings)),
  );
}

function winnersOf({ id, notice }: NewNotice) {
  const winners = notice.results.flatMap((result) => result.winners.flatMap((winner) => winner.tenderers));
  const organisations = notice.organisations.filter((each) => winners.includes(each.technicalId));
  if (organisations.length === 0) return [];
  const suppliers = new Map(organisations.map((each) => [partyId(each), partyFacts(each)]));
  return [{ noticeId: id, dispatchedAt: notice.dispatchedAt, suppliers: [...suppliers.values()] }];
}

function partyFacts(organisation: ParsedOrganisation) {
  const { organisationNumber, country, city, postCode, nuts, website, size } = organisation;
  return {
    id: partyId(organisation),
    name: nameOf(organisation),
    organisationNumber,
    country,
    city,
    postCode,
    nuts,
    website,
    size,
  };
}

function invitation({ id, notice }: NewNotice, findings: ImportFindings) {
  const [buyer] = buyersOf(notice);
  const procurementId = findings.procurementOf(id);
  return {
    noticeId: id,
    invitationId: firstOfChain(notice, findings.noticesOf(procurementId)),
    cancelled: notice.change?.reasonCode === 'cancel',
    version: notice.version,
    dispatchedAt: notice.dispatchedAt,
    procurementId,
    kind: notice.formType as 'planning' | 'consultation',
    title: notice.title.value,
    description:
      notice.description?.value ?? notice.lots.find((lot) => lot.description)?.description?.value ?? null,
    language: notice.language,
    cpv: notice.cpv,
    additionalCpv: notice.additionalCpv,
    nuts: notice.nuts,
    buyerId: buyer ? partyId(buyer) : null,
    municipalityNumber: buyer ? findings.history.numberOfBuyer(buyer, osloDate(notice.dispatchedAt)) : null,
    contact: buyer?.contact ?? null,
    answersDeadline:
      notice.lots.map((lot) => lot.answersDeadline).find((deadline) => deadline !== null) ?? null,
    url: notice.lots.map((lot) => lot.submissionUrl ?? lot.documentsUrl).find((url) => url !== null) ?? null,
    plannedDate: notice.plannedDate,
  };
}
