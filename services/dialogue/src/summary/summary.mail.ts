import { defineMail } from '@samspill/mail';

interface Summarised {
  readonly title: string;
  readonly url: string;
}

/** Everybody who took part is told where to read what came of it. */
export const dialogueSummarised = defineMail<Summarised>('dialogue-summarised', ({ title, url }) => ({
  nb: {
    subject: `Oppsummering av markedsdialogen «${title}»`,
    paragraphs: [
      'Markedsdialogen er oppsummert. Der står alt som er loggført, hva hvert innspill ble brukt til, og hvordan møtene ble fordelt. Forretningshemmeligheter er utelatt.',
      'Takk for at dere deltok.',
    ],
    link: { label: 'Les oppsummeringen', url },
  },
  nn: {
    subject: `Oppsummering av marknadsdialogen «${title}»`,
    paragraphs: [
      'Marknadsdialogen er oppsummert. Der står alt som er loggført, kva kvart innspel vart brukt til, og korleis møta vart fordelte. Forretningsløyndomar er utelatne.',
      'Takk for at de deltok.',
    ],
    link: { label: 'Les oppsummeringa', url },
  },
  en: {
    subject: `Summary of the market dialogue “${title}”`,
    paragraphs: [
      'The market dialogue has been summarised. You find there everything that was recorded, what was done with each input, and how the meetings were given out. Trade secrets are left out.',
      'Thank you for taking part.',
    ],
    link: { label: 'Read the summary', url },
  },
}));
