import type { EntityManager } from '@mikro-orm/postgresql';
import { currentProcurement } from '../procurement/joined-procurement.js';
import { lockDialogue } from './dialogue-lock.js';
import { changesFrom, dialogueFrom, dialogueOfInvitation, type Invitation } from './invitation.js';
import { MarketDialogue } from './market-dialogue.js';

/** Makes the dialogue that a notice invites to, or brings it up to date. Handled again, it changes nothing. */
export async function recordInvitation(em: EntityManager, invitation: Invitation): Promise<void> {
  await em.transactional(async (tx) => {
    const procurementId = await currentProcurement(tx, invitation.procurementId);
    const id = dialogueOfInvitation(invitation.invitationId);
    // Two versions handled at the same time must not both believe that they are the newest.
    await lockDialogue(tx, id);
    const known = await tx.findOne(MarketDialogue, { id });
    if (known) tx.assign(known, changesFrom(invitation, known));
    else tx.create(MarketDialogue, { id, ...dialogueFrom(invitation, procurementId) });
  });
}
