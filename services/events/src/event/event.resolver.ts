import {
  Access,
  AuditEntryConnection,
  anyone,
  auditTrailOf,
  type ConnectionOf,
  connection,
  FollowsTheClock,
  officers,
  PageArgs,
  RequestContext,
  Role,
} from '@samspill/subgraph';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { Municipality } from '../municipality/municipality.js';
import { Procurement } from '../procurement/procurement.js';
import { Tender } from '../tender/tender.js';
import { EventFilter, EventOrder, eventOrders, eventsMatching } from './event.filter.js';
import { Event, EventConnection } from './event.js';
import { eventById, sessionsOf } from './event.loader.js';
import { EventStatus, eventStatus } from './event.status.js';
import { Session } from './session.js';
import { Venue } from './venue.js';

@Resolver(() => Event)
export class EventResolver {
  @FollowsTheClock()
  @Access(anyone)
  @Query(() => EventConnection, {
    nullable: true,
    description:
      'Conferences, courses and other meetings (arrangementer) that are published, the last to begin first; with a filter for DRAFT also the drafts of the municipality that one is an officer of. Null only when the service does not answer.',
  })
  events(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => EventFilter, { nullable: true, description: 'Only those that fit all of this.' })
    filter?: EventFilter,
    @Arg('orderBy', () => EventOrder, {
      defaultValue: EventOrder.STARTS_DESC,
      description: 'In which order.',
    })
    orderBy: EventOrder = EventOrder.STARTS_DESC,
  ): Promise<ConnectionOf<Event>> {
    return connection(context, Event, eventsMatching(filter, context), eventOrders[orderBy], page);
  }

  @Access(anyone)
  @Query(() => Event, {
    nullable: true,
    description:
      'One event (arrangement) by its identifier. Null when there is none, or only a draft of a municipality that one is no officer of.',
  })
  event(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'Identifier of the event.' }) id: string,
  ): Promise<Event | null> {
    return eventById(context, id);
  }

  @FieldResolver(() => String, {
    description: 'The language (språk) of its texts: nb, nn or en.',
  })
  language(@Root() event: Event): string {
    return event.language;
  }

  @Access(officers(Role.ADMINISTRATOR))
  @FieldResolver(() => AuditEntryConnection, {
    nullable: true,
    description:
      'Who read the draft of this event and who changed it, the newest first (revisjonsspor). Null when refused, empty for administrators of other municipalities.',
  })
  auditTrail(
    @Ctx() context: RequestContext,
    @Root() event: Event,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<object>> {
    return auditTrailOf(context, { type: 'Event', id: event.id }, page);
  }

  @FollowsTheClock()
  @FieldResolver(() => EventStatus, { description: 'Where the event stands now.' })
  status(@Ctx() context: RequestContext, @Root() event: Event): EventStatus {
    return eventStatus(event, context.clock.now());
  }

  @FieldResolver(() => [Session], { description: 'The programme (program), in order.' })
  sessions(@Ctx() context: RequestContext, @Root() event: Event): Promise<Session[]> {
    return sessionsOf(context, event.id);
  }

  @FieldResolver(() => Municipality, {
    nullable: true,
    description:
      'The municipality (kommune) that it belongs to, as it was numbered then. Null when there is none.',
  })
  municipality(@Root() event: Event): Municipality | null {
    return Municipality.of(event.municipalityNumber);
  }

  @FieldResolver(() => MarketDialogue, {
    nullable: true,
    description: 'The market dialogue (markedsdialog) that it is part of, if any.',
  })
  dialogue(@Root() event: Event): MarketDialogue | null {
    return MarketDialogue.of(event.dialogueId);
  }

  @FieldResolver(() => Tender, {
    nullable: true,
    description:
      'The competition (konkurranse) that it is held for, if any, such as a site visit for bidders.',
  })
  tender(@Root() event: Event): Tender | null {
    return Tender.of(event.tenderId);
  }

  @FieldResolver(() => Procurement, {
    nullable: true,
    description: 'The procurement (anskaffelse) that it belongs to, if any.',
  })
  procurement(@Root() event: Event): Procurement | null {
    return Procurement.of(event.procurementId);
  }
}

@Resolver(() => Venue)
export class VenueResolver {
  @FieldResolver(() => Municipality, {
    nullable: true,
    description: 'The municipality (kommune) that the place lies in, as it was numbered then.',
  })
  municipality(@Root() venue: Venue): Municipality | null {
    return Municipality.of(venue.municipalityNumber);
  }
}
