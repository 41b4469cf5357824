import { type TimelineFact, TimelineKind } from '@samspill/subgraph';
import type { Disclosure } from '../disclosure/disclosure.js';
import type { DialogueActivity } from '../market-dialogue/dialogue-activity.js';
import type { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import type { MeetingRound } from '../meeting/meeting-round.js';
import type { Need } from '../need/need.js';
import type { NeedClarification } from '../need/need-clarification.js';
import type { NeedJoining } from '../need-joining/need-joining.js';

type NeedFacts = Pick<Need, 'id' | 'title' | 'publishedAt' | 'closedAt'>;
type DialogueFacts = Pick<
  MarketDialogue,
  | 'id'
  | 'title'
  | 'announcedAt'
  | 'opensAt'
  | 'closesAt'
  | 'cancelledAt'
  | 'closedAt'
  | 'summarisedAt'
  | 'ledHere'
>;

const fact = (at: Date | null, kind: TimelineKind, title: string, subjectId: string): TimelineFact[] =>
  at ? [{ at, kind, title, subjectId }] : [];

/** What a need has to tell of its chain. */
export function factsOfNeed(
  { id, title, publishedAt, closedAt }: NeedFacts,
  clarifications: readonly Pick<NeedClarification, 'addedAt'>[],
  joinings: readonly Pick<NeedJoining, 'joinedAt'>[],
): TimelineFact[] {
  return [
    ...fact(publishedAt, TimelineKind.NEED_PUBLISHED, title, id),
    ...clarifications.flatMap(({ addedAt }) => fact(addedAt, TimelineKind.NEED_CLARIFIED, title, id)),
    ...joinings.flatMap(({ joinedAt }) => fact(joinedAt, TimelineKind.NEED_JOINED, title, id)),
    ...fact(closedAt, TimelineKind.NEED_CLOSED, title, id),
  ];
}

/** What a dialogue has to tell: of the ledger only what everybody was told, and when they were. */
export function factsOfDialogue(
  dialogue: DialogueFacts,
  activities: readonly Pick<DialogueActivity, 'title' | 'startsAt'>[],
  ledger: readonly Pick<Disclosure, 'text' | 'publishedAt'>[],
  rounds: readonly Pick<MeetingRound, 'title' | 'drawnAt'>[],
): TimelineFact[] {
  const { id, title, announcedAt, opensAt, closesAt, cancelledAt, closedAt, summarisedAt } = dialogue;
  // A dialogue that a clock closes is closed by its deadline; one that was called off has no other end.
  const closed = dialogue.ledHere ? closedAt : cancelledAt ? null : closesAt;
  return [
    ...fact(announcedAt, TimelineKind.DIALOGUE_ANNOUNCED, title, id),
    ...fact(opensAt, TimelineKind.DIALOGUE_OPENED, title, id),
    ...activities.flatMap((each) => fact(each.startsAt, TimelineKind.DIALOGUE_ACTIVITY, each.title, id)),
    ...ledger.flatMap((each) => fact(each.publishedAt, TimelineKind.DIALOGUE_DISCLOSED, each.text, id)),
    ...rounds.flatMap((each) => fact(each.drawnAt, TimelineKind.MEETINGS_DRAWN, each.title, id)),
    ...fact(cancelledAt, TimelineKind.DIALOGUE_CANCELLED, title, id),
    ...fact(closed, TimelineKind.DIALOGUE_CLOSED, title, id),
    ...fact(summarisedAt, TimelineKind.DIALOGUE_SUMMARISED, title, id),
  ];
}
