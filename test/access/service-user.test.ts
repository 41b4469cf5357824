import { randomUUID } from 'node:crypto';
import { startRegion } from '@samspill/region';
import { sql } from 'kysely';
import pg from 'pg';
import pino from 'pino';
import { expect, inject, it, onTestFinished } from 'vitest';
import { emptyDatabase } from '../support/databases.js';
import { ask } from '../support/region.js';

/** A user that may log in and nothing else, as a database administrator would make it. */
async function serviceUser(): Promise<{ name: string; password: string }> {
  const name = `service_${randomUUID().slice(0, 8)}`;
  const password = randomUUID();
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  await client.query(`create role ${name} login noinherit password '${password}'`);
  onTestFinished(async () => {
    await client.query(`drop role ${name}`);
    await client.end();
  });
  return { name, password };
}

it('works as a user that owns nothing, and that can take on no more than its roles', async () => {
  const user = await serviceUser();
  const database = await emptyDatabase('postgresql');
  const ownerUrl = database.options.databaseUrl as string;
  const url = new URL(ownerUrl);
  url.username = user.name;
  url.password = user.password;
  const region = await startRegion({
    databaseUrl: url.href,
    databaseOwnerUrl: ownerUrl,
    log: pino({ level: 'silent' }),
    host: '127.0.0.1',
    port: 0,
    introspection: false,
    playground: false,
    demo: true,
  });
  onTestFinished(async () => {
    await region.close();
    await database[Symbol.asyncDispose]();
  });
  const { data, errors } = await ask(region.gateway.url, '{ tenders { totalCount } needs { totalCount } }');
  expect(errors).toBeUndefined();
  expect(data.tenders.totalCount).toBeGreaterThan(0);

  const { kysely } = region.host.database;
  const { rows } = await sql<{ session: string; role: string }>`
    select session_user::text as session, current_user::text as role`.execute(kysely);
  expect(rows).toEqual([{ session: user.name, role: 'samspill_public' }]);
  // Whoever took over the service's SQL could put the role off, and would have nothing then.
  await expect(
    kysely.transaction().execute(async (transaction) => {
      await sql`reset role`.execute(transaction);
      await sql`select * from dialogue.need`.execute(transaction);
    }),
  ).rejects.toThrow(/permission denied/);
});
