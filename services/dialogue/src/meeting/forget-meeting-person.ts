import type { EntityManager } from '@mikro-orm/postgresql';
import { DialogueCalendarLink } from '../calendar/calendar-link.js';
import { MeetingComment, MeetingMinutes } from './meeting-minutes.js';
import { MeetingRequest } from './meeting-request.js';

/**
 * Forgets who a person was in meetings, as the service. What their organisation asked for and what was said stays:
 * it is the organisation's and the municipality's; the person's own calendar goes.
 */
export async function forgetMeetingPerson(em: EntityManager, personId: string): Promise<void> {
  await em.nativeUpdate(MeetingRequest, { personId }, { personId: null });
  await em.nativeUpdate(MeetingMinutes, { personId }, { personId: null });
  await em.nativeUpdate(MeetingComment, { personId }, { personId: null });
  await em.nativeDelete(DialogueCalendarLink, { personId });
}
