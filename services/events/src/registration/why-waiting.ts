import type { Messages } from '@samspill/subgraph';
import { WaitingReason, type WhyWaiting } from './waiting-line.js';

/** The same as {@link WhyWaiting} in a sentence or two, with what one can do. */
export function whyWaitingInWords(why: WhyWaiting): Messages {
  switch (why.reason) {
    case WaitingReason.EVENT_CANCELLED:
      return {
        nb: 'Arrangementet er avlyst. Du trenger ikke å gjøre noe.',
        nn: 'Arrangementet er avlyst. Du treng ikkje å gjere noko.',
        en: 'The event is cancelled. You need not do anything.',
      };
    case WaitingReason.EVENT_HAS_BEGUN:
      return {
        nb: 'Arrangementet har begynt, og det ble ikke ledig nok plasser. Du trenger ikke å gjøre noe.',
        nn: 'Arrangementet har byrja, og det vart ikkje ledig nok plassar. Du treng ikkje å gjere noko.',
        en: 'The event has begun, and not enough seats became free. You need not do anything.',
      };
    case WaitingReason.MORE_THAN_CAPACITY:
      return moreThanCapacity(why);
    case WaitingReason.OTHERS_FIRST:
      return othersFirst(why);
    case WaitingReason.TOO_FEW_FREE:
      return tooFewFree(why);
  }
}

function moreThanCapacity({ seatsWanted, capacity }: WhyWaiting): Messages {
  return {
    nb: `Du ber om ${plasser(seatsWanted)}, og arrangementet har ${plasser(capacity)} i alt. Be om færre plasser; du beholder plassen i køen.`,
    nn: `Du ber om ${plassar(seatsWanted)}, og arrangementet har ${plassar(capacity)} i alt. Be om færre plassar; du held på plassen i køen.`,
    en: `You ask for ${seats(seatsWanted)}, and the event has ${seats(capacity)} altogether. Ask for fewer; you keep your place in line.`,
  };
}

function othersFirst(why: WhyWaiting): Messages {
  const { placeInLine, seatsAhead, seatsFree, firstWants } = why;
  return {
    nb: `Du er nummer ${placeInLine} i køen. De foran deg venter på ${plasser(seatsAhead)} til sammen, den første av dem på ${plasser(firstWants)}. Ledig nå: ${plasser(seatsFree)}. Ingen går forbi noen i køen.`,
    nn: `Du er nummer ${placeInLine} i køen. Dei framfor deg ventar på ${plassar(seatsAhead)} til saman, den fyrste av dei på ${plassar(firstWants)}. Ledig no: ${plassar(seatsFree)}. Ingen går forbi nokon i køen.`,
    en: `You are number ${placeInLine} in line. Those before you wait for ${seats(seatsAhead)} altogether, the first of them for ${seats(firstWants)}. Free now: ${seats(seatsFree)}. Nobody passes anybody in the line.`,
  };
}

function tooFewFree({ seatsWanted, seatsFree, seatsOffered }: WhyWaiting): Messages {
  const held = seatsOffered > 0;
  const fewer = seatsWanted > 1;
  return {
    nb: `Du er først i køen. Du venter på ${plasser(seatsWanted)}, og ledig nå er ${plasser(seatsFree)}.${held ? ` ${plasser(seatsOffered)} er tilbudt andre som ikke har svart ennå.` : ''} Du får tilbud så snart det er nok${fewer ? ', eller før hvis du ber om færre plasser' : ''}.`,
    nn: `Du er fyrst i køen. Du ventar på ${plassar(seatsWanted)}, og ledig no er ${plassar(seatsFree)}.${held ? ` ${plassar(seatsOffered)} er tilbodne andre som ikkje har svart enno.` : ''} Du får tilbod så snart det er nok${fewer ? ', eller før om du ber om færre plassar' : ''}.`,
    en: `You are first in line. You wait for ${seats(seatsWanted)}, and free now: ${seats(seatsFree)}.${held ? ` ${seats(seatsOffered)} offered to others, who have not answered yet.` : ''} You are offered seats as soon as there are enough${fewer ? ', or sooner if you ask for fewer' : ''}.`,
  };
}

export const plasser = (count: number | null): string => (count === 1 ? '1 plass' : `${count ?? 0} plasser`);
export const plassar = (count: number | null): string => (count === 1 ? '1 plass' : `${count ?? 0} plassar`);
export const seats = (count: number | null): string => (count === 1 ? '1 seat' : `${count ?? 0} seats`);
