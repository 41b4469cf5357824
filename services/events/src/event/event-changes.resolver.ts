import { Access, officers, RequestContext, toUserErrors } from '@samspill/subgraph';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { cancelEvent, createEvent, type EventChange, publishEvent, updateEvent } from './change-events.js';
import {
  CancelEventInput,
  CreateEventInput,
  EventPayload,
  PublishEventInput,
  UpdateEventInput,
  venueOf,
} from './event.input.js';
import { demandEvent, EVENT_HOSTS, municipalityOfToday } from './event.permission.js';
import { unlessUndone } from './event-to-change.js';

/** What hosts do with their events. */
@Resolver()
export class EventChangesResolver {
  @Access(officers(...EVENT_HOSTS))
  @Mutation(() => EventPayload, {
    description:
      'Begins an event (arrangement) as a draft. Only officers of the municipality see it until it is published.',
  })
  async createEvent(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateEventInput, { description: 'The event.' })
    { venue, municipality, ...given }: CreateEventInput,
  ): Promise<EventPayload> {
    const draft = {
      ...given,
      ...(venue !== undefined && { venue: venueOf(venue) }),
      municipality: municipalityOfToday(context.actor, municipality),
    };
    return payload(context, await context.change((change) => createEvent(context.store, change, draft)));
  }

  @Access(officers(...EVENT_HOSTS))
  @Mutation(() => EventPayload, {
    description:
      'Changes an event (arrangement) that has neither been held nor cancelled. Once it is published, calendars follow, everybody with a seat gets a letter about a new time or place, and more seats go at once to those who wait.',
  })
  async updateEvent(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateEventInput, { description: 'What is to be different.' })
    { venue, ...given }: UpdateEventInput,
  ): Promise<EventPayload> {
    await demandEvent(context, given.id);
    const wanted = { ...given, ...(venue !== undefined && { venue: venueOf(venue) }) };
    const change = context.change((each) => updateEvent(context.store, each, wanted));
    return payload(context, await unlessUndone(change));
  }

  @Access(officers(...EVENT_HOSTS))
  @Mutation(() => EventPayload, {
    description:
      'Publishes a draft of an event (arrangement): everybody sees it, in the graph and in calendars, and registration opens when it says so.',
  })
  async publishEvent(
    @Ctx() context: RequestContext,
    @Arg('input', () => PublishEventInput, { description: 'Which draft.' }) { id }: PublishEventInput,
  ): Promise<EventPayload> {
    await demandEvent(context, id);
    return payload(context, await context.change((change) => publishEvent(context.store, change, id)));
  }

  @Access(officers(...EVENT_HOSTS))
  @Mutation(() => EventPayload, {
    description:
      'Cancels a published event (avlys arrangement), for good: it stays readable with the reason, shows as cancelled in calendars, and everybody with a seat gets a letter.',
  })
  async cancelEvent(
    @Ctx() context: RequestContext,
    @Arg('input', () => CancelEventInput, { description: 'Which event, and why.' }) input: CancelEventInput,
  ): Promise<EventPayload> {
    await demandEvent(context, input.id);
    return payload(context, await context.change((change) => cancelEvent(context.store, change, input)));
  }
}

function payload(context: RequestContext, result: EventChange): EventPayload {
  if ('event' in result) return { event: result.event, userErrors: [] };
  return { event: null, userErrors: toUserErrors(result.mend, context) };
}
