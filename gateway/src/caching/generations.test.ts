import { beforeEach, expect, it, vi } from 'vitest';
import { Generations } from './generations.js';

let generations: Generations;
beforeEach(() => {
  generations = new Generations(['tenders', 'events']);
});

it('knows nothing of a service until it is heard of, and nothing ever of one that announces nothing', () => {
  expect(generations.now.get('tenders')).toBeNull();
  generations.heard('foreign', 'x');
  expect(generations.now.get('foreign')).toBeUndefined();
});

it('is the same as long as the same is heard, and another one after a change', () => {
  generations.heard('tenders', '1');
  const first = generations.now;
  generations.heard('tenders', '1');
  expect(generations.now).toBe(first);
  generations.heard('tenders', '2');
  expect(generations.now.get('tenders')).not.toBe(first.get('tenders'));
  expect(first.get('tenders')?.name, 'a moment does not change').toBe('1');
});

it('never comes back, not even under its name', () => {
  generations.heard('tenders', '1');
  const before = generations.now.get('tenders');
  generations.lost('tenders');
  expect(generations.now.get('tenders')).toBeNull();
  generations.heard('tenders', '1');
  expect(generations.now.get('tenders')).not.toBe(before);
});

it('has no name that others know just after a change through this gateway', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    generations.heard('tenders', '1');
    const before = generations.now.get('tenders');
    generations.changed('tenders');
    const after = generations.now.get('tenders');
    expect(after).not.toBe(before);
    expect(after?.isShared).toBe(false);
    // Said by a replica that has not heard of the change.
    generations.heard('tenders', '1');
    expect(generations.now.get('tenders')).toBe(after);
    // Still said when every replica must have heard: the news had come before the answer.
    vi.advanceTimersByTime(3_000);
    generations.heard('tenders', '1');
    expect(generations.now.get('tenders')?.isShared).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

it('leaves one service alone when another changes', () => {
  generations.heard('tenders', '1');
  generations.heard('events', '1');
  const before = generations.now.get('events');
  generations.changed('tenders');
  generations.lost('tenders');
  expect(generations.now.get('events')).toBe(before);
});
