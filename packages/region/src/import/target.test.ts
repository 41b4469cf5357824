import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { gatewayTarget, type ImportedFile, sendTogether } from './target.js';

const files = ['a', 'b', 'c'].map((name) => ({ name, xml: `<${name}/>` }));
const imported = (name: string): ImportedFile => ({
  name,
  outcome: 'IMPORTED',
  formType: 'competition',
  noticeType: 'cn-standard',
  remarks: 0,
  refusal: null,
});
const failed = (code: string) => ({
  errors: [{ message: 'Something failed', extensions: { code, requestId: 'r-1' } }],
});

it.each([
  ['TOO_LARGE', 'LIMIT-SIZE'],
  ['INTERNAL', null],
])('sends the files one by one when the region answers %s', async (code, rule) => {
  const sent = await sendTogether(files, async (batch) =>
    batch.some(({ name }) => name === 'b')
      ? (failed(code) as never)
      : { data: { importNotices: { files: batch.map(({ name }) => imported(name)) } } },
  );
  expect(sent.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['a', 'IMPORTED'],
    ['b', 'REFUSED'],
    ['c', 'IMPORTED'],
  ]);
  expect(sent[1]?.refusal).toEqual({ code, rule, line: null, message: 'Something failed (r-1)' });
});

it('ends with what to do when the region takes nothing', async () => {
  await expect(sendTogether(files, async () => failed('SERVICE_UNAVAILABLE') as never)).rejects.toThrow(
    /Something failed.*Import again/,
  );
});

it('reads a refusal of the size from whoever stands in front, and no answer as none', async () => {
  const server = createServer((request, response) => {
    request.resume();
    response.statusCode = request.url?.startsWith('/proxy') ? 413 : 502;
    response.end('<html>no</html>');
  }).listen(0, '127.0.0.1');
  try {
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [only] = await gatewayTarget(`${url}/proxy`).send(files.slice(0, 1));
    expect(only?.refusal).toMatchObject({ code: 'TOO_LARGE', rule: 'LIMIT-SIZE' });
    await expect(gatewayTarget(url).send(files)).rejects.toThrow(
      /No region answers at .*status 502.*Start it/,
    );
  } finally {
    server.close();
  }
});
