import { Access, anyPerson, type Mendable, RequestContext, toUserErrors } from '@samspill/subgraph';
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Event } from '../event/event.js';
import { languageUnknown } from '../event/event-messages.js';
import { isLanguage } from '../event/event-values.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { Municipality } from '../municipality/municipality.js';
import {
  CreateCalendarLinkInput,
  CreateCalendarLinkPayload,
  RevokeCalendarLinkInput,
  RevokeCalendarLinkPayload,
} from './calendar-link.input.js';
import { createCalendarLink, revokeCalendarLink } from './change-calendar-links.js';

@Resolver()
export class CalendarLinkResolver {
  @Access(anyPerson)
  @Mutation(() => CreateCalendarLinkPayload, {
    description:
      'Makes a secret address of one’s own calendar (kalenderlenke): the events that one has seats at, with the items of the programme that were chosen. The address before it ends.',
  })
  async createCalendarLink(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateCalendarLinkInput, { description: 'How it is to be.' })
    input: CreateCalendarLinkInput,
  ): Promise<CreateCalendarLinkPayload> {
    const personId = await personOf(context);
    const language = input.language?.trim() ?? context.language;
    if (!isLanguage(language)) {
      return { url: null, userErrors: toUserErrors([languageUnknown(['input', 'language'])], context) };
    }
    const { clock } = context;
    const token = await context.change((change) => createCalendarLink({ clock, language }, change, personId));
    return { url: context.store.links.to(`/calendar/mine/${token}.ics`), userErrors: [] };
  }

  @Access(anyPerson)
  @Mutation(() => RevokeCalendarLinkPayload, {
    description: 'Ends the address of one’s own calendar (slett kalenderlenke): it answers no longer.',
  })
  async revokeCalendarLink(
    @Ctx() context: RequestContext,
    @Arg('input', () => RevokeCalendarLinkInput, { description: 'The wish.' })
    { confirm }: RevokeCalendarLinkInput,
  ): Promise<RevokeCalendarLinkPayload> {
    const personId = await personOf(context);
    if (!confirm) return { revoked: false, userErrors: toUserErrors([notConfirmed], context) };
    const revoked = await context.change((change) => revokeCalendarLink(change, personId));
    return { revoked, userErrors: [] };
  }
}

/** The rule has let nobody else come this far; without it, there is nobody whose calendar it could be. */
async function personOf(context: RequestContext): Promise<string> {
  const { personId } = context.actor;
  if (personId === null) throw await context.refusal(context.operation ?? 'unknown', {});
  return personId;
}

const notConfirmed: Mendable = {
  code: 'CONFIRMATION_MISSING',
  path: ['input', 'confirm'],
  messages: {
    nb: 'Kalendere med adressen slutter å følge med. Send «confirm: true» når du er sikker.',
    nn: 'Kalendrar med adressa sluttar å følgje med. Send «confirm: true» når du er sikker.',
    en: 'Calendars with the address no longer follow. Send "confirm: true" when you are sure.',
  },
};

const FEED = 'in iCalendar format (RFC 5545), for a calendar programme to subscribe to';

@Resolver(() => Event)
export class EventCalendarResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: `Address of the event ${FEED} (kalender): it follows changes and cancellation. Null while it is a draft.`,
  })
  calendarUrl(@Ctx() context: RequestContext, @Root() event: Event): string | null {
    return (
      event.publishedAt && context.store.links.to(`/calendar/events/${encodeURIComponent(event.id)}.ics`)
    );
  }
}

@Resolver(() => MarketDialogue)
export class DialogueCalendarResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: `Address of the events of the dialogue ${FEED} (kalender). Null only when the service does not answer.`,
  })
  calendarUrl(@Ctx() context: RequestContext, @Root() dialogue: MarketDialogue): string {
    return context.store.links.to(`/calendar/dialogues/${encodeURIComponent(dialogue.id)}.ics`);
  }
}

@Resolver(() => Municipality)
export class MunicipalityCalendarResolver {
  @Directive('@requires(fields: "numbers")')
  @FieldResolver(() => String, {
    nullable: true,
    description: `Address of the events of this municipality, and of those that have become part of it, ${FEED} (kalender). Null only when the service does not answer.`,
  })
  calendarUrl(@Ctx() context: RequestContext, @Root() { number, numbers }: Municipality): string {
    const others = numbers.filter((each) => each !== number);
    const query = others.length > 0 ? `?numbers=${others.join(',')}` : '';
    return context.store.links.to(`/calendar/municipalities/${number}.ics${query}`);
  }
}
