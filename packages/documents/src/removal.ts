import type { EntityManager } from '@mikro-orm/postgresql';
import type { Desk } from './desk.js';

/** Says in a transaction that a file is to go. (Of a row that is deleted, the database says it itself.) */
export async function noteRemoval(em: EntityManager, service: string, id: string): Promise<void> {
  await em.execute(
    `insert into "${service}".document_removal (document_id) values (?) on conflict do nothing`,
    [id],
  );
}

/** Removes a file, and what says that it is to be removed. What fails in the middle is done again. */
export async function removeFile(desk: Desk, id: string): Promise<void> {
  await (await desk.files()).remove(id);
  await desk.store
    .as('system')
    .execute(`delete from "${desk.store.name}".document_removal where document_id = ?`, [id]);
}

/** Files that somebody said were to go, and did not get to. */
export async function removalsDue({ store }: Desk, most: number): Promise<string[]> {
  const rows = await store
    .as('system')
    .execute<{ id: string }[]>(
      `select document_id as id from "${store.name}".document_removal order by document_id limit ?`,
      [most],
    );
  return rows.map(({ id }) => id);
}
