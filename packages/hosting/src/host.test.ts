import { expect, it } from 'vitest';
import { plainFault } from './host.js';

it('says of an error what an operator needs, and nothing that hangs on it', () => {
  const error = Object.assign(new RangeError('gone'), { code: '57P01', client: { password: 'secret' } });
  expect(plainFault(error)).toEqual({
    type: 'RangeError',
    message: 'gone',
    code: '57P01',
    stack: error.stack,
  });
  // The queue hands on copies, which are no instances of anything.
  const copy = { ...error, message: error.message, stack: error.stack } as unknown as Error;
  expect(JSON.stringify(plainFault(copy))).not.toContain('secret');
});
