import { repeatedly, type ServiceStore, type Stop } from '@samspill/subgraph';
import { Undone } from '../event/event-to-change.js';
import { passOnSeats } from './pass-on-seats.js';

const EVERY = 1_000;

/**
 * Passes seats on when nobody does anything: the time of an offer runs out by itself. Any number of instances may
 * do so at the same time; each event is one's at a time, and the others find nothing left to do.
 */
export function passOnWork(store: ServiceStore): Stop {
  return repeatedly({
    every: EVERY,
    run: () => passOnWhatIsDue(store),
    onError: (error) =>
      store.host.log.error({ err: error }, 'Seats were not passed on; they will be in a second'),
  });
}

export async function passOnWhatIsDue(store: ServiceStore): Promise<void> {
  for (const id of await eventsWithSomethingDue(store)) {
    try {
      await store.change('pass-on-seats', async (change) => {
        // Another instance was faster. The lock counts as written, so that this cannot simply end.
        if (!(await passOnSeats(change, store, id))) throw new Undone([]);
      });
    } catch (error) {
      if (!(error instanceof Undone)) throw error;
    }
  }
}

/**
 * Events with an offer whose time is over, or with seats for the first in line whom the event has enough for at all.
 * The second is done by whoever frees seats; asked for all the same, so that no way of freeing them can be forgotten.
 */
async function eventsWithSomethingDue(store: ServiceStore): Promise<string[]> {
  const now = store.host.clock.now();
  const rows = await store.as('system').execute<{ id: string }[]>(
    `select event.id from events.event event
     where event.cancelled_at is null and (
       event.id in (
         select event_id from events.registration where status = 'OFFERED' and offer_expires_at <= ?
       )
       or event.starts_at > ? and event.id in (select event_id from events.registration where status = 'WAITING')
         and (
           select first.seats from events.registration first
           where first.event_id = event.id and first.status = 'WAITING'
             and (event.capacity is null or first.seats <= event.capacity)
           order by first.place limit 1
         ) <= coalesce(event.capacity - event.seats_taken, 2147483647)
     )
     order by event.id`,
    [now, now],
  );
  return rows.map(({ id }) => id);
}
