import type { Block } from '@samspill/pdf';
import type { Language } from '@samspill/subgraph';
import type {
  SummarisedAnswer,
  SummarisedComment,
  SummarisedDisclosure,
  SummarisedInput,
  SummarisedOutcome,
  SummarisedRound,
  SummaryContent,
} from './summary-content.js';
import { type SectionKey, type SummaryWords, summaryWords } from './summary-words.js';

/** What the municipality has added to what was generated. */
export interface Addition {
  readonly text: string;
  readonly addedAt: Date;
}

/** A part of a summary as it is read: its heading and what stands under it. */
export interface Section {
  readonly key: SectionKey;
  readonly heading: string;
  readonly blocks: readonly Block[];
}

/** Puts a summary into words. All sections are there, also those in which nothing happened: that is said as well. */
export function summarySections(
  content: SummaryContent,
  additions: readonly Addition[],
  language: Language,
): Section[] {
  const words = summaryWords[language];
  const time = timesIn(language);
  const { labels } = words;
  const section = (key: SectionKey, blocks: readonly (Block | null)[]): Section => {
    const said = blocks.filter((block) => block !== null);
    return {
      key,
      heading: words.sections[key],
      blocks: said.length ? said : [{ kind: 'paragraph', text: labels.none }],
    };
  };
  return [
    section('ABOUT', about(content, words, time)),
    section('NEED', need(content, words)),
    section('ACTIVITIES', activities(content, words, time)),
    section('QUESTIONS', content.questions.length ? [{ kind: 'list', items: content.questions }] : []),
    section('PARTICIPANTS', participants(content)),
    section(
      'INPUTS',
      content.inputs.flatMap((input) => inputBlocks(input, words, time)),
    ),
    section(
      'COMMENTS',
      content.comments.flatMap((comment) => commentBlocks(comment, words, time)),
    ),
    section(
      'MEETINGS',
      content.rounds.flatMap((round) => roundBlocks(round, words, time)),
    ),
    section(
      'LEDGER',
      content.disclosures.flatMap((told) => disclosureBlocks(told, words, time)),
    ),
    section(
      'ADDITIONS',
      additions.flatMap(({ text, addedAt }): Block[] => [
        { kind: 'small', text: `${labels.added} ${time(addedAt.toISOString())}` },
        { kind: 'paragraph', text },
      ]),
    ),
  ];
}

type Time = (at: string) => string;

/** Times are read in Oslo. */
function timesIn(language: Language): Time {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : `${language}-NO`, {
    timeZone: 'Europe/Oslo',
    dateStyle: 'long',
    timeStyle: 'short',
  });
  return (at) => format.format(new Date(at));
}

const labelled = (label: string, text: string | null): Block | null =>
  text === null ? null : { kind: 'paragraph', text: `${label}: ${text}` };

const named = ({
  organisationName,
  organisationNumber,
}: {
  organisationName: string;
  organisationNumber: string;
}) => `${organisationName} (${organisationNumber})`;

function about({ dialogue }: SummaryContent, { labels }: SummaryWords, time: Time): (Block | null)[] {
  const at = (label: string, when: string | null) => labelled(label, when && time(when));
  return [
    dialogue.description === null ? null : { kind: 'paragraph', text: dialogue.description },
    at(labels.announced, dialogue.announcedAt),
    at(labels.opened, dialogue.opensAt),
    at(labels.deadline, dialogue.closesAt),
    dialogue.cancelledAt === null ? at(labels.closed, dialogue.closedAt) : null,
    at(labels.calledOff, dialogue.cancelledAt),
    labelled(labels.calledOffWhy, dialogue.cancellationReason),
    labelled(labels.contact, dialogue.contact),
  ];
}

function need({ need: stated }: SummaryContent, { labels }: SummaryWords): (Block | null)[] {
  if (stated === null) return [];
  return [
    { kind: 'paragraph', text: stated.title },
    labelled(labels.effect, stated.effect),
    labelled(labels.users, stated.users),
    { kind: 'paragraph', text: `${labels.criteria}:` },
    { kind: 'list', items: stated.successCriteria },
    labelled(labels.volume, stated.volume),
  ];
}

function activities({ activities: all }: SummaryContent, words: SummaryWords, time: Time): Block[] {
  if (all.length === 0) return [];
  const { activity, from, to, place } = words.labels;
  const rows = all.map((each) => [
    `${each.title} (${words.activities[each.type] ?? each.type})`,
    each.startsAt ? time(each.startsAt) : '',
    each.endsAt ? time(each.endsAt) : '',
    each.place ?? '',
  ]);
  return [{ kind: 'table', columns: [activity, from, to, place], rows }];
}

const participants = ({ participants: all }: SummaryContent): Block[] =>
  all.length ? [{ kind: 'list', items: all.map(named) }] : [];

