import { momentAt } from './dates.js';
import { first, inExtension } from './find.js';
import type { ParsedLot } from './notice.js';
import type { Reading } from './remarks.js';
import type { XmlElement } from './xml-tree.js';

const END = ['cbc:EndDate', 'cbc:EndTime'] as const;

type Kind = NonNullable<ParsedLot['deadlineKind']>;
type Deadlines = Pick<
  ParsedLot,
  'deadline' | 'deadlineKind' | 'questionsDeadline' | 'answersDeadline' | 'openingAt'
>;

/** A lot has one deadline that decides whether one is still in time: the first of these that it states. */
export function readDeadlines(process: XmlElement | null, reading: Reading): Deadlines {
  const period = (name: string, field: string) => momentAt(first(process, name), END, field, reading);
  const extended = (name: string, field: string) =>
    momentAt(inExtension(process, name)[0] ?? null, END, field, reading);

  const answersDeadline = extended('efac:AnswerReceptionPeriod', 'BT-800');
  const candidates: [Kind, string | null][] = [
    ['tenders', period('cac:TenderSubmissionDeadlinePeriod', 'BT-131')],
    ['requests', period('cac:ParticipationRequestReceptionPeriod', 'BT-1311')],
    ['expressions', extended('efac:InterestExpressionReceptionPeriod', 'BT-630')],
    ['answers', answersDeadline],
  ];
  const [deadlineKind, deadline] = candidates.find(([, moment]) => moment !== null) ?? [null, null];
  const opening = ['cbc:OccurrenceDate', 'cbc:OccurrenceTime'] as const;
  return {
    deadline,
    deadlineKind,
    questionsDeadline: period('cac:AdditionalInformationRequestPeriod', 'BT-13'),
    answersDeadline,
    openingAt: momentAt(first(process, 'cac:OpenTenderEvent'), opening, 'BT-132', reading, 'event'),
  };
}

const PRECEDENCE: readonly Kind[] = ['tenders', 'requests', 'expressions', 'answers'];

/** The notice's deadline: the earliest of its lots', tenders before requests before expressions of interest. */
export function earliestDeadline(lots: readonly ParsedLot[]): string | null {
  for (const kind of PRECEDENCE) {
    const moments = lots.flatMap((lot) => (lot.deadlineKind === kind && lot.deadline ? [lot.deadline] : []));
    if (moments.length > 0) return moments.toSorted()[0] ?? null;
  }
  return null;
}
