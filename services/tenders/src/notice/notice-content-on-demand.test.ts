import { writeNotice } from '@samspill/eforms';
import { type Host, openHost } from '@samspill/hosting';
import { executeInProcess, publicRequest, type Service, startService } from '@samspill/subgraph';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { importNotices } from '../import/import-notices.js';
import { lot, number } from '../import/notices.fixture.js';
import { tenders } from '../subgraph.js';

let host: Host;
let service: Service;
const statements: string[] = [];

beforeAll(async () => {
  host = await openHost({ log: pino({ level: 'silent' }) });
  service = await startService(tenders, { ...host, onStatement: (sql) => statements.push(sql) });
  const words = Array.from({ length: 200_000 }, (_, i) => i.toString(36)).join(' ');
  const xml = writeNotice({
    noticeId: number('long'),
    procedureId: number('procedure of long'),
    formType: 'competition',
    noticeType: 'cn-standard',
    subtype: '16',
    dispatchedAt: new Date('2024-01-01T12:00:00Z'),
    title: 'Et langt grunnlag',
    description: words,
    nature: 'works',
    cpv: '45214200',
    buyer: { name: 'Marker kommune', organisationNumber: '210000043', city: 'Ørje', postCode: '1870' },
    lots: [lot('LOT-0001', 1)],
  });
  const [result] = await importNotices(service.store, [{ name: 'long.xml', xml }], (work) =>
    service.store.change('test', work),
  );
  expect(result?.outcome).toBe('IMPORTED');
});

afterAll(() => host.close());

const ask = async (fields: string) => {
  statements.length = 0;
  const { data, errors } = await executeInProcess(
    service,
    { query: `{ notices { nodes { ${fields} } } }` },
    publicRequest(),
  );
  expect(errors).toBeUndefined();
  return data;
};

it('a list of titles leaves what the notices say where it is', async () => {
  await ask('id title publishedAt');
  expect(statements.filter((sql) => sql.includes('"content"'))).toEqual([]);
});

it('a field of the notice reads it, once for all fields and notices', async () => {
  const data = await ask('cpv procedureType lots { number } dataQuality { code }');
  expect(data).toMatchObject({ notices: { nodes: [{ cpv: '45214200', lots: [{ number: 'LOT-0001' }] }] } });
  expect(statements.filter((sql) => sql.includes('"content"'))).toHaveLength(1);
});
