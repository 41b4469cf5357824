import type { Mendable } from '@samspill/subgraph';
import { cleanText, tooMany } from '../market-dialogue/dialogue-texts.js';
import { type DialogueQuestion, DialogueQuestionKind } from './dialogue-question.js';

export const MOST_QUESTIONS = 50;
export const LONGEST_QUESTION = 1_000;
export const MOST_CHOICES = 20;
export const LARGEST_WORD_LIMIT = 5_000;

const LONGEST_CHOICE = 200;

/** As somebody wrote it. */
export interface GivenQuestion {
  readonly text: string;
  readonly kind: DialogueQuestionKind;
  readonly choices?: readonly string[] | null;
  readonly wordLimit?: number | null;
  readonly isRequired: boolean;
}

export type QuestionFacts = Omit<DialogueQuestion, 'id' | 'dialogueId'>;

/** The questions as they are stored, and everything about them that has to be mended. */
export function questionFacts(given: readonly GivenQuestion[]): {
  questions: QuestionFacts[];
  mend: Mendable[];
} {
  if (given.length > MOST_QUESTIONS) {
    return { questions: [], mend: [tooMany(['input', 'questions'], MOST_QUESTIONS)] };
  }
  const mend: Mendable[] = [];
  const questions = given.map((each, at) => {
    const path = ['input', 'questions', String(at)];
    const words = cleanText(each.text, LONGEST_QUESTION, [...path, 'text']);
    mend.push(...words.mend);
    const wordLimit = each.wordLimit ?? null;
    if (wordLimit !== null) mend.push(...limitFits(each.kind, wordLimit, [...path, 'wordLimit']));
    const choices = choicesOf(each, [...path, 'choices'], mend);
    return {
      position: at + 1,
      text: words.text,
      kind: each.kind,
      choices,
      wordLimit,
      required: each.isRequired,
    };
  });
  return { questions, mend };
}

function choicesOf(question: GivenQuestion, path: readonly string[], mend: Mendable[]): string[] {
  const given = question.choices ?? [];
  if (question.kind !== DialogueQuestionKind.CHOICE) {
    if (given.length > 0) mend.push(noChoiceQuestion(path));
    return [];
  }
  if (given.length > MOST_CHOICES) {
    mend.push(tooMany(path, MOST_CHOICES));
    return [];
  }
  const choices = given.map((each, at) => {
    const { text, mend: wrong } = cleanText(each, LONGEST_CHOICE, [...path, String(at)]);
    mend.push(...wrong);
    return text;
  });
  if (choices.length < 2 || new Set(choices).size < choices.length) mend.push(twoDifferent(path));
  return choices;
}

function limitFits(kind: DialogueQuestionKind, limit: number, path: readonly string[]): Mendable[] {
  if (kind === DialogueQuestionKind.TEXT && limit >= 1 && limit <= LARGEST_WORD_LIMIT) return [];
  return [
    {
      code: 'WORD_LIMIT_WRONG',
      path,
      messages: {
        nb: `Ordgrensen må være fra 1 til ${LARGEST_WORD_LIMIT}, og bare spørsmål som besvares med fritekst kan ha en.`,
        nn: `Ordgrensa må vere frå 1 til ${LARGEST_WORD_LIMIT}, og berre spørsmål som blir svara på med fritekst kan ha ei.`,
        en: `The word limit must be from 1 to ${LARGEST_WORD_LIMIT}, and only questions that are answered in words can have one.`,
      },
    },
  ];
}

const noChoiceQuestion = (path: readonly string[]): Mendable => ({
  code: 'CHOICES_NOT_EXPECTED',
  path,
  messages: {
    nb: 'Bare spørsmål av typen CHOICE har svaralternativer. Endre typen, eller fjern alternativene.',
    nn: 'Berre spørsmål av typen CHOICE har svaralternativ. Endre typen, eller fjern alternativa.',
    en: 'Only questions of the kind CHOICE have choices. Change the kind, or remove the choices.',
  },
});

const twoDifferent = (path: readonly string[]): Mendable => ({
  code: 'CHOICES_MISSING',
  path,
  messages: {
    nb: 'Gi minst to ulike svaralternativer.',
    nn: 'Gje minst to ulike svaralternativ.',
    en: 'Give at least two different choices.',
  },
});
