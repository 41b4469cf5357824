import { type FilterQuery, raw } from '@mikro-orm/core';
import type { KeysetOrder } from '@samspill/database';
import type { RequestContext } from '@samspill/subgraph';
import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Attendee } from '../attendee/attendee.js';
import type { Event } from '../event/event.js';

@ObjectType({ description: 'Who came (oppmøte): the numbers for everybody, the names for the hosts.' })
export class Attendance {
  event: Event;

  @Field(() => Int, { description: 'How many have a confirmed seat (påmeldte).' })
  registered: number;

  @Field(() => Int, { description: 'How many of them came (møtte).' })
  checkedIn: number;
}

@InputType({ description: 'Which attendees (deltakere). Everything given must fit.' })
export class AttendeeFilter {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those who came, or only those who did not (yet). Without this: all.',
  })
  checkedIn?: boolean | null;
}

export enum AttendeeOrder {
  NAME = 'NAME',
  ORGANISATION = 'ORGANISATION',
}

registerEnumType(AttendeeOrder, {
  name: 'AttendeeOrder',
  description: 'In which order attendees (deltakere) come. Those without one come last.',
  valuesConfig: {
    NAME: { description: 'By name.' },
    ORGANISATION: { description: 'By the organisation (virksomhet) that they come from.' },
  },
});

export const attendeeOrders: Record<AttendeeOrder, KeysetOrder> = {
  NAME: { name: 'NAME', property: 'name', direction: 'asc' },
  ORGANISATION: {
    name: 'ORGANISATION',
    property: 'organisationName',
    direction: 'asc',
  },
};

/** Those with a confirmed seat. */
const confirmed = {
  [raw(`exists (select from events.registration r where r.id = registration_id and r.status = 'CONFIRMED')`)]:
    [],
} as FilterQuery<Attendee>;

export function attendeesMatching(filter: AttendeeFilter | null | undefined): FilterQuery<Attendee>[] {
  const checkedIn = filter?.checkedIn ?? null;
  if (checkedIn === null) return [confirmed];
  return [confirmed, { checkedInAt: checkedIn ? { $ne: null } : null }];
}

/** The numbers, which the database gives to everybody. */
export async function attendanceOf(context: RequestContext, event: Event): Promise<Attendance> {
  const counts = await context.batched('attendance', event.id, async (ids) => {
    const found = await context.em.execute<{ event_id: string; registered: number; checked_in: number }[]>(
      'select event_id, registered, checked_in from events.attendance_of(array(select json_array_elements_text(?::json)))',
      [JSON.stringify(ids)],
    );
    return new Map(found.map((each) => [each.event_id, each]));
  });
  return { event, registered: counts?.registered ?? 0, checkedIn: counts?.checked_in ?? 0 };
}
