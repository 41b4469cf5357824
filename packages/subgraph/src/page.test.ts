import { expect, it } from 'vitest';
import { checkedPage } from './page.js';

it.each(['after', 'before'])('refuses an empty cursor in "%s" instead of beginning anew', (argument) => {
  expect(() => checkedPage({ [argument]: '' })).toThrow(
    expect.objectContaining({ code: 'BAD_USER_INPUT', extensions: expect.objectContaining({ argument }) }),
  );
});

it('gives a page of the usual size from the start, unless asked otherwise', () => {
  expect(checkedPage({})).toEqual({ first: 20 });
  expect(checkedPage({ last: 3, before: 'x' })).toEqual({ last: 3, before: 'x' });
});
