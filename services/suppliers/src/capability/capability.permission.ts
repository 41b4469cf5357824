import { PublicError, type RequestContext } from '@samspill/subgraph';
import { Capability } from './capability.js';
import { visibleCapabilities } from './capability.loader.js';

interface Thing {
  readonly type: 'Supplier' | 'Capability';
  readonly id: string;
}

/** Refuses unless the actor acts for the organisation, as one of its people. Where it is at home does not matter. */
export async function demandRepresentative(
  context: RequestContext,
  organisationNumber: string | null,
  object: Thing,
  operation = context.operation ?? 'unknown',
): Promise<void> {
  if (!context.isPermissionChecked) return;
  if (organisationNumber !== null && context.actor.represents(organisationNumber)) return;
  throw await context.refusal(operation, {}, object);
}

/** The same for a capability. A draft of somebody else is answered like one that is not there. */
export async function demandCapability(context: RequestContext, id: string): Promise<void> {
  const object = { type: 'Capability', id } as const;
  const refusal = () => context.refused(noSuchCapability(), context.operation ?? 'unknown', object);
  if (!UUID.test(id)) throw await refusal();
  // Beside the request's own unit of work: who is refused has read nothing, and the log is not to say so.
  const where = { $and: [{ id }, ...visibleCapabilities(context)] };
  const capability = await context.em.fork().findOne(Capability, where);
  // In the log it is the same as well: a draft of others, and a capability that there is not.
  if (!capability) throw await refusal();
  await demandRepresentative(context, capability.organisationNumber, object);
}

/** PostgreSQL fails on anything else, and a client may send anything. */
const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

export function noSuchCapability(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Det er ingen kapabilitet med denne id-en som du kan se. Se «supplier { capabilities }» for dem som leverandøren har.',
    nn: 'Det er ingen kapabilitet med denne id-en som du kan sjå. Sjå «supplier { capabilities }» for dei som leverandøren har.',
    en: 'There is no capability with this id that you can see. See "supplier { capabilities }" for those that the supplier has.',
  });
}
