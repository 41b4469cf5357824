import type { Mendable } from '@samspill/subgraph';
import { type DialogueQuestion, DialogueQuestionKind } from '../question/dialogue-question.js';

/** As somebody wrote it. */
export interface GivenAnswer {
  readonly questionId: string;
  readonly text?: string | null;
  readonly value?: number | null;
  readonly yes?: boolean | null;
  readonly choice?: string | null;
  readonly tradeSecret?: string | null;
}

export interface CheckedAnswer {
  readonly questionId: string;
  readonly question: string;
  readonly text: string | null;
  readonly value: number | null;
  readonly yes: boolean | null;
  readonly choice: string | null;
  readonly tradeSecret: string | null;
}

type Asked = Pick<DialogueQuestion, 'id' | 'text' | 'kind' | 'choices' | 'wordLimit' | 'required'>;

/** What an answer may have without a limit of its own. */
export const LONGEST_ANSWER = 20_000;

/** How many words a text has, as a person counts them: what stands between spaces and has a letter or a digit in it. */
export function wordsIn(text: string): number {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** The answers in the order of the questions, and everything about them that has to be mended before they are taken. */
export function checkedAnswers(
  questions: readonly Asked[],
  given: readonly GivenAnswer[],
): { answers: CheckedAnswer[]; mend: Mendable[] } {
  const mend: Mendable[] = [];
  const byQuestion = new Map<string, CheckedAnswer>();
  const asked = new Map(questions.map((question) => [question.id, question]));
  for (const [at, answer] of given.entries()) {
    const path = ['input', 'answers', String(at)];
    const question = asked.get(answer.questionId);
    if (!question) mend.push(noSuchQuestion([...path, 'questionId']));
    else if (byQuestion.has(question.id)) mend.push(answeredTwice([...path, 'questionId']));
    else byQuestion.set(question.id, checked(question, answer, path, mend));
  }
  for (const question of questions) {
    const answer = byQuestion.get(question.id);
    if (answer && saysSomething(answer)) continue;
    byQuestion.delete(question.id);
    if (question.required) mend.push(answerMissing(question));
  }
  return { answers: questions.flatMap(({ id }) => byQuestion.get(id) ?? []), mend };
}

function checked(
  question: Asked,
  given: GivenAnswer,
  path: readonly string[],
  mend: Mendable[],
): CheckedAnswer {
  const { kind } = question;
  const text = words(given.text);
  const choice = words(given.choice);
  const value = given.value ?? null;
  const yes = given.yes ?? null;
  const said = { TEXT: text, NUMBER: value, YES_NO: yes, CHOICE: choice };
  for (const [form, answer] of Object.entries(said)) {
    if (answer !== null && form !== kind) mend.push(wrongForm(path, kind));
  }
  if (kind === DialogueQuestionKind.CHOICE && choice !== null && !question.choices.includes(choice)) {
    mend.push(noSuchChoice([...path, 'choice'], question.choices));
  }
  if (value !== null && !Number.isFinite(value)) mend.push(wrongForm([...path, 'value'], kind));
  const tradeSecret = words(given.tradeSecret);
  const whole = [text, tradeSecret].filter((part) => part !== null).join(' ');
  const count = wordsIn(whole);
  if (question.wordLimit !== null && count > question.wordLimit) {
    mend.push(tooManyWords(path, count, question.wordLimit));
  }
  if (whole.length > LONGEST_ANSWER) mend.push(tooLong(path));
  const answer = { TEXT: { text }, NUMBER: { value }, YES_NO: { yes }, CHOICE: { choice } }[kind];
  const nothing = { text: null, value: null, yes: null, choice: null };
  return { questionId: question.id, question: question.text, ...nothing, ...answer, tradeSecret };
}

const saysSomething = ({ text, value, yes, choice, tradeSecret }: CheckedAnswer): boolean =>
  [text, value, yes, choice, tradeSecret].some((part) => part !== null);

/** In characters that PostgreSQL keeps; null for nothing but space. */
export function words(text: string | null | undefined): string | null {
  return text?.toWellFormed().replaceAll('\u0000', '').trim() || null;
}

const noSuchQuestion = (path: readonly string[]): Mendable => ({
  code: 'NO_SUCH_QUESTION',
  path,
  messages: {
    nb: 'Dialogen har ikke dette spørsmålet. Hent spørsmålene på nytt («questionnaire»); de kan være endret.',
    nn: 'Dialogen har ikkje dette spørsmålet. Hent spørsmåla på nytt («questionnaire»); dei kan vere endra.',
    en: 'The dialogue does not have this question. Get the questions again ("questionnaire"); they may have changed.',
  },
});

const answeredTwice = (path: readonly string[]): Mendable => ({
  code: 'ANSWERED_TWICE',
  path,
  messages: {
    nb: 'Spørsmålet er besvart to ganger. Behold ett av svarene.',
    nn: 'Spørsmålet er svara på to gonger. Behald eitt av svara.',
    en: 'The question is answered twice. Keep one of the answers.',
  },
});

const answerMissing = ({ text }: Asked): Mendable => ({
  code: 'ANSWER_MISSING',
  path: ['input', 'answers'],
  messages: {
    nb: `Spørsmålet «${text}» må besvares.`,
    nn: `Spørsmålet «${text}» må svarast på.`,
    en: `The question "${text}" must be answered.`,
  },
});

const FORMS = {
  TEXT: { nb: 'fritekst («text»)', nn: 'fritekst («text»)', en: 'words ("text")' },
  NUMBER: { nb: 'et tall («value»)', nn: 'eit tal («value»)', en: 'a number ("value")' },
  YES_NO: { nb: 'ja eller nei («yes»)', nn: 'ja eller nei («yes»)', en: 'yes or no ("yes")' },
  CHOICE: {
    nb: 'ett av alternativene («choice»)',
    nn: 'eitt av alternativa («choice»)',
    en: 'one of the choices ("choice")',
  },
} as const;

const wrongForm = (path: readonly string[], kind: DialogueQuestionKind): Mendable => ({
  code: 'ANSWER_IN_WRONG_FORM',
  path,
  messages: {
    nb: `Dette spørsmålet besvares med ${FORMS[kind].nb}, og ikke på noen annen måte.`,
    nn: `Dette spørsmålet blir svara på med ${FORMS[kind].nn}, og ikkje på nokon annan måte.`,
    en: `This question is answered with ${FORMS[kind].en}, and in no other way.`,
  },
});

const noSuchChoice = (path: readonly string[], choices: readonly string[]): Mendable => ({
  code: 'NO_SUCH_CHOICE',
  path,
  messages: {
    nb: `Velg ett av alternativene: ${choices.join(', ')}.`,
    nn: `Vel eitt av alternativa: ${choices.join(', ')}.`,
    en: `Choose one of these: ${choices.join(', ')}.`,
  },
});

const tooManyWords = (path: readonly string[], count: number, limit: number): Mendable => ({
  code: 'TOO_MANY_WORDS',
  path,
  messages: {
    nb: `Svaret har ${count} ord, og grensen er ${limit}, forretningshemmeligheter medregnet. Kort det ned.`,
    nn: `Svaret har ${count} ord, og grensa er ${limit}, forretningsløyndomar medrekna. Kort det ned.`,
    en: `The answer has ${count} words, and the limit is ${limit}, trade secrets included. Shorten it.`,
  },
});

const tooLong = (path: readonly string[]): Mendable => ({
  code: 'TEXT_TOO_LONG',
  path,
  messages: {
    nb: `Svaret kan ha høyst ${LONGEST_ANSWER} tegn. Kort det ned, eller legg ved et dokument.`,
    nn: `Svaret kan ha høgst ${LONGEST_ANSWER} teikn. Kort det ned, eller legg ved eit dokument.`,
    en: `The answer may have at most ${LONGEST_ANSWER} characters. Shorten it, or attach a document.`,
  },
});
