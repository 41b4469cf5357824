import { defineMail } from '@samspill/mail';
import type { Messages } from '@samspill/subgraph';
import { NeedClosedReason } from '../need/need.status.js';

/** What has happened to a need that its followers are told of. */
export type NeedNews =
  | { readonly kind: 'IN_DIALOGUE' | 'IN_TENDER' }
  | { readonly kind: 'CLARIFIED'; readonly text: string }
  | { readonly kind: 'CLOSED'; readonly reason: NeedClosedReason; readonly explanation: string };

export interface FollowerLetter {
  readonly title: string;
  readonly news: NeedNews;
  /** Where to stop following, without logging in. */
  readonly stopUrl: string;
}

type Paragraphs = Required<Messages>;

export const needNewsMail = defineMail<FollowerLetter>('need-news', ({ title, news, stopUrl }) => {
  const subject = subjects[news.kind];
  const body = bodyOf(news);
  return {
    nb: {
      subject: `${subject.nb}: ${title}`,
      paragraphs: [`Du følger behovet «${title}».`, ...body.map(({ nb }) => nb), why.nb],
      link: { label: 'Slutt å følge behovet', url: stopUrl },
    },
    nn: {
      subject: `${subject.nn}: ${title}`,
      paragraphs: [`Du følgjer behovet «${title}».`, ...body.map(({ nn }) => nn), why.nn],
      link: { label: 'Slutt å følgje behovet', url: stopUrl },
    },
    en: {
      subject: `${subject.en}: ${title}`,
      paragraphs: [`You follow the need "${title}".`, ...body.map(({ en }) => en), why.en],
      link: { label: 'Stop following the need', url: stopUrl },
    },
  };
});

const subjects: Record<NeedNews['kind'], Paragraphs> = {
  IN_DIALOGUE: {
    nb: 'Markedsdialogen er varslet',
    nn: 'Marknadsdialogen er varsla',
    en: 'The market dialogue is announced',
  },
  IN_TENDER: {
    nb: 'Konkurransen er kunngjort',
    nn: 'Konkurransen er kunngjord',
    en: 'The competition is announced',
  },
  CLARIFIED: { nb: 'Behovet er presisert', nn: 'Behovet er presisert', en: 'The need has been clarified' },
  CLOSED: { nb: 'Behovet er avsluttet', nn: 'Behovet er avslutta', en: 'The need is closed' },
};

function bodyOf(news: NeedNews): Paragraphs[] {
  switch (news.kind) {
    case 'IN_DIALOGUE':
      return [
        {
          nb: 'Kommunen inviterer nå til markedsdialog om det. Alle kan delta på like vilkår, og det én får vite, får alle vite.',
          nn: 'Kommunen inviterer no til marknadsdialog om det. Alle kan delta på like vilkår, og det éin får vite, får alle vite.',
          en: 'The municipality now invites to a market dialogue about it. Everybody may take part on the same terms, and what one is told, all are told.',
        },
      ];
    case 'IN_TENDER':
      return [
        {
          nb: 'Konkurransen om det er kunngjort. Les kunngjøringen for frister og krav; spørsmål stilles i konkurransen.',
          nn: 'Konkurransen om det er kunngjord. Les kunngjeringa for fristar og krav; spørsmål blir stilte i konkurransen.',
          en: 'The competition for it is announced. Read the notice for deadlines and requirements; questions are asked in the competition.',
        },
      ];
    case 'CLARIFIED':
      return [
        {
          nb: 'Kommunen har lagt til dette, og alle kan lese det:',
          nn: 'Kommunen har lagt til dette, og alle kan lese det:',
          en: 'The municipality has added this, and everybody can read it:',
        },
        verbatim(news.text),
      ];
    case 'CLOSED':
      return [closings[news.reason], verbatim(news.explanation)];
  }
}

const verbatim = (text: string): Paragraphs => ({ nb: text, nn: text, en: text });

const closings: Record<NeedClosedReason, Paragraphs> = {
  [NeedClosedReason.MET]: {
    nb: 'Behovet er dekket, og kommunen har avsluttet det:',
    nn: 'Behovet er dekt, og kommunen har avslutta det:',
    en: 'The need is met, and the municipality has closed it:',
  },
  [NeedClosedReason.WITHDRAWN]: {
    nb: 'Kommunen har trukket behovet og går ikke videre med det:',
    nn: 'Kommunen har trekt behovet og går ikkje vidare med det:',
    en: 'The municipality has withdrawn the need and does not go on with it:',
  },
  [NeedClosedReason.MERGED]: {
    nb: 'Kommunen har slått behovet sammen med et annet:',
    nn: 'Kommunen har slått behovet saman med eit anna:',
    en: 'The municipality has merged the need with another:',
  },
  [NeedClosedReason.OTHER]: {
    nb: 'Kommunen har avsluttet behovet:',
    nn: 'Kommunen har avslutta behovet:',
    en: 'The municipality has closed the need:',
  },
};

const why: Paragraphs = {
  nb: 'Du får denne meldingen fordi noen har oppgitt adressen din for å følge behovet. Kommunen vet ikke hvem som følger.',
  nn: 'Du får denne meldinga fordi nokon har gitt opp adressa di for å følgje behovet. Kommunen veit ikkje kven som følgjer.',
  en: 'You get this message because somebody gave your address to follow the need. The municipality does not know who follows.',
};
