import { type FilterQuery, raw } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Mendable } from '@samspill/subgraph';
import { Need, type NeedStatus } from './need.js';
import { afterAction, type NeedAction } from './need.lifecycle.js';
import { noSuchNeed } from './need.permission.js';
import { lockNeed } from './need-lock.js';

/**
 * Asked of the database itself, in the words of its own policy: whoever writes sees what others have published, and an
 * update of a row that is seen but not for writing touches nothing, without an error.
 */
const forWriting = (): FilterQuery<Need> =>
  ({
    [raw((alias) => `samspill.holds('PROCUREMENT_OFFICER', ${alias}.municipality_number)`)]: [],
  }) as FilterQuery<Need>;

/** The need, held to the end of the transaction, and the status that an action of its municipality leads to. */
export async function needToWrite(
  em: EntityManager,
  id: string,
  action: NeedAction,
  path: readonly string[] = ['input', 'id'],
): Promise<{ need: Need; status: NeedStatus } | { mend: readonly Mendable[] }> {
  await lockNeed(em, id);
  const need = await em.findOne(Need, { $and: [{ id }, forWriting()] });
  if (!need) throw noSuchNeed();
  const next = afterAction(action, need.status, path);
  return 'mend' in next ? { mend: [next.mend] } : { need, status: next.status };
}
