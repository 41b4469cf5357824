import type { Client } from 'pg';

/** What generated tenders are made of: those that are there, from the demo and from real notices. */
export interface SampleTender {
  readonly title: string;
  readonly description: string | null;
  readonly status: string;
  readonly procedure: string | null;
  readonly nature: string | null;
  readonly cpv: string | null;
  readonly cpv_codes: string[];
  readonly nuts_codes: string[];
  readonly value: string | null;
  readonly currency: string | null;
  readonly legal_basis: string | null;
  /** From its first notice to the deadline. */
  readonly open_seconds: number | null;
  readonly lots: number;
  readonly awards: number;
}

export interface Sample {
  readonly tenders: readonly SampleTender[];
  readonly buyers: readonly { name: string; city: string | null; post_code: string | null }[];
  readonly municipalities: readonly { number: string; name: string; from: Date; until: Date | null }[];
}

export async function readSample(client: Client): Promise<Sample> {
  const { rows: tenders } = await client.query<SampleTender>(`
    select title, left(description, 800) as description, status, procedure, nature, cpv, cpv_codes, nuts_codes,
      estimated_value_amount::text as value, estimated_value_currency as currency, legal_basis,
      extract(epoch from deadline - published_at)::float8 as open_seconds,
      (select count(*)::int from tenders.lot where tender_id = tender.id) as lots,
      (select count(*)::int from tenders.award where tender_id = tender.id) as awards
    from tenders.tender order by id`);
  const { rows: buyers } = await client.query<Sample['buyers'][number]>(
    'select name, city, post_code from tenders.buyer where municipality_number is null order by id',
  );
  const { rows: municipalities } = await client.query<Sample['municipalities'][number]>(
    'select number, name, valid_from::timestamptz as "from", valid_until::timestamptz as until from tenders.municipality order by number',
  );
  return { tenders, buyers, municipalities };
}
