import { type TimelineFact, TimelineKind } from '@samspill/subgraph';
import { stableId, zonedDateTimeToUtc } from '@samspill/values';
import type { Contract } from '../contract/contract.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { Notice } from '../notice/notice.js';
import { Tender } from '../tender/tender.js';
import { Event, Need, type TimelineEntry } from './timeline.js';

type NoticeFacts = Pick<Notice, 'id' | 'tenderId' | 'formType' | 'publishedAt' | 'isCorrection' | 'title'>;
type TenderFacts = Pick<Tender, 'id' | 'title' | 'deadline'>;
type ContractFacts = Pick<Contract, 'title' | 'signedOn'> & { readonly tenderId: string };

const KIND_OF_NOTICE: Readonly<Record<string, TimelineKind>> = {
  planning: TimelineKind.TENDER_PLANNED,
  competition: TimelineKind.TENDER_ANNOUNCED,
  'dir-awa-pre': TimelineKind.TENDER_ANNOUNCED,
  result: TimelineKind.TENDER_CONCLUDED,
  'cont-modif': TimelineKind.CONTRACT_CHANGED,
  completion: TimelineKind.CONTRACT_COMPLETED,
};

/** What `tenders` itself has to tell of a procurement. A consultation is the dialogue's to tell. */
export function tendersTimeline(
  notices: readonly NoticeFacts[],
  tenders: readonly TenderFacts[],
  contracts: readonly ContractFacts[],
): TimelineFact[] {
  const titles = new Map(tenders.map(({ id, title }) => [id, title]));
  const published = notices.flatMap((notice) => {
    const kind = notice.isCorrection ? TimelineKind.TENDER_CORRECTED : KIND_OF_NOTICE[notice.formType];
    return kind ? [{ at: notice.publishedAt, kind, title: notice.title, subjectId: notice.id }] : [];
  });
  const deadlines = tenders.flatMap(({ id, title, deadline }) =>
    deadline ? [{ at: deadline, kind: TimelineKind.TENDER_DEADLINE, title, subjectId: id }] : [],
  );
  const signed = contracts.flatMap(({ title, signedOn, tenderId }) => {
    const at = signedOn && zonedDateTimeToUtc(signedOn, null);
    const words = title ?? titles.get(tenderId) ?? '';
    return at
      ? [{ at: new Date(at), kind: TimelineKind.CONTRACT_SIGNED, title: words, subjectId: tenderId }]
      : [];
  });
  return [...published, ...deadlines, ...signed];
}

/** Facts of all services as one line of time. What happened at the same moment comes in the order of the chain. */
export function asTimeline(facts: readonly TimelineFact[]): TimelineEntry[] {
  const order = Object.keys(TimelineKind);
  const entries = facts.map((fact) => {
    const at = new Date(fact.at);
    const { kind, title, subjectId } = fact;
    // The title too: much of the ledger is told to everybody at one moment, and each of it is an entry.
    const id = stableId('timeline-entry', kind, subjectId, at.toISOString(), title);
    return { id, at, kind, title, subject: subjectOf(fact), subjectId };
  });
  // Told twice (two contracts signed on one day) it is one entry: nobody could tell the two apart.
  const once = [...new Map(entries.map((entry) => [entry.id, entry])).values()];
  // What its service tells in an order of its own (the ledger by its numbers) stays in it.
  return once
    .sort(
      (a, b) =>
        a.at.getTime() - b.at.getTime() ||
        order.indexOf(a.kind) - order.indexOf(b.kind) ||
        compare(a.subjectId, b.subjectId),
    )
    .map(({ subjectId: _, ...entry }) => entry);
}

// Not by locale: the same everywhere.
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function subjectOf({ kind, subjectId: id }: TimelineFact): TimelineEntry['subject'] {
  if (kind.startsWith('NEED_')) return Object.assign(new Need(), { id });
  if (kind.startsWith('DIALOGUE_') || kind.startsWith('MEETINGS_'))
    return Object.assign(new MarketDialogue(), { id });
  if (kind.startsWith('EVENT_')) return Object.assign(new Event(), { id });
  const isTender = kind === TimelineKind.TENDER_DEADLINE || kind === TimelineKind.CONTRACT_SIGNED;
  return isTender ? Object.assign(new Tender(), { id }) : Object.assign(new Notice(), { id });
}
