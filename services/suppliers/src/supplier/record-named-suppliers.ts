import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { PayloadOf, suppliersNamed } from '@samspill/messages';
import { Supplier, type SupplierSize } from './supplier.js';

/**
 * Makes the winners of a notice known. Handled again, it changes nothing; handled in another order, a
 * newer notice's name and address stay.
 */
export async function recordNamedSuppliers(
  em: EntityManager,
  message: PayloadOf<typeof suppliersNamed>,
): Promise<void> {
  const knownAsOf = new Date(message.dispatchedAt);
  await em.transactional(async (tx) => {
    // Two notices handled at the same time must not both believe that they are the newer.
    const known = await tx.find(
      Supplier,
      { id: { $in: message.suppliers.map((party) => party.id) } },
      { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
    );
    const byId = new Map(known.map((supplier) => [supplier.id, supplier]));
    for (const party of message.suppliers) {
      const existing = byId.get(party.id);
      if (existing && existing.knownAsOf >= knownAsOf) continue;
      const facts = { ...party, size: party.size as SupplierSize | null, knownAsOf };
      if (existing) tx.assign(existing, withoutNulls(facts));
      else byId.set(party.id, tx.create(Supplier, { municipalityNumber: null, ...facts }));
    }
  });
}

/** A later notice that leaves something out does not say that it is no longer so. */
function withoutNulls<T extends object>(facts: T): Partial<T> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null)) as Partial<T>;
}
