import { digest } from '@samspill/audit';
import { type Change, currentProcurement, type ServiceStore } from '@samspill/subgraph';
import { tellFollowers } from '../need-following/tell-followers.js';
import { Need, NeedStatus } from './need.js';
import { afterAction } from './need.lifecycle.js';
import { lockNeed } from './need-lock.js';
import { changedNeed, snapshotOfNeed } from './need-snapshot.js';

const actionTo = {
  IN_DIALOGUE: 'ANNOUNCE_DIALOGUE',
  IN_TENDER: 'ANNOUNCE_TENDER',
} as const;

/**
 * Moves the needs of a procurement on, because its dialogue or its competition has been announced, and tells those
 * who follow them. As the service: whoever announces need not be one who writes needs, so this comes after what they
 * do in their own name. Said again, or of a need that has come further, it changes nothing; of each announcement there is one letter.
 */
export async function needMovesOn(
  change: Change,
  procurementId: string,
  to: keyof typeof actionTo,
  at: Date,
  store: ServiceStore,
): Promise<void> {
  await change.asService(async (em) => {
    const current = await currentProcurement(em, procurementId);
    const where = { procurementId: current, status: { $in: [NeedStatus.PUBLISHED, NeedStatus.IN_DIALOGUE] } };
    const ids = (await em.find(Need, where, { orderBy: { id: 'asc' } })).map(({ id }) => id);
    // In the order of their ids, so that two who move the same needs wait for each other and not in a ring.
    for (const id of ids) {
      await lockNeed(em, id);
      const need = await em.findOneOrFail(Need, { id }, { refresh: true });
      const next = afterAction(actionTo[to], need.status);
      const key = `${to}.${at.toISOString()}`;
      if ('mend' in next) {
        // One dialogue more, for those who were there to be told of it: the status says nothing new, and the mail does.
        const isAnother = to === 'IN_DIALOGUE' && need.status === NeedStatus.IN_DIALOGUE;
        const told = isAnother ? await tellFollowers(em, store, need, { kind: to, key, since: at }) : 0;
        if (told > 0) change.audit(changedNeed(need, digest(snapshotOfNeed(need))));
        continue;
      }
      const before = digest(snapshotOfNeed(need));
      em.assign(need, { status: next.status });
      change.audit(changedNeed(need, before));
      await tellFollowers(em, store, need, { kind: to, key });
    }
  });
}
