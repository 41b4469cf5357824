import { describe, expect, it } from 'vitest';
import { AnswerReader, type HttpAnswer, UnreadableAnswer } from './answer-reader.js';

const OK = 'HTTP/1.1 200 OK\r\n';

/** Reads in pieces of a size; the answers, and whether the connection can be used again. */
function read(text: string, pieces: number) {
  const reader = new AnswerReader();
  const bytes = Buffer.from(text);
  const answers: HttpAnswer[] = [];
  for (let at = 0; at < bytes.length; at += pieces) {
    const answer = reader.read(bytes.subarray(at, at + pieces));
    if (answer) answers.push(answer);
  }
  const atEnd = reader.end();
  if (atEnd) answers.push(atEnd);
  return {
    answers,
    isReusable: reader.isReusable,
    hasBegun: reader.hasBegun,
    idleSeconds: reader.idleSeconds,
  };
}

describe.each([1, 2, 7, 100_000])('an answer that comes in pieces of %i bytes', (pieces) => {
  it.each<[string, string, HttpAnswer, boolean]>([
    ['with a length', `${OK}Content-Length: 10\r\n\r\n"blå 日"`, { status: 200, body: '"blå 日"' }, true],
    ['that is empty', `${OK}content-length:0\r\n\r\n`, { status: 200, body: '' }, true],
    ['of another status', 'HTTP/1.1 503 \r\ncontent-length: 2\r\n\r\n{}', { status: 503, body: '{}' }, true],
    ['without a reason', 'HTTP/1.1 200\r\ncontent-length: 2\r\n\r\n{}', { status: 200, body: '{}' }, true],
    [
      'that says the length twice',
      `${OK}content-length: 2\r\ncontent-length: 2\r\n\r\n{}`,
      { status: 200, body: '{}' },
      true,
    ],
    [
      'in chunks',
      `${OK}Transfer-Encoding: chunked\r\n\r\n3\r\n"bl\r\nB;x=1\r\nå 日 1234\r\n0\r\nA-Trailer: x\r\n\r\n`.replace(
        'A;',
        'B;',
      ),
      { status: 200, body: '"blå 日 1234' },
      true,
    ],
    [
      'in chunks and with a length',
      `${OK}transfer-encoding: chunked\r\ncontent-length: 9\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
      { status: 200, body: '{}' },
      false,
    ],
    [
      'that ends with the connection',
      `${OK}\r\n{"data":null}`,
      { status: 200, body: '{"data":null}' },
      false,
    ],
    [
      'that is the last one',
      `${OK}connection: x, Close\r\ncontent-length: 2\r\n\r\n{}`,
      { status: 200, body: '{}' },
      false,
    ],
    ['of HTTP/1.0', 'HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\n{}', { status: 200, body: '{}' }, false],
    [
      'that has no body',
      'HTTP/1.1 204 No Content\r\ncontent-length: 5\r\n\r\n',
      { status: 204, body: '' },
      true,
    ],
    [
      'after hints',
      `HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n${OK}content-length: 2\r\n\r\n{}`,
      { status: 200, body: '{}' },
      true,
    ],
  ])('is read %s', (_, text, answer, isReusable) => {
    expect(read(text, pieces)).toMatchObject({ answers: [answer], isReusable, hasBegun: false });
  });

  it.each([
    ['no HTTP', 'SSH-2.0-x\r\n\r\n'],
    ['HTTP/2', 'HTTP/2 200\r\n\r\n'],
    ['two lengths', `${OK}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`],
    ['a length that is none', `${OK}content-length: +2\r\n\r\n{}`],
    ['two lengths in one', `${OK}content-length: 2, 2\r\n\r\n{}`],
    ['an encoding that we do not know', `${OK}transfer-encoding: gzip, chunked\r\n\r\n`],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
    ['a chunk without a size', `${OK}transfer-encoding: chunked\r\n\r\n\r\n`],
    ['a chunk of a negative size', `${OK}transfer-encoding: chunked\r\n\r\n-1\r\n`],
    ['a chunk that is longer than it says', `${OK}transfer-encoding: chunked\r\n\r\n1\r\n{}\r\n`],
    ['a head without end', `${OK}${'x: y\r\n'.repeat(20_000)}`],
    ['a line without end', `${OK}transfer-encoding: chunked\r\n\r\n1;${'x'.repeat(20_000)}`],
  ])('is refused when it is %s', (_, text) => {
    expect(() => read(text, pieces)).toThrow(UnreadableAnswer);
  });

  it.each([
    ['a head', `${OK}content-length: 2\r\n`],
    ['a body', `${OK}content-length: 3\r\n\r\n{}`],
    ['chunks', `${OK}transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n`],
  ])('is none as long as a part is missing: %s', (_, text) => {
    expect(read(text, pieces)).toMatchObject({ answers: [], hasBegun: true });
  });
});

it('what comes after an answer makes its connection useless', () => {
  expect(read(`${OK}content-length: 2\r\n\r\n{}HTTP/1.1 200 OK`, 100_000)).toMatchObject({
    isReusable: false,
  });
});

it.each([
  ['timeout=5, max=100', 5],
  ['max=100', undefined],
  ['timeout=0', undefined],
])('how long it is kept is what the service says: %s', (value, seconds) => {
  expect(read(`${OK}keep-alive: ${value}\r\ncontent-length: 0\r\n\r\n`, 1_000).idleSeconds).toBe(seconds);
});
