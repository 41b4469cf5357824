import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Change, Mendable, ServiceStore } from '@samspill/subgraph';
import { type DialogueAction, whatPrevents } from '../market-dialogue/dialogue-lifecycle.js';
import { factsOf } from '../market-dialogue/dialogue-rules.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { noSuchDialogue } from '../market-dialogue/market-dialogue.permission.js';
import { lockParticipation, notAParticipant } from '../participant/join-dialogue.js';
import { type Participant, participantIn } from '../participant/participant.js';
import { questionsIn } from '../question/question.loader.js';
import { checkedAnswers, type GivenAnswer, LONGEST_ANSWER, words } from './answer-rules.js';
import { noSuchInput } from './input.permission.js';
import { MarketInput, MarketInputKind } from './market-input.js';
import { attachTo, type GivenAttachment, type Series, storeInput } from './store-input.js';

export type InputChange = { readonly input: MarketInput } | { readonly mend: readonly Mendable[] };

export interface GivenInput {
  readonly answers: readonly GivenAnswer[];
  readonly comment?: string | null;
  readonly tradeSecret?: string | null;
  readonly attachments: readonly GivenAttachment[];
}

/** A participant that may say something in a dialogue now. */
export interface Speaker {
  readonly dialogue: MarketDialogue;
  readonly participant: Participant;
  readonly now: Date;
}

/** Takes an input of an organisation that has none that stands. */
export async function submitInput(
  store: ServiceStore,
  change: Change,
  given: GivenInput & { readonly dialogueId: string; readonly organisationNumber: string },
  personId: string | null,
): Promise<InputChange> {
  const { dialogueId, organisationNumber } = given;
  const speaker = await speakerIn(store, change, dialogueId, organisationNumber);
  if ('mend' in speaker) return speaker;
  if (await standingInput(change.em, dialogueId, organisationNumber)) return { mend: [alreadySubmitted] };
  const series = { seriesId: randomUUID(), number: null, version: 1 };
  return takeInput(change, speaker, given, personId, series);
}

/** Puts a new version in place of one that stands. The old one stays, with the time. */
export async function replaceInput(
  store: ServiceStore,
  change: Change,
  { inputId, ...given }: GivenInput & { readonly inputId: string },
  personId: string | null,
): Promise<InputChange> {
  const { em } = change;
  const known = await inputToChange(store, change, inputId, 'ANSWER');
  if ('mend' in known) return known;
  const { input } = known;
  if (input.kind !== MarketInputKind.WRITTEN) return { mend: [commentNotReplaced] };
  const speaker = await speakerIn(store, change, input.dialogueId, input.organisationNumber);
  if ('mend' in speaker) return speaker;
  const { seriesId, number, version } = input;
  return takeInput(change, speaker, given, personId, { seriesId, number, version: version + 1 }, async () => {
    await claimInput(em, inputId);
    em.assign(input, { replacedAt: speaker.now });
    // The one that stands is the only one: the old one makes room first.
    await em.flush();
  });
}

/** Takes an input back, as long as it could still be replaced: what the municipality may count on stands. */
export async function withdrawInput(
  store: ServiceStore,
  change: Change,
  inputId: string,
): Promise<InputChange> {
  const known = await inputToChange(store, change, inputId, 'WITHDRAW');
  if ('mend' in known) return known;
  const { input, dialogue, now } = known;
  await claimInput(change.em, inputId);
  change.em.assign(input, { withdrawnAt: now });
  change.audit({
    object: { type: 'MarketInput', id: inputId },
    owner: { organisation: input.organisationNumber, municipality: dialogue.municipalityNumber },
  });
  return { input };
}

/** The participant, if it may say something now. */
export async function speakerIn(
  store: ServiceStore,
  change: Change,
  dialogueId: string,
  organisationNumber: string,
  path: readonly string[] = ['input', 'dialogueId'],
): Promise<Speaker | { readonly mend: readonly Mendable[] }> {
  const { em } = change;
  await lockParticipation(em, dialogueId, organisationNumber);
  const dialogue = await em.findOne(MarketDialogue, { id: dialogueId });
  if (!dialogue) throw noSuchDialogue();
  const now = store.host.clock.now();
  const prevented = whatPrevents('ANSWER', await factsOf(em, dialogue), now, path);
  if (prevented) return { mend: [prevented] };
  const participant = await participantIn(em, dialogueId, organisationNumber);
  return participant ? { dialogue, participant, now } : { mend: [notAParticipant(path)] };
}

