import type { EntityManager } from '@mikro-orm/postgresql';
import type { ParsedNotice } from '@samspill/eforms';
import { osloDate, partyId } from '@samspill/values';
import { Buyer } from '../buyer/buyer.js';
import type { MunicipalityHistory } from '../municipality/municipality-history.js';
import { buyersOf } from './fold-tender.js';

/** Makes the buyers of these notices known; a later notice's facts stand over an earlier one's. */
export async function saveBuyers(
  em: EntityManager,
  notices: readonly ParsedNotice[],
  history: MunicipalityHistory,
): Promise<void> {
  const facts = new Map<string, Buyer>();
  for (const notice of notices) {
    const knownAsOf = new Date(notice.dispatchedAt);
    for (const organisation of buyersOf(notice)) {
      const id = partyId(organisation);
      const other = facts.get(id);
      if (other && other.knownAsOf >= knownAsOf) continue;
      facts.set(id, {
        id,
        organisationNumber: organisation.organisationNumber,
        name: organisation.name,
        country: organisation.country,
        city: organisation.city,
        postCode: organisation.postCode,
        nuts: organisation.nuts,
        website: organisation.website,
        legalType: organisation.legalType,
        municipalityNumber: history.numberOfBuyer(organisation, osloDate(knownAsOf)),
        knownAsOf,
      });
    }
  }
  const known = await em.find(Buyer, { id: { $in: [...facts.keys()] } }, { fields: ['id', 'knownAsOf'] });
  for (const { id, knownAsOf } of known) {
    if (knownAsOf >= (facts.get(id) as Buyer).knownAsOf) facts.delete(id);
  }
  if (facts.size > 0) await em.upsertMany(Buyer, [...facts.values()], { onConflictFields: ['id'] });
  em.clear();
}
