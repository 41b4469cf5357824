import { defineMail, type MailTexts } from '@samspill/mail';
import type { Language } from '@samspill/subgraph';

/** What letters about a meeting tell of it. Nothing that the supplier has said, and nothing about other suppliers. */
export interface MeetingNews {
  readonly dialogue: string;
  readonly round: string;
  readonly organisation: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly room: string;
}

export interface CancelledNews extends MeetingNews {
  readonly reason: string;
}

export interface MovedNews extends MeetingNews {
  readonly startedAt: Date;
}

export interface RoundNews {
  readonly dialogue: string;
  readonly round: string;
  readonly organisation: string;
}

const LOCALES = { nb: 'nb-NO', nn: 'nn-NO', en: 'en-GB' } as const satisfies Record<Language, string>;

/** `mandag 11. januar 2027 kl. 09:00–09:45`, as the clock in Norway shows it. */
export function when({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }, language: Language): string {
  const day = new Intl.DateTimeFormat(LOCALES[language], { timeZone: 'Europe/Oslo', dateStyle: 'full' });
  return `${day.format(startsAt)} ${AT[language]} ${clock(startsAt)}–${clock(endsAt)}`;
}

const AT = { nb: 'kl.', nn: 'kl.', en: 'at' } as const;
const hours = new Intl.DateTimeFormat('en-GB', {
  ...{ timeZone: 'Europe/Oslo', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
});
const clock = (time: Date): string => hours.format(time);

/** The same letter in three languages, each with the time as it is written there. */
function inEach<News>(write: Record<Language, (news: News) => MailTexts>) {
  return (news: News) => ({ nb: write.nb(news), nn: write.nn(news), en: write.en(news) });
}

export const meetingAllotted = defineMail<MeetingNews>(
  'meeting-allotted',
  inEach({
    nb: (news) => ({
      subject: `Møte i markedsdialogen «${news.dialogue}»`,
      paragraphs: [
        `${news.organisation} har fått et møte i «${news.round}»: ${when(news, 'nb')}, ${news.room}.`,
        'Møtet ligger ved som kalenderinvitasjon. Rekkefølgen er trukket, og trekningen kan etterprøves av alle.',
        'Passer det likevel ikke, så avlys så snart som mulig: da går møtet til den neste.',
      ],
    }),
    nn: (news) => ({
      subject: `Møte i marknadsdialogen «${news.dialogue}»`,
      paragraphs: [
        `${news.organisation} har fått eit møte i «${news.round}»: ${when(news, 'nn')}, ${news.room}.`,
        'Møtet ligg ved som kalenderinvitasjon. Rekkjefølgja er trekt, og trekninga kan etterprøvast av alle.',
        'Passar det likevel ikkje, så avlys så snart som mogleg: då går møtet til den neste.',
      ],
    }),
    en: (news) => ({
      subject: `Meeting in the market dialogue “${news.dialogue}”`,
      paragraphs: [
        `${news.organisation} has been given a meeting in “${news.round}”: ${when(news, 'en')}, ${news.room}.`,
        'The meeting is attached as an invitation for your calendar. The order was drawn by lot, and anybody can check the draw.',
        'If it does not suit after all, cancel as soon as you can: the meeting then goes to the next in line.',
      ],
    }),
  }),
);

export const meetingNotAllotted = defineMail<RoundNews>(
  'meeting-not-allotted',
  inEach({
    nb: (news) => ({
      subject: `Ingen møtetid i markedsdialogen «${news.dialogue}»`,
      paragraphs: [
        `Det var ingen ledig møtetid som passet for ${news.organisation} i «${news.round}» da det ble trukket.`,
        'Dere står i rekkefølgen fra trekningen, og får beskjed hvis et møte blir ledig. I neste runde går de som ikke har hatt møte, først.',
      ],
    }),
    nn: (news) => ({
      subject: `Inga møtetid i marknadsdialogen «${news.dialogue}»`,
      paragraphs: [
        `Det var inga ledig møtetid som passa for ${news.organisation} i «${news.round}» då det vart trekt.`,
        'De står i rekkjefølgja frå trekninga, og får beskjed om eit møte blir ledig. I neste runde går dei som ikkje har hatt møte, først.',
      ],
    }),
    en: (news) => ({
      subject: `No meeting in the market dialogue “${news.dialogue}”`,
      paragraphs: [
        `There was no slot left that suited ${news.organisation} in “${news.round}” when the lot was drawn.`,
        'You stand in the order of the lot, and will hear if a meeting becomes free. In the next round those who have had no meeting come first.',
      ],
    }),
  }),
);

export const meetingMoved = defineMail<MovedNews>(
  'meeting-moved',
  inEach({
    nb: (news) => ({
      subject: `Møtet i markedsdialogen «${news.dialogue}» er flyttet`,
      paragraphs: [
        `Møtet med ${news.organisation} er flyttet fra ${when({ startsAt: news.startedAt, endsAt: ended(news) }, 'nb')}.`,
        `Ny tid: ${when(news, 'nb')}, ${news.room}. Den vedlagte kalenderinvitasjonen flytter møtet i kalenderen din.`,
      ],
    }),
    nn: (news) => ({
      subject: `Møtet i marknadsdialogen «${news.dialogue}» er flytta`,
      paragraphs: [
        `Møtet med ${news.organisation} er flytta frå ${when({ startsAt: news.startedAt, endsAt: ended(news) }, 'nn')}.`,
        `Ny tid: ${when(news, 'nn')}, ${news.room}. Kalenderinvitasjonen som ligg ved, flyttar møtet i kalenderen din.`,
      ],
    }),
    en: (news) => ({
      subject: `The meeting in the market dialogue “${news.dialogue}” has been moved`,
      paragraphs: [
        `The meeting with ${news.organisation} has been moved from ${when({ startsAt: news.startedAt, endsAt: ended(news) }, 'en')}.`,
        `The new time: ${when(news, 'en')}, ${news.room}. The attached invitation moves it in your calendar.`,
      ],
    }),
  }),
);

/** All meetings of a round are equally long. */
const ended = ({ startedAt, startsAt, endsAt }: MovedNews): Date =>
  new Date(startedAt.getTime() + endsAt.getTime() - startsAt.getTime());

export const meetingCancelled = defineMail<CancelledNews>(
  'meeting-cancelled',
  inEach({
    nb: (news) => ({
      subject: `Møtet i markedsdialogen «${news.dialogue}» er avlyst`,
      paragraphs: [
        `Møtet med ${news.organisation} ${when(news, 'nb')}, ${news.room}, er avlyst.`,
        `Begrunnelse: ${news.reason}`,
      ],
    }),
    nn: (news) => ({
      subject: `Møtet i marknadsdialogen «${news.dialogue}» er avlyst`,
      paragraphs: [
        `Møtet med ${news.organisation} ${when(news, 'nn')}, ${news.room}, er avlyst.`,
        `Grunngjeving: ${news.reason}`,
      ],
    }),
    en: (news) => ({
      subject: `The meeting in the market dialogue “${news.dialogue}” has been cancelled`,
      paragraphs: [
        `The meeting with ${news.organisation} on ${when(news, 'en')}, ${news.room}, has been cancelled.`,
        `Reason: ${news.reason}`,
      ],
    }),
  }),
);

export const roundCancelled = defineMail<RoundNews & { readonly reason: string }>(
  'meeting-round-cancelled',
  inEach({
    nb: (news) => ({
      subject: `Møterunden i markedsdialogen «${news.dialogue}» er avlyst`,
      paragraphs: [
        `«${news.round}», der ${news.organisation} hadde bedt om møte, er avlyst.`,
        `Begrunnelse: ${news.reason}`,
      ],
    }),
    nn: (news) => ({
      subject: `Møterunden i marknadsdialogen «${news.dialogue}» er avlyst`,
      paragraphs: [
        `«${news.round}», der ${news.organisation} hadde bede om møte, er avlyst.`,
        `Grunngjeving: ${news.reason}`,
      ],
    }),
    en: (news) => ({
      subject: `The round of meetings in the market dialogue “${news.dialogue}” has been cancelled`,
      paragraphs: [
        `“${news.round}”, in which ${news.organisation} had asked for a meeting, has been cancelled.`,
        `Reason: ${news.reason}`,
      ],
    }),
  }),
);
