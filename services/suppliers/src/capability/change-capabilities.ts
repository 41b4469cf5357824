import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { digest } from '@samspill/audit';
import { lockUntilTheEnd } from '@samspill/database';
import type { AuditedObject, Change, Mendable, ServiceStore } from '@samspill/subgraph';
import { Supplier } from '../supplier/supplier.js';
import { Capability } from './capability.js';
import { noSuchCapability } from './capability.permission.js';

export type CapabilityChange = { readonly capability: Capability } | { readonly mend: Mendable };

export const LONGEST_DESCRIPTION = 1_000;

/** A supplier's capabilities are one list on one page, drafts included. */
export const MOST_CAPABILITIES = 50;

export interface NewCapability {
  readonly organisationNumber: string;
  readonly cpv: string;
  readonly description?: string | null;
}

/** Writes down, as a draft, what a supplier can deliver. */
export async function createCapability(
  { em, audit }: Change,
  { organisationNumber, cpv, description }: NewCapability,
): Promise<CapabilityChange> {
  const words = wordsOf(description);
  if ('mend' in words) return words;
  // Two who add at the same time must not both find room for one more.
  await lock(em, `supplier.${organisationNumber}`);
  const supplier = await em.findOne(Supplier, { organisationNumber });
  if (!supplier) return { mend: supplierUnknown };
  if ((await em.count(Capability, { supplier })) >= MOST_CAPABILITIES) return { mend: tooMany };
  const capability = em.create(Capability, {
    id: randomUUID(),
    supplier,
    organisationNumber,
    cpv,
    description: words.description,
    publishedAt: null,
  });
  audit(changed(capability, null, digest(snapshot(capability))));
  return { capability };
}

export interface CapabilityUpdate {
  readonly id: string;
  readonly cpv?: string | null;
  readonly description?: string | null;
}

/** Changes a capability, draft or published: it is the supplier's own word, and it may have learned something. */
export async function updateCapability(
  { em, audit }: Change,
  { id, cpv, description }: CapabilityUpdate,
): Promise<CapabilityChange> {
  const words = wordsOf(description);
  if ('mend' in words) return words;
  if (cpv === null) return { mend: cpvMissing };
  const capability = await capabilityToChange(em, id);
  const before = digest(snapshot(capability));
  if (cpv !== undefined) em.assign(capability, { cpv });
  if (description !== undefined) em.assign(capability, { description: words.description });
  const after = digest(snapshot(capability));
  // The same again is no change, and nothing to tell the log.
  if (!before.equals(after)) audit(changed(capability, before, after));
  return { capability };
}

/** Shows a capability to everybody. */
export async function publishCapability(
  store: ServiceStore,
  { em, audit }: Change,
  id: string,
): Promise<CapabilityChange> {
  const capability = await capabilityToChange(em, id);
  if (capability.publishedAt !== null) return { mend: alreadyPublished };
  const before = digest(snapshot(capability));
  em.assign(capability, { publishedAt: store.host.clock.now() });
  audit(changed(capability, before, digest(snapshot(capability))));
  return { capability };
}

/** Takes back what the supplier has said, draft or published. */
export async function removeCapability({ em, audit }: Change, id: string): Promise<void> {
  const capability = await capabilityToChange(em, id);
  audit(changed(capability, digest(snapshot(capability)), null));
  em.remove(capability);
}

async function capabilityToChange(em: EntityManager, id: string): Promise<Capability> {
  await lock(em, id);
  const capability = await em.findOne(Capability, { id });
  if (!capability) throw noSuchCapability();
  return capability;
}

/** A row lock would count as having written, which a change that turns out to be none must not have. */
async function lock(em: EntityManager, what: string): Promise<void> {
  await lockUntilTheEnd(em, `suppliers.capability.${what}`);
}

