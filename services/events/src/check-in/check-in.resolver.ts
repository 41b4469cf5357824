import {
  Access,
  type ConnectionOf,
  connectionOfParent,
  type Mendable,
  officers,
  PageArgs,
  RequestContext,
  toUserErrors,
} from '@samspill/subgraph';
import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Attendee, AttendeeConnection } from '../attendee/attendee.js';
import { Event } from '../event/event.js';
import { EVENT_HOSTS } from '../event/event.permission.js';
import { unlessUndone } from '../event/event-to-change.js';
import {
  demandAttendee,
  demandHostOf,
  demandPublishedEvent,
} from '../registration/registration.permission.js';
import { checkedName } from '../registration/registration-request.js';
import { Unchanged } from '../registration/update-registration.js';
import {
  Attendance,
  AttendeeFilter,
  AttendeeOrder,
  attendanceOf,
  attendeeOrders,
  attendeesMatching,
} from './attendance.js';
import {
  AddWalkInInput,
  AttendeePayload,
  AttendeesPayload,
  CheckInByHandInput,
  CheckInInput,
  MOST_AT_ONCE,
  UndoCheckInInput,
} from './check-in.input.js';
import { checkInByCode, checkInByHand, undoCheckIn } from './check-in.js';
import { noSuchCode, tooManyAtOnce } from './check-in-rules.js';
import { readCheckInCode } from './code.js';
import { addWalkIn } from './walk-in.js';

@Resolver(() => Attendance)
export class CheckInResolver {
  @Access(officers(...EVENT_HOSTS))
  @Mutation(() => AttendeePayload, {
    description: 'Lets somebody in by the code that they show (innsjekking).',
  })
  async checkIn(
    @Ctx() context: RequestContext,
    @Arg('input', () => CheckInInput, { description: 'Which code, at which event.' })
    { eventId, code: typed }: CheckInInput,
  ): Promise<AttendeePayload> {
    await demandHost(context, await demandPublishedEvent(context, eventId));
    const code = readCheckInCode(typed);
    if (code === null) return payload(context, { mend: [noSuchCode(['input', 'code'])] });
    const work = context.change((change) => checkInByCode(context.store, change, { eventId, code }));
    return payload(context, await unlessUndone(work));
  }

  @Access(officers(...EVENT_HOSTS))
  @Mutation(() => AttendeesPayload, {
    description:
      'Ticks people off, at the entrance or afterwards from a list on paper (manuell innsjekking). All of them or none; whoever is checked in already stays as they are.',
  })
  async checkInByHand(
    @Ctx() context: RequestContext,
    @Arg('input', () => CheckInByHandInput, { description: 'Who, and when.' })
    input: CheckInByHandInput,
  ): Promise<AttendeesPayload> {
    const { attendeeIds } = input;
    if (attendeeIds.length < 1 || attendeeIds.length > MOST_AT_ONCE) {
      const mend = [tooManyAtOnce(['input', 'attendeeIds'], MOST_AT_ONCE)];
      return { attendees: null, userErrors: toUserErrors(mend, context) };
    }
    const known = await Promise.all(attendeeIds.map((id) => demandAttendee(context, id)));
    for (const attendee of known) await demandHost(context, attendee);
    try {
      const work = context.change((change) => checkInByHand(context.store, change, input));
      const result = await unlessUndone(work);
      if ('mend' in result) return { attendees: null, userErrors: toUserErrors(result.mend, context) };
      return { attendees: result, userErrors: [] };
    } catch (error) {
      if (error instanceof Unchanged) return { attendees: known, userErrors: [] };
      throw error;
    }
  }

  @Access(officers(...EVENT_HOSTS))
  @Mutation(() => AttendeePayload, {
    description: 'Undoes a check-in (angre innsjekking), such as one of the wrong person.',
  })
  async undoCheckIn(
    @Ctx() context: RequestContext,
    @Arg('input', () => UndoCheckInInput, { description: 'Whose.' }) { attendeeId }: UndoCheckInInput,
  ): Promise<AttendeePayload> {
    await demandHost(context, await demandAttendee(context, attendeeId));
    const work = context.change((change) => undoCheckIn(context.store, change, attendeeId));
    return payload(context, await unlessUndone(work));
  }

  @Access(officers(...EVENT_HOSTS))
  @Mutation(() => AttendeePayload, {
    description:
      'Lets in somebody who comes without having registered (møter uten påmelding), where there is a seat. Never more than the event has, and not before those who wait.',
  })
  async addWalkIn(
    @Ctx() context: RequestContext,
    @Arg('input', () => AddWalkInInput, { description: 'Who.' }) input: AddWalkInInput,
  ): Promise<AttendeePayload> {
    const { eventId } = input;
    await demandHost(context, await demandPublishedEvent(context, eventId));
    const { name, mend } = checkedName(input.name, ['input', 'name']);
    const from = input.organisationName?.trim();
    const organisation = from ? checkedName(from, ['input', 'organisationName']) : { name: null, mend: [] };
    const wrong = [...mend, ...organisation.mend];
    if (wrong.length > 0) return payload(context, { mend: wrong });
    const walkIn = { eventId, name, organisationName: organisation.name, language: context.language };
    const work = context.change((change) => addWalkIn(context.store, change, walkIn));
    return payload(context, await unlessUndone(work));
  }

  @Access(officers(...EVENT_HOSTS))
  @FieldResolver(() => AttendeeConnection, {
    nullable: true,
    description:
      'Everybody with a confirmed seat (deltakerliste), with the organisations that they come from.',
  })
  async attendees(
    @Ctx() context: RequestContext,
    @Root() { event }: Attendance,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => AttendeeFilter, { nullable: true, description: 'Only those that fit all of this.' })
    filter?: AttendeeFilter,
    @Arg('orderBy', () => AttendeeOrder, { defaultValue: AttendeeOrder.NAME, description: 'In which order.' })
    orderBy: AttendeeOrder = AttendeeOrder.NAME,
  ): Promise<ConnectionOf<Attendee>> {
    await demandHostOf(context, event, 'Attendance.attendees');
    const parent = { property: 'eventId', values: [event.id] };
    const list = { order: attendeeOrders[orderBy], where: attendeesMatching(filter), filter };
    return connectionOfParent(context, Attendee, parent, list, page);
  }
}

@Resolver(() => Event)
export class EventAttendanceResolver {
  @FieldResolver(() => Attendance, { description: 'Who came (oppmøte).' })
  attendance(@Ctx() context: RequestContext, @Root() event: Event): Promise<Attendance> {
    return attendanceOf(context, event);
  }
}

function demandHost(context: RequestContext, of: Event | Attendee): Promise<void> {
  const type = of instanceof Event ? 'Event' : 'Attendee';
  return context.demand(EVENT_HOSTS, of.municipalityNumber, { type, id: of.id });
}

function payload(
  context: RequestContext,
  result: Attendee | { readonly mend: readonly Mendable[] },
): AttendeePayload {
  if ('mend' in result) return { attendee: null, userErrors: toUserErrors(result.mend, context) };
  return { attendee: result, userErrors: [] };
}
