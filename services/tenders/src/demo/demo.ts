import type { ServiceStore } from '@samspill/subgraph';
import { importNotices } from '../import/import-notices.js';
import { Notice } from '../notice/notice.js';
import { demoNotices } from './demo-notices.js';

/**
 * The demo competitions come in the way all others do: as eForms notices through the importer, so that
 * the chain behind them is the real one. They are all stored in one transaction, so one of them tells
 * whether they are there; made anew they would differ, because some deadlines follow the clock.
 */
export async function importDemoNotices(store: ServiceStore): Promise<void> {
  if ((await store.fork().count(Notice, { source: { $like: 'demo-%' } })) > 0) return;
  const results = await importNotices(store, demoNotices(store.host.clock.now()), (work) =>
    store.change('demo', work),
  );
  const refused = results.find((result) => result.outcome === 'REFUSED');
  if (refused?.outcome === 'REFUSED') {
    throw new Error(`The demo notice ${refused.name} was refused: ${refused.refusal.messages.en}`);
  }
}