function inputBlocks(input: SummarisedInput, words: SummaryWords, time: Time): (Block | null)[] {
  const { labels, secretLeftOut } = words;
  const attached = input.attachments.map(({ name, sha256 }) => `${name} (SHA-256 ${sha256})`);
  return [
    { kind: 'paragraph', text: `${numbered(input, labels)}${named(input)}` },
    { kind: 'small', text: `${labels.submitted} ${time(input.submittedAt)}` },
    input.answers.length
      ? { kind: 'list', items: input.answers.map((answer) => answerText(answer, words)) }
      : null,
    labelled(labels.comment, input.comment),
    attached.length
      ? { kind: 'list', items: attached.map((each) => `${labels.attachments}: ${each}`) }
      : null,
    input.secretLeftOut ? { kind: 'small', text: `${secretLeftOut}.` } : null,
    outcome(input.outcome, words),
  ];
}

function answerText({ question, answer, secretLeftOut }: SummarisedAnswer, words: SummaryWords): string {
  const { yes, no, notAnswered } = words.labels;
  const said = typeof answer === 'boolean' ? (answer ? yes : no) : answer;
  const marker = secretLeftOut ? `[${words.secretLeftOut}]` : null;
  return `${question}\n${[said, marker].filter((each) => each !== null).join(' ') || notAnswered}`;
}

function commentBlocks(comment: SummarisedComment, words: SummaryWords, time: Time): (Block | null)[] {
  const { labels, secretLeftOut } = words;
  const place = `${comment.document}, ${labels.version} ${comment.documentVersion}, ${labels.paragraph} ${comment.paragraph}`;
  return [
    { kind: 'paragraph', text: `${numbered(comment, labels)}${named(comment)}: ${place}` },
    { kind: 'small', text: `${labels.submitted} ${time(comment.submittedAt)}` },
    labelled(labels.quote, `«${comment.quote}»`),
    labelled(labels.comment, comment.comment),
    comment.secretLeftOut ? { kind: 'small', text: `${secretLeftOut}.` } : null,
    outcome(comment.outcome, words),
  ];
}

const numbered = ({ number }: { number: number | null }, labels: SummaryWords['labels']): string =>
  number === null ? '' : `${labels.number} ${number}: `;

function outcome(given: SummarisedOutcome | null, { labels, outcomes }: SummaryWords): Block | null {
  if (given === null) return labelled(labels.outcome, labels.notConcluded);
  return labelled(labels.outcome, `${outcomes[given.outcome] ?? given.outcome}. ${given.explanation}`);
}

function roundBlocks(round: SummarisedRound, words: SummaryWords, time: Time): (Block | null)[] {
  const { labels } = words;
  const cancelled = (at: string | null) => (at ? ` (${labels.cancelled} ${time(at)})` : '');
  const { lot, meetings, seed } = round;
  return [
    {
      kind: 'paragraph',
      text: `${labels.round} ${round.number}: ${round.title}${cancelled(round.cancelledAt)}`,
    },
    { kind: 'paragraph', text: words.equalLength(round.minutes) },
    meetings.length
      ? {
          kind: 'table',
          columns: [labels.organisation, labels.from, labels.to],
          rows: meetings.map((meeting) => [
            `${named(meeting)}${cancelled(meeting.cancelledAt)}`,
            time(meeting.startsAt),
            time(meeting.endsAt),
          ]),
        }
      : null,
    labelled(labels.commitment, round.seedCommitment),
    labelled(labels.seed, seed),
    labelled(labels.drawn, round.drawnAt && time(round.drawnAt)),
    lot.length
      ? {
          kind: 'table',
          columns: [labels.lot, labels.organisation, labels.hadMeeting, labels.digest],
          rows: lot.map((each) => [
            String(each.position),
            named(each),
            each.hadMeetingBefore ? labels.yes : labels.no,
            each.digest,
          ]),
        }
      : null,
    seed === null ? null : { kind: 'small', text: words.replay },
  ];
}

function disclosureBlocks(told: SummarisedDisclosure, words: SummaryWords, time: Time): Block[] {
  const { labels, channels } = words;
  const line = [
    `${labels.number} ${told.number}`,
    `${labels.told}: ${time(told.toldAt)}, ${channels[told.channel] ?? told.channel}`,
    `${labels.toldTo}: ${told.toldTo ? named(told.toldTo) : labels.everybody}`,
    told.publishedAt ? `${labels.toldToAllAt}: ${time(told.publishedAt)}` : labels.notYet,
    told.corrects === null ? null : `${labels.corrects} ${told.corrects}`,
  ];
  return [
    { kind: 'small', text: line.filter((each) => each !== null).join(' · ') },
    { kind: 'paragraph', text: told.text },
  ];
}

/** The same as plain paragraphs. */
export function paragraphsOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    if ('text' in block) return [block.text];
    if (block.kind === 'list') return [...block.items];
    if (block.kind === 'table') return [block.columns, ...block.rows].map((row) => row.join(' · '));
    return [];
  });
}
