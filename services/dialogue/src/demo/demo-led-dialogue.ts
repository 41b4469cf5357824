import { endOfDayInOslo, osloDate, stableId } from '@samspill/values';
import { DialogueActivityType } from '../market-dialogue/dialogue-activity.js';
import { cpvBranches, type DialogueData } from '../market-dialogue/market-dialogue.js';
import { type DialogueQuestion, DialogueQuestionKind } from '../question/dialogue-question.js';

const DAY = 24 * 60 * 60 * 1000;
const MUNICIPALITY = '3118';

/**
 * A dialogue that is led here, still a draft: the officer of the demo can announce it and go on from there. Shown to
 * colleagues in Indre Østfold, and to nobody else before that.
 */
export function ledDialogue(now: Date, procurementId: string) {
  const id = stableId('demo-dialogue', 'skoleskyss');
  const day = (days: number) => osloDate(new Date(now.getTime() + days * DAY));
  const texts = QUESTIONS.map(({ text }) => text);
  const dialogue: DialogueData = {
    ...{ id, procurementId, municipalityNumber: MUNICIPALITY, buyerId: null },
    title: 'Skoleskyss som alle barn kan stole på: hva er mulig?',
    description:
      'Kommunen vil forstå hva som skal til for at barn med særskilt skyss kommer trygge og uthvilte fram, før vi skriver konkurransegrunnlaget. Alle som vil, kan delta, også de som aldri har levert til kommunen før.',
    ...{ kind: null, language: 'NOB', ledHere: true, announcedAt: null },
    opensAt: new Date(`${day(7)}T07:00:00Z`),
    closesAt: new Date(endOfDayInOslo(day(45))),
    ...{ cancelledAt: null, cancellationReason: null, closedAt: null, summarisedAt: null },
    expectedTenderDate: day(120),
    ...{ cpv: '60130000', additionalCpv: ['60120000'], cpvBranches: cpvBranches(['60130000', '60120000']) },
    ...{ nuts: ['NO083'], url: null },
    contact: {
      name: 'Innkjøp, Indre Østfold kommune (demo)',
      email: 'innkjop@demo.samspill.example',
      telephone: '00 00 00 00',
    },
    questions: texts,
    ...{ noticeId: null, noticeVersion: null, noticeDispatchedAt: null, updatedAt: now },
  };
  const activities = [
    activity(id, 0, DialogueActivityType.INFORMATION_MEETING, 'Informasjonsmøte', day(14), 'Askim rådhus'),
    activity(id, 1, DialogueActivityType.WRITTEN_INPUT, 'Skriftlige innspill', day(7), null),
    activity(id, 2, DialogueActivityType.ONE_TO_ONE_MEETINGS, 'Én-til-én-møter', day(28), 'Mysen, rom 2'),
  ];
  const questions: DialogueQuestion[] = QUESTIONS.map((question, at) => ({
    ...{ id: stableId('demo-question', id, String(at)), dialogueId: id, position: at + 1 },
    ...{ choices: [], wordLimit: null, required: false, ...question },
  }));
  return { dialogue, activities, questions };
}

type Asked = Pick<DialogueQuestion, 'text' | 'kind'> & Partial<DialogueQuestion>;

const QUESTIONS: readonly Asked[] = [
  {
    text: 'Hva skal til for at et barn møter de samme få sjåførene gjennom hele skoleåret?',
    ...{ kind: DialogueQuestionKind.TEXT, wordLimit: 600, required: true },
  },
  { text: 'Kan dere kjøre uten utslipp fra første dag?', kind: DialogueQuestionKind.YES_NO, required: true },
  { text: 'Hvor mange turer om dagen kan dere ta i Indre Østfold?', kind: DialogueQuestionKind.NUMBER },
  {
    text: 'Hva bør kommunen betale for?',
    ...{ kind: DialogueQuestionKind.CHOICE, choices: ['Per tur', 'Per time', 'Punktlighet og trygghet'] },
  },
];

function activity(
  dialogueId: string,
  position: number,
  type: DialogueActivityType,
  title: string,
  date: string,
  place: string | null,
) {
  const id = stableId('dialogue-activity', dialogueId, String(position));
  const times = { startsAt: new Date(`${date}T09:00:00Z`), endsAt: new Date(`${date}T12:00:00Z`) };
  return { id, position, type, title, ...times, place, url: null };
}
