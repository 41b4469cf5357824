import { executeInProcess, publicRequest, type Service } from '@samspill/subgraph';
import type { Client } from 'pg';

/** What there is to ask for, each as often as it occurs, so that what is common is asked for most. */
export interface Known {
  readonly ids: readonly string[];
  readonly buyers: readonly string[];
  readonly municipalities: readonly string[];
  readonly cpv: readonly string[];
  readonly nuts: readonly string[];
  readonly words: readonly string[];
  readonly now: Date;
  /** The cursor half way through the list, the newest first. */
  readonly halfWay: string;
}

interface SomeTender {
  readonly id: string;
  readonly title: string;
  readonly cpv_codes: string[];
  readonly nuts_codes: string[];
  readonly municipality_number: string | null;
  readonly organisation_number: string | null;
}

export async function whatIsThere(client: Client, service: Service, now: Date): Promise<Known> {
  // Ids are digests: their order says nothing.
  const { rows } = await client.query<SomeTender>(
    `select t.id, t.title, t.cpv_codes, t.nuts_codes, t.municipality_number, b.organisation_number
     from tenders.tender t join tenders.buyer b on b.id = t.buyer_id order by t.id limit 500`,
  );
  const { rows: middle } = await client.query<{ at: Date }>(
    'select published_at as at from tenders.tender order by published_at limit 1 offset (select count(*) / 2 from tenders.tender)',
  );
  const { data, errors } = await executeInProcess(
    service,
    {
      query:
        'query ($at: DateTime) { tenders(filter: { publishedBefore: $at }, first: 1) { pageInfo { endCursor } } }',
      variables: { at: middle[0]?.at.toISOString() },
    },
    publicRequest(),
  );
  if (!data) throw new Error(`Not answered: ${JSON.stringify(errors)}`);
  return {
    ids: rows.map(({ id }) => id),
    buyers: rows.flatMap((row) => row.organisation_number ?? []),
    municipalities: rows.flatMap((row) => row.municipality_number ?? []),
    cpv: rows.flatMap((row) => row.cpv_codes.slice(0, 1)),
    nuts: rows.flatMap((row) => row.nuts_codes.slice(0, 1)),
    words: rows.flatMap(({ title }) => title.match(/\p{L}{4,}/gu) ?? []),
    now,
    halfWay: (data.tenders as { pageInfo: { endCursor: string } }).pageInfo.endCursor,
  };
}
