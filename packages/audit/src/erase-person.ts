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
  /** Only what was done for this organisation; everything, if left out. */
  organisation?: string,
): Promise<number> {
  const schema = schemaOf(service);
  const forThem = `and exists (select from ${schema}.audit_entry entry
       where entry.actor_reference = audit_person.reference and ? = any (entry.organisations))`;
  const rows = await em.execute<{ erased: number | string }[]>(
    `with erased as (
       delete from ${schema}.audit_person where person_id = ? ${organisation === undefined ? '' : forThem} returning 1
     )
     select count(*)::int as erased from erased`,
    organisation === undefined ? [personId] : [personId, organisation],
  );
  return Number(rows[0]?.erased ?? 0);
}
