import { type NoticeDraft, writeNotice } from '@samspill/eforms';
import { type Host, openHost } from '@samspill/hosting';
import { publicRequest, type Service } from '@samspill/subgraph';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Notice } from '../notice/notice.js';
import { startTenders } from '../subgraph.js';
import { Tender } from '../tender/tender.js';
import { type Changing, importNotices } from './import-notices.js';
import { lot, number } from './notices.fixture.js';

let host: Host;
let service: Service;

beforeAll(async () => {
  host = await openHost({ log: pino({ level: 'silent' }) });
  service = await startTenders(host);
});

afterAll(() => host.close());

function file(slug: string, draft: Partial<NoticeDraft> = {}) {
  const xml = writeNotice({
    noticeId: number(slug),
    procedureId: number(`procedure of ${slug}`),
    formType: 'competition',
    noticeType: 'cn-standard',
    subtype: '16',
    dispatchedAt: new Date('2024-01-01T12:00:00Z'),
    title: `Ny skole ${slug}`,
    description: 'En skole',
    nature: 'works',
    cpv: '45214200',
    buyer: { name: 'Marker kommune', organisationNumber: '210000043', city: 'Ørje', postCode: '1870' },
    lots: [lot('LOT-0001', 1)],
    ...draft,
  });
  return { name: `${slug}.xml`, xml };
}

const changing: Changing = (work) => service.store.change('test', work);

const outcomes = async (...files: { name: string; xml: string }[]) =>
  (await importNotices(service.store, files, changing)).map((result) =>
    result.outcome === 'REFUSED' ? result.refusal.code : result.outcome,
  );

it('imports a notice once, however often and in whatever batch it is sent', async () => {
  expect(await outcomes(file('once'), file('once'))).toEqual(['IMPORTED', 'UNCHANGED']);
  expect(await outcomes(file('once'))).toEqual(['UNCHANGED']);
});

it('refuses another notice under the same number and version, and keeps the first', async () => {
  expect(await outcomes(file('same'), file('same', { title: 'Noe annet' }))).toEqual([
    'IMPORTED',
    'NOTICE_DIFFERS',
  ]);
  const kept = await service.store.fork().findOneOrFail(Notice, { id: `${number('same')}-01` });
  expect(kept.title).toBe('Ny skole same');
});

it('refuses what cannot be read or stored, and stores the others', async () => {
  // A date that XML allows and PostgreSQL does not.
  const beyond = file('beyond').xml.replace(/<cbc:EndDate>[^<]*/, '<cbc:EndDate>2024-02-30Z');
  const results = await outcomes(
    file('before'),
    { name: 'letter.txt', xml: 'Dear importer,' },
    { name: 'beyond.xml', xml: beyond },
    file('after'),
  );
  expect(results[0]).toBe('IMPORTED');
  expect(results[1]).toBe('NOT_XML');
  expect(results[3]).toBe('IMPORTED');
});

it('joins two procurements when a notice turns out to link them, and the old id leads on', async () => {
  const planning = { procedureId: null, formType: 'planning', noticeType: 'pin-only', subtype: '4' } as const;
  await outcomes(file('call-1', { procedureId: number('p1') }), file('plan', planning));
  const em = service.store.fork();
  const before = await em.findOneOrFail(Notice, { noticeId: number('plan') });
  const link = {
    procedureId: number('p1'),
    previousPlanning: `${number('plan')}-01`,
    dispatchedAt: new Date('2024-02-01T12:00:00Z'),
  };
  expect(await outcomes(file('call-2', link))).toEqual(['IMPORTED']);
  const notices = await service.store
    .fork()
    .find(Notice, { noticeId: { $in: [number('plan'), number('call-1'), number('call-2')] } });
  expect(new Set(notices.map((notice) => notice.procurementId)).size).toBe(1);
  expect(new Set(notices.map((notice) => notice.tenderId)).size).toBe(1);
  const { procurementById } = await import('../procurement/procurement.loader.js');
  const found = await procurementById(await service.context(publicRequest()), before.procurementId);
  expect(found?.id).toBe(notices[0]?.procurementId);
});

it('leaves nothing behind when the transaction cannot be completed', async () => {
  const em = service.store.fork();
  const count = async () => [await em.count(Notice), await em.count(Tender)];
  const before = await count();
  const broken = {
    ...service.store,
    host: { ...host, bus: { publish: () => Promise.reject(new Error('no queue')) } },
  };
  await expect(importNotices(broken as never, [file('broken')], changing)).rejects.toThrow('no queue');
  expect(await count()).toEqual(before);
});
