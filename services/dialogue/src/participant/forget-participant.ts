import type { EntityManager } from '@mikro-orm/postgresql';
import { removeDocuments } from '@samspill/documents';
import { InputReceipt } from '../input/input-receipt.js';
import { Participant } from './participant.js';

/**
 * Forgets a person who took part for an organisation: whom to reach, who sent what, and who uploaded what. The
 * organisation and what it said stay.
 */
export async function forgetParticipant(em: EntityManager, personId: string): Promise<void> {
  const nobody = { contactName: null, contactEmail: null, personId: null };
  await em.nativeUpdate(Participant, { personId }, nobody);
  await em.nativeUpdate(InputReceipt, { personId }, { personId: null });
  await removeDocuments(em, { personId });
}
