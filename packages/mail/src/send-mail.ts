import { repeatedly, type ServiceStore, type Stop } from '@samspill/subgraph';
import { Outbox } from './outbox.js';
import { type SendLetter, smtpSender } from './smtp-sender.js';

const SECOND = 1_000;
/** Letters on their way at the same time. Mail servers like it when they are few. */
const LANES = 4;

/** Sends what waits, about every second, and empties what has been sent long ago, for as long as the service runs. */
export function sendMail(store: ServiceStore): Stop {
  const { mail, log, personas } = store.host;
  if (!mail && !personas) {
    log.warn(
      { service: store.name },
      'No mail server is configured: letters go into the mailbox, which nobody can open here. Set SMTP_URL.',
    );
  }
  const outbox = new Outbox(store);
  const send = mail && smtpSender(mail);
  const state = { isStopped: false };
  const stops = [
    repeatedly({
      every: SECOND,
      run: () => (send ? sendWaiting(store, outbox, send, state) : deliverWaiting(outbox, state)),
      onError: (err) => log.error({ err, service: store.name }, 'Letters could not be sent'),
    }),
    repeatedly({
      every: 60 * SECOND,
      run: () => outbox.clear(),
      onError: (err) => log.error({ err, service: store.name }, 'Old letters could not be emptied'),
    }),
  ];
  return async () => {
    state.isStopped = true;
    await Promise.all(stops.map((stop) => stop()));
  };
}

/** Everything that is due, once. What fails because the server is not there ends the run: it is not there for others. */
export async function sendWaiting(
  store: ServiceStore,
  outbox: Outbox,
  send: SendLetter,
  state: { readonly isStopped: boolean } = { isStopped: false },
): Promise<void> {
  const { log } = store.host;
  // Neither whom a letter was to nor what it said: the log is read by others than those whom it concerns.
  for (const { id, template, attempts, failure } of await outbox.giveUp()) {
    log.error({ service: store.name, letter: id, template, attempts, failure }, 'A letter was given up');
  }
  const lane = async (): Promise<void> => {
    while (!state.isStopped) {
      const letter = await outbox.claim();
      if (!letter) return;
      const outcome = await send(letter);
      const { id, template, attempts } = letter;
      if (outcome.kind === 'SENT') {
        await outbox.sent(letter);
        continue;
      }
      const about = { service: store.name, letter: id, template, attempts, failure: outcome.failure };
      if (outcome.kind === 'REFUSED') {
        await outbox.refused(letter, outcome.failure);
        log.error(about, 'A letter was refused by the server of whom it was to');
        continue;
      }
      await outbox.postpone(letter, outcome.failure);
      log.warn(about, 'A letter could not be sent and is tried again later');
      if (outcome.kind === 'UNREACHABLE') return;
    }
  };
  // All of them to their end, whatever becomes of one: what is under way is not left alone when the service stops.
  const ends = await Promise.allSettled(Array.from({ length: LANES }, lane));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

async function deliverWaiting(outbox: Outbox, state: { readonly isStopped: boolean }): Promise<void> {
  while (!state.isStopped && (await outbox.deliver()) > 0);
}
