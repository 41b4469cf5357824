import type { EntityManager } from '@mikro-orm/postgresql';
import { procurementStarted } from '@samspill/messages';
import { currentProcurement, type ServiceStore } from '@samspill/subgraph';
import { DialogueActivity } from '../market-dialogue/dialogue-activity.js';
import { lockDialogue } from '../market-dialogue/dialogue-lock.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { Need } from '../need/need.js';
import { NeedClarification } from '../need/need-clarification.js';
import { NeedJoining } from '../need-joining/need-joining.js';
import { DialogueQuestion } from '../question/dialogue-question.js';
import {
  type DemoDialogue,
  demoChains,
  demoClarifications,
  demoJoinings,
  demoProcurements,
} from './demo-chains.js';
import { ledDialogue } from './demo-led-dialogue.js';

/** Puts the demo needs and their dialogues into a store without needs, in one transaction. */
export async function fillWithDemoDialogues({ host, change }: ServiceStore): Promise<void> {
  await change('demo', async ({ em, audit }) => {
    if ((await em.count(Need)) > 0) return;
    const now = host.clock.now();
    for (const { need, dialogue } of demoChains(now)) {
      const procurementId = await currentProcurement(em, need.procurementId);
      const joined = demoJoinings().filter((joining) => joining.need === need.id).length;
      em.create(Need, { ...need, procurementId, joined });
      audit({ object: { type: 'Need', id: need.id }, owner: { municipality: need.municipalityNumber } });
      if (dialogue) await addDialogue(em, { ...dialogue, procurementId });
      await host.bus.publish(em, procurementStarted, [
        { procurementId, startedAt: (need.publishedAt ?? now).toISOString() },
      ]);
    }
    await addLedDialogue(em, now);
    for (const clarification of demoClarifications(now)) em.create(NeedClarification, clarification);
    for (const joining of demoJoinings()) {
      em.create(NeedJoining, joining);
      const owner = { municipality: joining.municipalityNumber };
      audit({ object: { type: 'NeedJoining', id: joining.id }, owner });
    }
  });
}

/** Not announced, so that whoever tries the product can do that themselves. */
async function addLedDialogue(em: EntityManager, now: Date): Promise<void> {
  const procurementId = await currentProcurement(em, demoProcurements.schoolTransport);
  const { dialogue: facts, activities, questions } = ledDialogue(now, procurementId);
  if (await em.findOne(MarketDialogue, { id: facts.id })) return;
  const dialogue = em.create(MarketDialogue, facts);
  for (const activity of activities) em.create(DialogueActivity, { ...activity, dialogue });
  // What they point at has to be there first.
  await em.flush();
  for (const question of questions) em.create(DialogueQuestion, question);
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
