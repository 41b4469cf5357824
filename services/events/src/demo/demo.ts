import { currentProcurement, type ServiceStore } from '@samspill/subgraph';
import { Event } from '../event/event.js';
import { Session } from '../event/session.js';
import { fillErasedAttendance } from './demo-attendance.js';
import { demoEvents } from './demo-events.js';
import { fillWithDemoMaterial } from './demo-material.js';
import { fillCourse } from './demo-registrations.js';

/** Puts the demo events into an empty store, in one transaction, and then what was handed out at one of them. */
export async function fillWithDemoEvents(store: ServiceStore): Promise<void> {
  const { host, change } = store;
  await change('demo', async ({ em, audit }) => {
    if ((await em.count(Event)) > 0) return;
    for (const { sessions, ...facts } of demoEvents(host.clock.now())) {
      const procurementId = facts.procurementId && (await currentProcurement(em, facts.procurementId));
      const event = em.create(Event, { ...facts, procurementId });
      audit({ object: { type: 'Event', id: event.id }, owner: { municipality: event.municipalityNumber } });
      for (const session of sessions) em.create(Session, { ...session, event });
      await em.flush();
      const exercise = sessions.find(({ capacity }) => capacity !== null && capacity < (event.capacity ?? 0));
      if (exercise) await fillCourse(em, event, exercise.id);
      const isErased = event.personalDataErasedAt !== null && event.seatsTaken > 0;
      if (isErased) await fillErasedAttendance(em, event);
    }
  });
  await fillWithDemoMaterial(store);
}
