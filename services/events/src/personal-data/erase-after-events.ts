import { eraseMailOf } from '@samspill/mail';
import { repeatedly, type ServiceStore, type Stop } from '@samspill/subgraph';
import { erasePersonalDataOf } from '../registration/erase-personal-data.js';

const HOUR = 60 * 60 * 1_000;

/** Enough for any day; what is more comes in the next round. */
const AT_ONCE = 100;

/** Erases, hour by hour, what events no longer need to know about people. */
export function erasingAfterEvents(store: ServiceStore): Stop {
  return repeatedly({
    every: HOUR,
    run: () => eraseWhatIsOver(store),
    onError: (err) => store.host.log.error({ err, service: store.name }, 'Personal data were not erased'),
  });
}

/**
 * Erases names, addresses and codes of everybody who registered for an event that ended so many days ago as it says;
 * how many there were is kept. Gives the events. Of several workers one does each.
 */
export async function eraseWhatIsOver(store: ServiceStore): Promise<string[]> {
  const due = await store
    .as('system')
    .execute<{ id: string }[]>(
      `select id from events.event where ${IS_DUE} order by ends_at limit ${AT_ONCE}`,
      [store.host.clock.now().toISOString()],
    );
  const erased: string[] = [];
  for (const { id } of due) if (await eraseEvent(store, id)) erased.push(id);
  return erased;
}

/** One that was cancelled counts from when it would have ended: until then people may ask about it. */
const IS_DUE = `personal_data_erased_at is null and published_at is not null
  and ends_at + make_interval(days => personal_data_days) <= ?::timestamptz`;

function eraseEvent(store: ServiceStore, id: string): Promise<boolean> {
  const now = store.host.clock.now().toISOString();
  return store.change('event-personal-data-expired', async (change) => {
    const [event] = await change.em.execute<{ municipality: string | null }[]>(
      `select municipality_number as municipality from events.event
       where id = ? and ${IS_DUE} for no key update skip locked`,
      [id, now],
    );
    if (!event) return false;
    await erasePersonalDataOf(change, store, { eventId: id });
    await eraseMailOf(change.em, store.name, { about: { type: 'Event', id } });
    await change.em.execute('update events.event set personal_data_erased_at = ? where id = ?', [now, id]);
    change.audit({ object: { type: 'Event', id }, owner: { municipality: event.municipality } });
    return true;
  });
}
