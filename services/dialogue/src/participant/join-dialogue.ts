import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { digest } from '@samspill/audit';
import { lockUntilTheEnd } from '@samspill/database';
import { isEmailAddress } from '@samspill/mail';
import type { Change, Language, Mendable, ServiceStore } from '@samspill/subgraph';
import { MarketInput } from '../input/market-input.js';
import { whatPrevents } from '../market-dialogue/dialogue-lifecycle.js';
import { holdDialogue } from '../market-dialogue/dialogue-lock.js';
import { factsOf } from '../market-dialogue/dialogue-rules.js';
import { cleanText, noEmailAddress } from '../market-dialogue/dialogue-texts.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { noSuchDialogue } from '../market-dialogue/market-dialogue.permission.js';
import { Participant, participantIn } from './participant.js';

export type ParticipantChange =
  | { readonly participant: Participant | null; readonly dialogue: MarketDialogue }
  | { readonly mend: readonly Mendable[] };

export interface Joining {
  readonly dialogueId: string;
  readonly organisationNumber: string;
  readonly organisationName: string;
  readonly contactName: string;
  readonly contactEmail: string;
  readonly personId: string | null;
  readonly language: Language;
}

const LONGEST_NAME = 200;
const PATH = ['input', 'dialogueId'];

/** Takes part, or says anew whom to reach. */
export async function joinDialogue(
  store: ServiceStore,
  change: Change,
  joining: Joining,
): Promise<ParticipantChange> {
  const { em } = change;
  const { dialogueId, organisationNumber, personId, language } = joining;
  await lockParticipation(em, dialogueId, organisationNumber);
  const dialogue = await em.findOne(MarketDialogue, { id: dialogueId });
  if (!dialogue) throw noSuchDialogue();
  const now = store.host.clock.now();
  const prevented = whatPrevents('JOIN', await factsOf(em, dialogue), now, PATH);
  if (prevented) return { mend: [prevented] };
  const name = cleanText(joining.organisationName, LONGEST_NAME, ['input', 'organisationName']);
  const contact = cleanText(joining.contactName, LONGEST_NAME, ['input', 'contactName']);
  const contactEmail = joining.contactEmail.trim();
  const mend = [...name.mend, ...contact.mend];
  if (!isEmailAddress(contactEmail)) mend.push(noEmailAddress(['input', 'contactEmail']));
  if (mend.length > 0) return { mend };

  const said = { organisationName: name.text, contactName: contact.text, contactEmail, personId, language };
  const known = await em.findOne(Participant, { dialogueId, organisationNumber });
  if (!known) {
    const id = randomUUID();
    const fresh = { id, dialogueId, organisationNumber, ...said, joinedAt: now, leftAt: null };
    const participant = em.create(Participant, fresh);
    await em.flush();
    change.audit(changedParticipant(participant, dialogue, null));
    return { participant, dialogue };
  }
  const before = participantDigest(known);
  em.assign(known, { ...said, ...(known.leftAt && { joinedAt: now, leftAt: null }) });
  if (before.equals(participantDigest(known))) return { participant: known, dialogue };
  await claimParticipant(em, known.id);
  change.audit(changedParticipant(known, dialogue, before));
  return { participant: known, dialogue };
}

/** Takes no part any more. Whom to reach is forgotten at once; that the organisation took part is not. */
export async function leaveDialogue(
  store: ServiceStore,
  change: Change,
  { dialogueId, organisationNumber }: Pick<Joining, 'dialogueId' | 'organisationNumber'>,
): Promise<ParticipantChange> {
  const { em } = change;
  await lockParticipation(em, dialogueId, organisationNumber);
  const dialogue = await em.findOne(MarketDialogue, { id: dialogueId });
  if (!dialogue) throw noSuchDialogue();
  const now = store.host.clock.now();
  const prevented = whatPrevents('LEAVE', await factsOf(em, dialogue), now, PATH);
  if (prevented) return { mend: [prevented] };
  const participant = await participantIn(em, dialogueId, organisationNumber);
  if (!participant) return { mend: [notAParticipant(PATH)] };
  const standing = { dialogueId, organisationNumber, replacedAt: null, withdrawnAt: null };
  if ((await em.count(MarketInput, standing)) > 0) return { mend: [inputStands] };
  const before = participantDigest(participant);
  await claimParticipant(em, participant.id);
  em.assign(participant, { leftAt: now, contactName: null, contactEmail: null, personId: null });
  change.audit(changedParticipant(participant, dialogue, before));
  return { participant: null, dialogue };
}

/**
 * Two colleagues who join or send at the same moment: the second one sees what the first one did. Nor does the dialogue
 * change meanwhile.
 */
export async function lockParticipation(
  em: EntityManager,
  dialogueId: string,
  organisationNumber: string,
): Promise<void> {
  await holdDialogue(em, dialogueId);
  await lockUntilTheEnd(em, `dialogue.participant.${dialogueId}.${organisationNumber}`);
}

/** Officers see who takes part while they change something; only the organisation itself writes. */
async function claimParticipant(em: EntityManager, id: string): Promise<void> {
  const rows = await em.execute('select 1 from dialogue.participant where id = ? for update', [id]);
  if (rows.length === 0) throw noSuchDialogue();
}

function participantDigest(participant: Participant): Buffer {
  const { id, dialogueId, organisationNumber, organisationName, joinedAt, leftAt } = participant;
  const { contactName, contactEmail, language } = participant;
  const who = { organisationNumber, organisationName, contactName, contactEmail, language };
  return digest({ id, dialogueId, joinedAt, leftAt, ...who });
}

function changedParticipant(participant: Participant, dialogue: MarketDialogue, before: Buffer | null) {
  const { id, organisationNumber: organisation } = participant;
  return {
    object: { type: 'DialogueParticipant', id },
    owner: { organisation, municipality: dialogue.municipalityNumber },
    before,
    after: participantDigest(participant),
  };
}

export const notAParticipant = (path: readonly string[]): Mendable => ({
  code: 'NOT_A_PARTICIPANT',
  path,
  messages: {
    nb: 'Virksomheten deltar ikke i dialogen. Meld den på først («joinMarketDialogue»).',
    nn: 'Verksemda deltek ikkje i dialogen. Meld ho på først («joinMarketDialogue»).',
    en: 'The organisation does not take part in the dialogue. Join first ("joinMarketDialogue").',
  },
});

const inputStands: Mendable = {
  code: 'INPUT_STANDS',
  path: PATH,
  messages: {
    nb: 'Virksomheten har et innspill i dialogen. Trekk det først, eller la det stå og bli med videre.',
    nn: 'Verksemda har eit innspel i dialogen. Trekk det først, eller la det stå og bli med vidare.',
    en: 'The organisation has an input in the dialogue. Withdraw it first, or let it stand and stay.',
  },
};