async function takeInput(
  change: Change,
  { dialogue, participant, now }: Speaker,
  given: GivenInput,
  personId: string | null,
  series: Series,
  makeRoom: () => Promise<void> = async () => undefined,
): Promise<InputChange> {
  const { answers, mend } = checkedAnswers(await questionsIn(change.em, dialogue.id), given.answers);
  const comment = words(given.comment);
  const tradeSecret = words(given.tradeSecret);
  mend.push(...tooLong(comment, 'comment'), ...tooLong(tradeSecret, 'tradeSecret'));
  const isEmpty = answers.length === 0 && comment === null && tradeSecret === null;
  if (mend.length === 0 && isEmpty && given.attachments.length === 0) mend.push(inputEmpty);
  if (mend.length > 0) return { mend };
  const { organisationNumber, organisationName } = participant;
  const attached = await attachTo(change, series.seriesId, organisationNumber, given.attachments);
  if ('mend' in attached) return attached;
  await makeRoom();
  const input = await storeInput(change, {
    ...{ dialogue, kind: MarketInputKind.WRITTEN, personId, series, comment, tradeSecret, answers, now },
    organisation: { organisationNumber, organisationName },
    ...{ attachments: given.attachments, documents: attached.documents, place: null },
  });
  return { input };
}

/** One that stands, of which the organisation may still decide. */
async function inputToChange(
  store: ServiceStore,
  { em }: Change,
  inputId: string,
  action: DialogueAction,
): Promise<
  { input: MarketInput; dialogue: MarketDialogue; now: Date } | { readonly mend: readonly Mendable[] }
> {
  const found = await em.findOne(MarketInput, { id: inputId });
  if (!found) throw noSuchInput();
  await lockParticipation(em, found.dialogueId, found.organisationNumber);
  // Two colleagues at the same moment: the second one sees, under the lock, what the first one did.
  const input = await em.findOne(MarketInput, { id: inputId }, { refresh: true });
  const dialogue = await em.findOne(MarketDialogue, { id: found.dialogueId });
  if (!input || !dialogue) throw noSuchInput();
  const now = store.host.clock.now();
  const path = ['input', 'inputId'];
  const prevented = whatPrevents(action, await factsOf(em, dialogue), now, path);
  if (prevented) return { mend: [prevented] };
  if (input.replacedAt !== null || input.withdrawnAt !== null) return { mend: [notStanding(path)] };
  return { input, dialogue, now };
}

/** Officers see what others have written while they change something; only the organisation itself takes it back. */
async function claimInput(em: EntityManager, id: string): Promise<void> {
  const rows = await em.execute('select 1 from dialogue.input where id = ? for update', [id]);
  if (rows.length === 0) throw noSuchInput();
}

function standingInput(em: EntityManager, dialogueId: string, organisationNumber: string) {
  const kind = MarketInputKind.WRITTEN;
  return em.findOne(MarketInput, {
    dialogueId,
    organisationNumber,
    kind,
    replacedAt: null,
    withdrawnAt: null,
  });
}

export function tooLong(text: string | null, name: string): Mendable[] {
  if (text === null || text.length <= LONGEST_ANSWER) return [];
  return [
    {
      code: 'TEXT_TOO_LONG',
      path: ['input', name],
      messages: {
        nb: `Teksten kan ha høyst ${LONGEST_ANSWER} tegn. Kort den ned, eller legg ved et dokument.`,
        nn: `Teksten kan ha høgst ${LONGEST_ANSWER} teikn. Kort han ned, eller legg ved eit dokument.`,
        en: `The text may have at most ${LONGEST_ANSWER} characters. Shorten it, or attach a document.`,
      },
    },
  ];
}

export const notStanding = (path: readonly string[]): Mendable => ({
  code: 'INPUT_NOT_STANDING',
  path,
  messages: {
    nb: 'Innspillet er trukket eller erstattet. Bruk det som gjelder nå.',
    nn: 'Innspelet er trekt eller erstatta. Bruk det som gjeld no.',
    en: 'The input has been withdrawn or replaced. Use the one that stands now.',
  },
});

const alreadySubmitted: Mendable = {
  code: 'ALREADY_SUBMITTED',
  path: ['input', 'organisationNumber'],
  messages: {
    nb: 'Virksomheten har allerede et innspill i dialogen. Erstatt det («replaceInput»), eller trekk det først.',
    nn: 'Verksemda har allereie eit innspel i dialogen. Erstatt det («replaceInput»), eller trekk det først.',
    en: 'The organisation has an input in the dialogue already. Replace it ("replaceInput"), or withdraw it first.',
  },
};

const commentNotReplaced: Mendable = {
  code: 'COMMENT_NOT_REPLACED',
  path: ['input', 'inputId'],
  messages: {
    nb: 'En høringskommentar erstattes ikke. Trekk den, og skriv en ny.',
    nn: 'Ein høyringskommentar blir ikkje erstatta. Trekk han, og skriv ein ny.',
    en: 'A comment on a draft is not replaced. Withdraw it, and write a new one.',
  },
};

export const inputEmpty: Mendable = {
  code: 'INPUT_EMPTY',
  path: ['input'],
  messages: {
    nb: 'Innspillet sier ingenting. Svar på minst ett spørsmål, skriv en kommentar eller legg ved et dokument.',
    nn: 'Innspelet seier ingenting. Svar på minst eitt spørsmål, skriv ein kommentar eller legg ved eit dokument.',
    en: 'The input says nothing. Answer at least one question, write a comment or attach a document.',
  },
};
