import type { EntityManager } from '@mikro-orm/postgresql';
import { lockUntilTheEnd } from '@samspill/database';

/**
 * Held to the end of the transaction by everything that makes suppliers known. Row locks cannot do it: two
 * who both find that a supplier is not there would both make it.
 */
export async function lockSuppliers(tx: EntityManager): Promise<void> {
  await lockUntilTheEnd(tx, 'suppliers.supplier');
}
