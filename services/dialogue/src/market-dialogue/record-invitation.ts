import { type Change, currentProcurement } from '@samspill/subgraph';
import { lockDialogue } from './dialogue-lock.js';
import { changesFrom, dialogueFrom, dialogueOfInvitation, type Invitation } from './invitation.js';
import { MarketDialogue } from './market-dialogue.js';

/** Makes the dialogue that a notice invites to, or brings it up to date. Handled again, it changes nothing. */
export async function recordInvitation({ em, audit }: Change, invitation: Invitation): Promise<void> {
  const procurementId = await currentProcurement(em, invitation.procurementId);
  const id = dialogueOfInvitation(invitation.invitationId);
  // Two versions handled at the same time must not both believe that they are the newest.
  await lockDialogue(em, id);
  const known = await em.findOne(MarketDialogue, { id });
  if (known) em.assign(known, changesFrom(invitation, known));
  else em.create(MarketDialogue, { id, ...dialogueFrom(invitation, procurementId) });
  audit({ object: { type: 'MarketDialogue', id }, owner: { municipality: invitation.municipalityNumber } });
}
