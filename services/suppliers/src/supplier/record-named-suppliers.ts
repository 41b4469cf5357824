import type { PartyMessage, PayloadOf, suppliersNamed } from '@samspill/messages';
import type { Change } from '@samspill/subgraph';
import { type KnownFrom, Supplier, SupplierSize } from './supplier.js';
import { lockSuppliers } from './supplier-lock.js';

/**
 * Makes the winners of a notice known. Handled again, it changes nothing; handled in another order, each
 * fact is still that of the newest notice that states it.
 */
export async function recordNamedSuppliers(
  { em, audit }: Change,
  message: PayloadOf<typeof suppliersNamed>,
): Promise<void> {
  const dispatchedAt = new Date(message.dispatchedAt);
  const source = [dispatchedAt.toISOString(), message.noticeId] as const;
  // Two notices handled at the same time must not both believe that they are the newer.
  await lockSuppliers(em);
  const known = await em.find(Supplier, { id: { $in: message.suppliers.map((party) => party.id) } });
  const byId = new Map(known.map((supplier) => [supplier.id, supplier]));
  for (const party of message.suppliers) {
    const facts = factsOf(party);
    const existing = byId.get(party.id);
    if (existing) em.assign(existing, changesFrom(facts, source, existing));
    else {
      const knownFrom = Object.fromEntries(stated(facts).map(([fact]) => [fact, source]));
      const supplier = { id: party.id, municipalityNumber: null, knownAsOf: dispatchedAt, knownFrom };
      byId.set(party.id, em.create(Supplier, { ...facts, ...supplier }));
    }
  }
  audit(...[...byId.keys()].map((id) => ({ object: { type: 'Supplier', id } })));
}

type Facts = Omit<PartyMessage, 'id' | 'size'> & { size: SupplierSize | null };
type Source = readonly [dispatchedAt: string, noticeId: string];

/** A size that the graph has no word for could be stored, but nobody could ask for it any more. */
function factsOf({ id: _, size, ...facts }: PartyMessage): Facts {
  return { ...facts, size: Object.values(SupplierSize).find((known) => known === size) ?? null };
}

/** A notice that leaves something out does not say that it is not so. */
function stated(facts: Facts): [string, string][] {
  return Object.entries(facts).filter((fact): fact is [string, string] => fact[1] !== null);
}

/** What a notice knows better, or what nobody has said before: an older notice fills the gaps of newer ones. */
export function changesFrom(facts: Facts, source: Source, known: Supplier): Partial<Supplier> {
  const sources: KnownFrom = known.knownFrom;
  const better = stated(facts).filter(([fact]) => {
    if (known[fact as keyof Facts] === null) return true;
    return isLater(source, sources[fact] ?? [known.knownAsOf.toISOString(), '']);
  });
  const sentAt = new Date(source[0]);
  return {
    ...Object.fromEntries(better),
    knownFrom: { ...sources, ...Object.fromEntries(better.map(([fact]) => [fact, source])) },
    knownAsOf: known.knownAsOf < sentAt ? sentAt : known.knownAsOf,
  };
}

function isLater([at, noticeId]: Source, [otherAt, otherId]: Source): boolean {
  return at === otherAt ? noticeId > otherId : at > otherAt;
}
