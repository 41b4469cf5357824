import type { EntityManager } from '@mikro-orm/postgresql';
import { schemaOf } from './canonical.js';

/**
 * Forgets who a person's entries were made by, and says how many references that were. The entries stay, and
 * the chain with them: it holds only a hash of the id with a salt, which goes away here too, so that not even
 * somebody who knows the id can find its entries again. Run as `_system`.
 */
export async function erasePersonFromAudit(
  em: EntityManager,
  service: string,
  personId: string,
  /**
   * Only what was done to a municipality's objects, or, where they are nobody's, for its organisation alone; or only
   * what was done in no office: what somebody did with a role is the municipality's to keep or erase.
   */
  only?: { readonly municipalities: readonly string[]; readonly organisation: string } | 'in no office',
): Promise<number> {
  const schema = schemaOf(service);
  const theirs = `and exists (select from ${schema}.audit_entry entry
       where entry.actor_reference = audit_person.reference
         and (entry.owner_municipality = any (string_to_array(?, ','))
           or (entry.owner_municipality is null and entry.organisations = array[?])))`;
  const inNoOffice = `and exists (select from ${schema}.audit_entry entry
       where entry.actor_reference = audit_person.reference and entry.roles = '{}')`;
  const which = only === undefined ? '' : only === 'in no office' ? inNoOffice : theirs;
  const scope = typeof only === 'object' ? [only.municipalities.join(','), only.organisation] : [];
  const rows = await em.execute<{ erased: number | string }[]>(
    `with erased as (
       delete from ${schema}.audit_person where person_id = ? ${which} returning 1
     )
     select count(*)::int as erased from erased`,
    [personId, ...scope],
  );
  return Number(rows[0]?.erased ?? 0);
}
