import { expect, it } from 'vitest';
import { firstMessage } from './http-message.ts';

const ofLength = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\næøHTTP');
const inChunks = Buffer.from(
  'POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\nPOST',
);

it('takes a body of a stated length, and leaves what follows', () => {
  const message = firstMessage(ofLength);
  expect(message?.body.toString()).toBe('æø');
  expect(ofLength.subarray(message?.length).toString()).toBe('HTTP');
});

it('puts a body of chunks together, and leaves what follows', () => {
  const message = firstMessage(inChunks);
  expect(message?.body.toString()).toBe('abcde');
  expect(inChunks.subarray(message?.length).toString()).toBe('POST');
});

it.each([
  ['a stated length', ofLength, 4],
  ['chunks', inChunks, 4],
])('waits for the whole of a message with %s, wherever it is cut', (_, bytes, following) => {
  for (let length = 0; length < bytes.length - following; length++) {
    expect(firstMessage(bytes.subarray(0, length))).toBeNull();
  }
});

it('refuses what has no end', () => {
  expect(() => firstMessage(Buffer.from('POST / HTTP/1.1\r\nhost: a\r\n\r\n'))).toThrow(/without a length/);
  expect(() =>
    firstMessage(Buffer.from('POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nno\r\n')),
  ).toThrow(/without a size/);
});
