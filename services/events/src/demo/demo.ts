import type { ServiceStore } from '@samspill/subgraph';
import { Event } from '../event/event.js';
import { Session } from '../event/session.js';
import { currentProcurement } from '../procurement/joined-procurement.js';
import { demoEvents } from './demo-events.js';

/** Puts the demo events into an empty store, in one transaction. */
export async function fillWithDemoEvents({ host, change }: ServiceStore): Promise<void> {
  await change('demo', async ({ em, audit }) => {
    if ((await em.count(Event)) > 0) return;
    for (const { sessions, ...facts } of demoEvents(host.clock.now())) {
      const procurementId = facts.procurementId && (await currentProcurement(em, facts.procurementId));
      const event = em.create(Event, { ...facts, procurementId });
      audit({ object: { type: 'Event', id: event.id }, owner: { municipality: event.municipalityNumber } });
      for (const session of sessions) em.create(Session, { ...session, event });
    }
  });
}
