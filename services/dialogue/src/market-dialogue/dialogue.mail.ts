import { defineMail } from '@samspill/mail';
import { osloMoment } from './oslo-moment.js';

export const deadlineExtended = defineMail<{ readonly title: string; readonly closesAt: Date }>(
  'dialogue-deadline-extended',
  ({ title, closesAt }) => ({
    nb: {
      subject: `Ny svarfrist i markedsdialogen «${title}»`,
      paragraphs: [
        `Svarfristen er forlenget til ${osloMoment(closesAt, 'nb')}. Den gjelder for alle.`,
        'Har du svart allerede, kan du erstatte svaret fram til da.',
      ],
    },
    nn: {
      subject: `Ny svarfrist i marknadsdialogen «${title}»`,
      paragraphs: [
        `Svarfristen er forlengd til ${osloMoment(closesAt, 'nn')}. Han gjeld for alle.`,
        'Har du svart allereie, kan du erstatte svaret fram til då.',
      ],
    },
    en: {
      subject: `New deadline in the market dialogue “${title}”`,
      paragraphs: [
        `The deadline for answers has been extended to ${osloMoment(closesAt, 'en')}, Norwegian time. It holds for everybody.`,
        'If you have answered already, you can replace your answer until then.',
      ],
    },
  }),
);

export const dialogueCancelled = defineMail<{ readonly title: string; readonly reason: string }>(
  'dialogue-cancelled',
  ({ title, reason }) => ({
    nb: {
      subject: `Markedsdialogen «${title}» er avlyst`,
      paragraphs: [
        'Oppdragsgiver har avlyst markedsdialogen. Du trenger ikke å gjøre noe.',
        `Begrunnelse: ${reason}`,
      ],
    },
    nn: {
      subject: `Marknadsdialogen «${title}» er avlyst`,
      paragraphs: [
        'Oppdragsgivaren har avlyst marknadsdialogen. Du treng ikkje å gjere noko.',
        `Grunngjeving: ${reason}`,
      ],
    },
    en: {
      subject: `The market dialogue “${title}” has been cancelled`,
      paragraphs: [
        'The buyer has cancelled the market dialogue. There is nothing that you need to do.',
        `Reason: ${reason}`,
      ],
    },
  }),
);
