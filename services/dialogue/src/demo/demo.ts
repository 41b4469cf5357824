import type { EntityManager } from '@mikro-orm/postgresql';
import { procurementStarted } from '@samspill/messages';
import type { ServiceStore } from '@samspill/subgraph';
import { DialogueActivity } from '../market-dialogue/dialogue-activity.js';
import { lockDialogue } from '../market-dialogue/dialogue-lock.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { Need } from '../need/need.js';
import { currentProcurement } from '../procurement/joined-procurement.js';
import { type DemoDialogue, demoChains } from './demo-chains.js';

/** Puts the demo needs and their dialogues into a store without needs, in one transaction. */
export async function fillWithDemoDialogues({ host, change }: ServiceStore): Promise<void> {
  await change('demo', async ({ em, audit }) => {
    if ((await em.count(Need)) > 0) return;
    const now = host.clock.now();
    for (const { need, dialogue } of demoChains(now)) {
      const procurementId = await currentProcurement(em, need.procurementId);
      em.create(Need, { ...need, procurementId });
      audit({ object: { type: 'Need', id: need.id }, owner: { municipality: need.municipalityNumber } });
      if (dialogue) await addDialogue(em, { ...dialogue, procurementId });
      await host.bus.publish(em, procurementStarted, [
        { procurementId, startedAt: (need.publishedAt ?? now).toISOString() },
      ]);
    }
  });
}

/** The notice may have arrived first: then it knows best what it says, and the demo adds only the rest. */
async function addDialogue(em: EntityManager, { activities, ...facts }: DemoDialogue): Promise<void> {
  await lockDialogue(em, facts.id);
  const known = await em.findOne(MarketDialogue, { id: facts.id });
  const { opensAt, closesAt, questions } = facts;
  const url = known?.url ?? facts.url;
  const dialogue = known
    ? em.assign(known, { opensAt, closesAt, questions, url })
    : em.create(MarketDialogue, facts);
  for (const activity of activities) em.create(DialogueActivity, { ...activity, dialogue });
}