function wordsOf(text: string | null | undefined): { description: string | null } | { mend: Mendable } {
  if (text === null || text === undefined) return { description: null };
  const description = text.trim();
  if (description === '') return { mend: descriptionMissing };
  return description.length > LONGEST_DESCRIPTION ? { mend: descriptionTooLong } : { description };
}

function snapshot({ id, organisationNumber, cpv, description, publishedAt, ...rest }: Capability): object {
  return { id, supplier: rest.supplier.id, organisationNumber, cpv, description, publishedAt };
}

function changed(capability: Capability, before: Buffer | null, after: Buffer | null): AuditedObject {
  return {
    object: { type: 'Capability', id: capability.id },
    owner: { organisation: capability.organisationNumber },
    before,
    after,
  };
}

const supplierUnknown: Mendable = {
  code: 'SUPPLIER_UNKNOWN',
  path: ['input', 'organisationNumber'],
  messages: {
    nb: 'Leverandøren er ikke kjent her ennå. Kontroller nummeret. En leverandør blir kjent når en kunngjøring nevner den som vinner; prøv igjen da.',
    nn: 'Leverandøren er ikkje kjend her enno. Kontroller nummeret. Ein leverandør blir kjend når ei kunngjering nemner han som vinnar; prøv igjen då.',
    en: 'The supplier is not known here yet. Check the number. A supplier becomes known when a notice names it as a winner; try again then.',
  },
};

const tooMany: Mendable = {
  code: 'TOO_MANY_CAPABILITIES',
  path: ['input', 'organisationNumber'],
  messages: {
    nb: `En leverandør kan ha høyst ${MOST_CAPABILITIES} kapabiliteter, utkast medregnet. Fjern en, eller samle flere under en videre CPV-kode.`,
    nn: `Ein leverandør kan ha høgst ${MOST_CAPABILITIES} kapabilitetar, utkast medrekna. Fjern ein, eller samle fleire under ein vidare CPV-kode.`,
    en: `A supplier may have at most ${MOST_CAPABILITIES} capabilities, drafts included. Remove one, or gather several under a wider CPV code.`,
  },
};

const descriptionMissing: Mendable = {
  code: 'TEXT_MISSING',
  path: ['input', 'description'],
  messages: {
    nb: 'Beskrivelsen er tom. Skriv noen ord om hva dere kan levere, eller la feltet være borte.',
    nn: 'Skildringa er tom. Skriv nokre ord om kva de kan levere, eller la feltet vere borte.',
    en: 'The description is empty. Write a few words about what you can deliver, or leave the field out.',
  },
};

const descriptionTooLong: Mendable = {
  code: 'TEXT_TOO_LONG',
  path: ['input', 'description'],
  messages: {
    nb: `Beskrivelsen kan ha høyst ${LONGEST_DESCRIPTION} tegn. Kort den ned.`,
    nn: `Skildringa kan ha høgst ${LONGEST_DESCRIPTION} teikn. Kort ho ned.`,
    en: `The description may have at most ${LONGEST_DESCRIPTION} characters. Shorten it.`,
  },
};

const cpvMissing: Mendable = {
  code: 'CPV_MISSING',
  path: ['input', 'cpv'],
  messages: {
    nb: 'CPV-koden kan ikke tas bort. Gi en annen, eller la feltet være borte for å beholde den som er der.',
    nn: 'CPV-koden kan ikkje takast bort. Gje ein annan, eller la feltet vere borte for å behalde den som er der.',
    en: 'The CPV code cannot be taken away. Give another, or leave the field out to keep the one that is there.',
  },
};

const alreadyPublished: Mendable = {
  code: 'CAPABILITY_ALREADY_PUBLISHED',
  path: ['input', 'id'],
  messages: {
    nb: 'Kapabiliteten er allerede publisert. Endre den med «updateCapability», eller fjern den med «removeCapability».',
    nn: 'Kapabiliteten er allereie publisert. Endre han med «updateCapability», eller fjern han med «removeCapability».',
    en: 'The capability is published already. Change it with "updateCapability", or remove it with "removeCapability".',
  },
};
