import type { EntityManager } from '@mikro-orm/postgresql';
import { Disclosure } from '../disclosure/disclosure.js';
import { DialogueActivity } from '../market-dialogue/dialogue-activity.js';
import type { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { Meeting } from '../meeting/meeting.js';
import { MeetingLot } from '../meeting/meeting-lot.js';
import { MeetingRound } from '../meeting/meeting-round.js';
import { Need, NeedStatus } from '../need/need.js';
import { participantsOf } from '../participant/participant.js';
import type { SummaryFacts } from './compose-summary.js';
import { gatherInputs } from './gather-inputs.js';

/**
 * Reads what is known of a dialogue, as far as whoever `em` stands for sees it: all of it as the service, for the
 * summary itself. A trade secret is never read here, so that none can come out.
 */
export async function gatherFacts(em: EntityManager, dialogue: MarketDialogue): Promise<SummaryFacts> {
  const { id: dialogueId } = dialogue;
  const activities = await em.find(
    DialogueActivity,
    { dialogue: dialogueId },
    { orderBy: [{ position: 'asc' }, { id: 'asc' }] },
  );
  const participants = await participantsOf(em, dialogueId);
  const disclosures = await em.find(Disclosure, { dialogueId });
  return {
    dialogue: aboutOf(dialogue),
    need: await needOf(em, dialogue),
    activities: activities.map(({ type, title, startsAt, endsAt, place }) => ({
      ...{ type, title, startsAt, endsAt, place },
    })),
    questions: dialogue.questions,
    participants: participants.map(nameOf),
    ...(await gatherInputs(em, dialogueId)),
    rounds: await roundsOf(em, dialogueId),
    disclosures: disclosures.map((told) => {
      const { id, number, text, toldAt, channel, publishedAt, correctsId } = told;
      const { organisationNumber, organisationName } = told;
      const toldTo =
        organisationNumber === null
          ? null
          : { organisationNumber, organisationName: organisationName ?? organisationNumber };
      return { id, number, text, toldAt, toldTo, channel, publishedAt, correctsId };
    }),
  };
}

function aboutOf(dialogue: MarketDialogue): SummaryFacts['dialogue'] {
  const { id, title, description, municipalityNumber, contact } = dialogue;
  const { announcedAt, opensAt, closesAt, closedAt, cancelledAt, cancellationReason } = dialogue;
  const dates = { announcedAt, opensAt, closesAt, closedAt, cancelledAt, cancellationReason };
  return { id, title, description, municipalityNumber, contact: contact?.name ?? null, ...dates };
}

interface Organisation {
  readonly organisationNumber: string;
  readonly organisationName: string;
}

const nameOf = ({ organisationNumber, organisationName }: Organisation): Organisation => ({
  organisationNumber,
  organisationName,
});

/** The one that the dialogue was known by: drafts are nobody's business. */
async function needOf(em: EntityManager, { procurementId }: MarketDialogue): Promise<SummaryFacts['need']> {
  const need = await em.findOne(
    Need,
    { procurementId, status: { $ne: NeedStatus.DRAFT } },
    { orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }] },
  );
  if (!need) return null;
  const { title, effect, users, successCriteria, volume } = need;
  return { title, effect, users, successCriteria, volume };
}

async function roundsOf(em: EntityManager, dialogueId: string): Promise<SummaryFacts['rounds']> {
  const rounds = await em.find(MeetingRound, { dialogueId });
  const roundId = { $in: rounds.map(({ id }) => id) };
  const lots = Map.groupBy(await em.find(MeetingLot, { roundId }), (lot) => lot.roundId);
  const meetings = Map.groupBy(await em.find(Meeting, { roundId }), (meeting) => meeting.roundId);
  return rounds.map((round) => {
    const { id, number, title, minutes, seedCommitment, seed, drawnAt, cancelledAt } = round;
    return {
      ...{ number, title, minutes, seedCommitment, seed, drawnAt, cancelledAt },
      lot: (lots.get(id) ?? []).map((lot) => {
        const { position, digest, hadMeetingBefore } = lot;
        return { ...nameOf(lot), position, digest, hadMeetingBefore };
      }),
      meetings: (meetings.get(id) ?? []).map((meeting) => {
        const { startsAt, endsAt } = meeting;
        return { ...nameOf(meeting), startsAt, endsAt, cancelledAt: meeting.cancelledAt };
      }),
    };
  });
}
