import type { FilterQuery } from '@mikro-orm/core';
import { calendarFeed, calendarResponse } from '@samspill/calendar';
import {
  inLanguage,
  type Messages,
  PublicError,
  type RouteCall,
  type ServiceRoute,
  type ServiceStore,
} from '@samspill/subgraph';
import { isMunicipalityNumber } from '@samspill/values';
import type { Event } from '../event/event.js';
import { entriesOf, entriesOfPerson, notLongAgo } from './calendar-feeds.js';
import { CalendarLink, hashOf } from './calendar-link.js';

const methods = ['GET', 'HEAD'] as const;

/** More numbers than any municipality has had. */
const MOST_NUMBERS = 60;

export function calendarRoutes(store: ServiceStore): ServiceRoute[] {
  return [
    {
      methods,
      path: '/calendar/events/:id.ics',
      handle: async (call) => {
        const entries = await entriesOf(store.fork(), { id: idIn(call) });
        const [entry] = entries;
        if (!entry) throw noSuchCalendar();
        return answer(call, entry.title, entries);
      },
    },
    {
      methods,
      path: '/calendar/municipalities/:number.ics',
      handle: async (call) => {
        const { number = '' } = call.params;
        const others = call.url.searchParams.get('numbers')?.split(',') ?? [];
        const numbers = [...new Set([number, ...others])];
        if (numbers.length > MOST_NUMBERS || !numbers.every(isMunicipalityNumber)) throw notNumbers();
        const which = {
          $and: [{ municipalityNumber: { $in: numbers } }, notLongAgo(call.context.clock.now())],
        };
        return feed(store, call, ofMunicipality(number), which);
      },
    },
    {
      methods,
      path: '/calendar/dialogues/:id.ics',
      handle: async (call) => feed(store, call, ofDialogue, { dialogueId: idIn(call) }),
    },
    {
      methods,
      path: '/calendar/mine/:token.ics',
      handle: async (call) => {
        const em = store.as('system');
        const link = await em.findOne(CalendarLink, { tokenHash: hashOf(call.params.token ?? '') });
        // The same for one that never was and one that has ended.
        if (!link) throw noSuchCalendar();
        const entries = await entriesOfPerson(em, link.personId, call.context.clock.now());
        const { language } = link;
        const ics = calendarFeed({ name: inLanguage(mine, language), entries, language });
        return calendarResponse(call.request, ics);
      },
    },
  ];
}

/** The database fails on a text with a zero in it, and nothing of ours has one. */
function idIn({ params }: RouteCall): string {
  const { id = '' } = params;
  if (id.includes('\0')) throw noSuchCalendar();
  return id;
}

/** What everybody sees, whoever asks: a feed is given on, and nobody is to find a draft in one. */
async function feed(
  store: ServiceStore,
  call: RouteCall,
  name: Messages,
  which: FilterQuery<Event>,
): Promise<Response> {
  const entries = await entriesOf(store.fork(), which);
  return answer(call, inLanguage(name, call.context.language), entries);
}

function answer(
  { request, context }: RouteCall,
  name: string,
  entries: Awaited<ReturnType<typeof entriesOf>>,
): Response {
  return calendarResponse(request, calendarFeed({ name, entries, language: context.language }));
}

const ofMunicipality = (number: string): Messages => ({
  nb: `Arrangementer i kommune ${number}`,
  nn: `Arrangement i kommune ${number}`,
  en: `Events of municipality ${number}`,
});

const ofDialogue: Messages = {
  nb: 'Arrangementer i markedsdialogen',
  nn: 'Arrangement i marknadsdialogen',
  en: 'Events of the market dialogue',
};

const mine: Messages = { nb: 'Mine arrangementer', nn: 'Mine arrangement', en: 'My events' };

function noSuchCalendar(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Denne kalenderen finnes ikke, eller ikke lenger. Hent adressen på nytt der du fant den.',
    nn: 'Denne kalenderen finst ikkje, eller ikkje lenger. Hent adressa på nytt der du fann ho.',
    en: 'There is no such calendar, or not any more. Get the address again where you found it.',
  });
}

function notNumbers(): PublicError {
  return PublicError.badInput(
    {
      nb: 'Kommunenummer har fire sifre, med komma mellom. Hent adressen fra «calendarUrl» på kommunen.',
      nn: 'Kommunenummer har fire siffer, med komma mellom. Hent adressa frå «calendarUrl» på kommunen.',
      en: 'Municipality numbers have four digits, with commas between. Get the address from "calendarUrl" of the municipality.',
    },
    'numbers',
  );
}
