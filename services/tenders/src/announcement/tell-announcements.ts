import type { EntityManager } from '@mikro-orm/postgresql';
import { type MessageBus, type PayloadOf, tenderAnnounced } from '@samspill/messages';
import type { ServiceStore } from '@samspill/subgraph';

interface Announcement {
  readonly tender_id: string;
  readonly procurement_id: string;
  readonly title: string;
  readonly announced_at: Date | string | null;
  readonly version: number;
}

/**
 * What the others have not been told yet. A result says as well that there was a competition, and where only it was
 * published it is the first that anybody can know. A tender that has lost all its notices announces nothing.
 */
const NEWS = (which: string) => `
  with announced as (
    select tender.id as tender_id, tender.procurement_id, tender.title,
      min(notice.published_at) filter (where notice.form_type in ('competition', 'dir-awa-pre', 'result')) as announced_at
    from tenders.tender join tenders.notice on notice.tender_id = tender.id
    ${which} group by tender.id
  )
  select announced.*, coalesce(told.version, 0) + 1 as version
  from announced left join tenders.announcement_told told using (tender_id)
  where announced.announced_at is distinct from told.announced_at
  union all
  select told.tender_id, told.procurement_id, told.title, null, told.version + 1
  from tenders.announcement_told told
  where told.announced_at is not null and not exists (select from tenders.tender where id = told.tender_id)`;

/**
 * Tells which competitions of some procurements are announced, in the transaction that has stored their notices.
 * @returns the ids of the tenders that there was something to tell about
 */
export async function tellAnnouncements(
  em: EntityManager,
  bus: MessageBus,
  procurements: readonly string[],
): Promise<string[]> {
  const which = 'where tender.procurement_id in (select json_array_elements_text(?::json))';
  const news = await em.execute<Announcement[]>(NEWS(which), [JSON.stringify(procurements)]);
  if (news.length === 0) return [];
  const told = news.map(toMessage);
  await em.execute(
    `insert into tenders.announcement_told (tender_id, procurement_id, title, announced_at, version)
     select "tenderId", "procurementId", title, "announcedAt", version from json_to_recordset(?::json)
       as told ("tenderId" text, "procurementId" text, title text, "announcedAt" timestamptz, version int)
     on conflict (tender_id) do update set procurement_id = excluded.procurement_id, title = excluded.title,
       announced_at = excluded.announced_at, version = excluded.version`,
    [JSON.stringify(told)],
  );
  await bus.publish(em, tenderAnnounced, told);
  return told.map(({ tenderId }) => tenderId);
}

function toMessage(row: Announcement): PayloadOf<typeof tenderAnnounced> {
  return {
    tenderId: row.tender_id,
    procurementId: row.procurement_id,
    title: row.title,
    announcedAt: row.announced_at === null ? null : new Date(row.announced_at).toISOString(),
    version: row.version,
  };
}

/** Of how many procurements is told at a time: a database of a million is told of, and a start that is killed goes on. */
const TOGETHER = 500;

/** Of a database from before anybody told it, the others hear at the next start. */
export async function tellEarlierAnnouncements(store: ServiceStore): Promise<void> {
  const untold = await store
    .as('system')
    .transactional((em) =>
      em.execute<{ id: string }[]>(`select distinct procurement_id as id from (${NEWS('')}) news`),
    );
  for (let from = 0; from < untold.length; from += TOGETHER) {
    const procurements = untold.slice(from, from + TOGETHER).map(({ id }) => id);
    await store.change('announcements-told', async ({ em, audit }) => {
      const told = await tellAnnouncements(em, store.host.bus, procurements);
      audit(...told.map((id) => ({ object: { type: 'Tender', id } })));
    });
  }
}
