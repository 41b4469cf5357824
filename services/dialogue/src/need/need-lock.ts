import type { EntityManager } from '@mikro-orm/postgresql';
import { lockUntilTheEnd } from '@samspill/database';

/**
 * Two officers who publish at the same moment must not both succeed. A row lock would do, but it counts as
 * having written, which a change that turns out to be none must not have.
 */
export async function lockNeed(em: EntityManager, id: string): Promise<void> {
  await lockUntilTheEnd(em, `dialogue.need.${id}`);
}
