import type { Language } from '@samspill/subgraph';
import { en } from './summary-words.en.js';
import { nb } from './summary-words.nb.js';
import { nn } from './summary-words.nn.js';

/** What a summary says between the words of municipality and suppliers. */
export interface SummaryWords {
  readonly summaryOf: string;
  readonly sections: Readonly<Record<SectionKey, string>>;
  readonly secretLeftOut: string;
  readonly labels: Readonly<Record<Label, string>>;
  readonly activities: Readonly<Record<string, string>>;
  readonly outcomes: Readonly<Record<string, string>>;
  readonly channels: Readonly<Record<string, string>>;
  readonly equalLength: (minutes: number) => string;
  readonly replay: string;
  readonly footer: (sha256: string) => string;
  readonly preview: string;
}

export type SectionKey =
  | 'ABOUT'
  | 'NEED'
  | 'ACTIVITIES'
  | 'QUESTIONS'
  | 'PARTICIPANTS'
  | 'INPUTS'
  | 'COMMENTS'
  | 'MEETINGS'
  | 'LEDGER'
  | 'ADDITIONS';

type Label =
  | 'none'
  | 'announced'
  | 'opened'
  | 'deadline'
  | 'closed'
  | 'calledOff'
  | 'calledOffWhy'
  | 'contact'
  | 'effect'
  | 'users'
  | 'criteria'
  | 'volume'
  | 'activity'
  | 'from'
  | 'to'
  | 'place'
  | 'organisation'
  | 'number'
  | 'question'
  | 'answer'
  | 'yes'
  | 'no'
  | 'notAnswered'
  | 'comment'
  | 'attachments'
  | 'submitted'
  | 'outcome'
  | 'notConcluded'
  | 'paragraph'
  | 'version'
  | 'quote'
  | 'round'
  | 'cancelled'
  | 'lot'
  | 'digest'
  | 'hadMeeting'
  | 'commitment'
  | 'seed'
  | 'drawn'
  | 'told'
  | 'toldTo'
  | 'everybody'
  | 'toldToAllAt'
  | 'notYet'
  | 'how'
  | 'text'
  | 'corrects'
  | 'added';

export const summaryWords: Readonly<Record<Language, SummaryWords>> = { nb, nn, en };
