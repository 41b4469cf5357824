import { scopes } from '@samspill/identity';
import { HurriedClock } from '../support/hurried-clock.js';
import type { Answer } from '../support/region.js';
import { authorization, machineToken, personaToken } from '../support/tokens.js';

/** Everybody who may turn up. A new kind of actor belongs here. */
export const actors = {
  public: async () => ({}),
  person: () => authorization('person'),
  supplier: () => authorization('supplier'),
  'supplier-2': () => authorization('supplier-2'),
  'event-host': () => authorization('event-host'),
  officer: () => authorization('officer'),
  evaluator: () => authorization('evaluator'),
  'contract-manager': () => authorization('contract-manager'),
  administrator: () => authorization('administrator'),
  'officer-marker': () => authorization('officer-marker'),
  /** Of Marker: the strongest that another municipality has. */
  'administrator-marker': () => bearer(personaToken('officer-marker', { sub: 'administrator-marker' })),
  /** The procurement officer, with a log-in that says little. */
  'officer, hardly known': () => bearer(personaToken('officer', { acr: 'entraid' })),
  /** The administrator, who today acts for Marker: roles hold only at the organisation that gave them. */
  'administrator, acting for Marker': () => bearer(personaToken('officer-marker', { sub: 'administrator' })),
  importer: () => authorization('importer'),
  /** It has one scope, which is not the importer's: that begins with it, and there is a comma where a space would be. */
  machine: () => bearer(machineToken([`${scopes.importNotices}.not,${scopes.importNotices}`])),
} satisfies Record<string, () => Promise<Record<string, string>>>;

export type ActorName = keyof typeof actors;
export const everybody = Object.keys(actors) as ActorName[];

async function bearer(token: Promise<string>): Promise<Record<string, string>> {
  return { authorization: `Bearer ${await token}` };
}

export const persons = everybody.filter((each) => !['public', 'importer', 'machine'].includes(each));
export const colleagues: ActorName[] = [
  'officer',
  'evaluator',
  'contract-manager',
  'administrator',
  'event-host',
];
/** Those who are known in Indre Østfold, and have no say there at this log-in. The database lets them see their own row. */
export const themselves: ActorName[] = ['officer, hardly known', 'administrator, acting for Marker'];
export const marker: ActorName[] = ['officer-marker', 'administrator-marker'];

/** The time of the regions in which the questions are asked: start them with it. Some questions need a deadline to be over. */
export const time = new HurriedClock();

const MINUTE = 60_000;
export const inMinutes = (minutes: number) => new Date(time.now().getTime() + minutes * MINUTE).toISOString();
export const inHours = (hours: number) => inMinutes(hours * 60);
export const inDays = (days: number) => inHours(days * 24);

/** Asks as one of the actors. */
export type AskAs = (who: ActorName, query: string, variables?: object) => Promise<Answer>;

export interface Question {
  readonly query: string;
  readonly variables?: object;
}

export type Code = 'NOTHING' | 'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND';

/** One thing that can be asked for, and who may. Whoever is not named is refused: the public with UNAUTHENTICATED, others with FORBIDDEN. */
export interface Verdict {
  /** Which of several cases of the same operation. */
  readonly of?: string;
  readonly admitted: readonly ActorName[];
  /** Refused by the rule, while the database shows them a row: that of themselves. */
  readonly themselves?: readonly ActorName[];
  /** Not refused, and shown nothing: the rule cannot tell whose it is, and the database can. */
  readonly inVain?: readonly ActorName[];
  /** Refused with NOT_FOUND: they may not know that there is something. */
  readonly unknowing?: readonly ActorName[];
  /** Makes what is asked about, as those who may; called anew for each who is admitted. */
  readonly ask: (as: AskAs) => Promise<Question> | Question;
}

export function codeFor(verdict: Verdict, actor: ActorName): Code | null {
  if (verdict.admitted.includes(actor)) return null;
  if (verdict.inVain?.includes(actor)) return 'NOTHING';
  if (verdict.unknowing?.includes(actor)) return 'NOT_FOUND';
  return actor === 'public' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
}

export const INDRE_OSTFOLD = '3118';
export const OYEREN = '310000035';
/** Whoever acts for an organisation, and so passes the rule of the operations on capabilities. */
export const representatives = persons.filter(
  (each) => each !== 'person' && each !== 'officer, hardly known',
);
export const except = (all: readonly ActorName[], ...those: ActorName[]) =>
  all.filter((each) => !those.includes(each));

/** The cases of each operation, by names such as `Mutation.createNeed` or `Need.auditTrail`. */
export type Operations = Record<string, readonly Verdict[]>;

/** What everybody may ask. */
export const open = (query: string, idFrom?: string): Verdict[] => [
  {
    admitted: everybody,
    ask: async (as) => {
      if (!idFrom) return { query };
      const [list = '', field = ''] = idFrom.split('.');
      const { data } = await as('public', `{ ${list}(first: 1) { nodes { ${field} } } }`);
      return { query, variables: { id: data[list].nodes[0][field] } };
    },
  },
];

/** What is needed for a question has to work, or the question proves nothing. */
export async function done(answer: Promise<Answer>) {
  const { data, errors } = await answer;
  const mend = Object.values(data ?? {}).flatMap(
    (each) => (each as { userErrors?: object[] }).userErrors ?? [],
  );
  if (errors?.length || mend.length)
    throw new Error(`It could not be made: ${JSON.stringify(errors ?? mend)}`);
  return data;
}
