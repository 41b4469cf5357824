import { beforeEach, describe, expect, it } from 'vitest';
import { AnswerCache, type FreshAnswer } from './answer-cache.js';
import { Generations } from './generations.js';
import type { SharedAnswer, SharedAnswers } from './shared-answers.js';

let time: number;
let generations: Generations;
let answers: AnswerCache;
const now = () => time;

beforeEach(() => {
  time = 1_000_000;
  generations = new Generations(['tenders', 'events']);
  generations.heard('tenders', 't1');
  generations.heard('events', 'e1');
  answers = new AnswerCache({ generations, maxBytes: 100_000, now });
});

const fresh = (more: Partial<FreshAnswer> = {}): FreshAnswer => ({
  body: Buffer.from('{"data":1}'),
  contentType: 'application/json',
  began: answers.begin(),
  services: ['tenders'],
  maxAge: 60,
  ...more,
});

describe('what is kept', () => {
  it('is found as it was, with a name for its bytes', async () => {
    const kept = answers.keep('a', fresh());
    const found = await answers.find('a');
    expect(found?.body.toString()).toBe('{"data":1}');
    expect(found?.etag).toBe(kept.etag);
    expect(answers.keep('b', fresh()).etag).toBe(kept.etag);
    expect(answers.keep('c', fresh({ body: Buffer.from('{"data":2}') })).etag).not.toBe(kept.etag);
    expect(await answers.find('d')).toBeNull();
  });

  it('ends with its age', async () => {
    answers.keep('a', fresh());
    time += 59_999;
    expect(await answers.find('a')).not.toBeNull();
    time += 1;
    expect(await answers.find('a')).toBeNull();
  });

  it('ends with a second of the clock, counted from the beginning', async () => {
    time = 1_000_400;
    const began = answers.begin();
    time = 1_000_900;
    answers.keep('a', fresh({ began, maxAge: 1 }));
    time = 1_000_999;
    expect(await answers.find('a')).not.toBeNull();
    time = 1_001_000;
    expect(await answers.find('a')).toBeNull();
    // Begun before the hour struck, and done afterwards: nobody knows on which side it was answered.
    answers.keep('b', fresh({ began, maxAge: 1 }));
    expect(await answers.find('b')).toBeNull();
  });

  it('ends when the clock is set back', async () => {
    answers.keep('a', fresh());
    time -= 1;
    expect(await answers.find('a')).toBeNull();
  });

  it('ends with a change of anything that it was made of, and of nothing else', async () => {
    answers.keep('tenders', fresh());
    answers.keep('both', fresh({ services: ['tenders', 'events'] }));
    answers.keep('none', fresh({ services: [] }));
    generations.heard('events', 'e2');
    expect(await answers.find('tenders')).not.toBeNull();
    expect(await answers.find('both')).toBeNull();
    generations.changed('tenders');
    expect(await answers.find('tenders')).toBeNull();
    expect(await answers.find('none')).not.toBeNull();
  });

  it('is not given while nobody hears of what it was made of', async () => {
    answers.keep('a', fresh());
    generations.lost('tenders');
    expect(await answers.find('a')).toBeNull();
    generations.heard('tenders', 't1');
    expect(await answers.find('a')).toBeNull();
  });
});

describe('what is not kept', () => {
  it('was overtaken by a change while it was made', async () => {
    const began = answers.begin();
    generations.heard('tenders', 't2');
    answers.keep('a', fresh({ began }));
    expect(await answers.find('a')).toBeNull();
  });

  it('was overtaken by a change that was undone by its name', async () => {
    const began = answers.begin();
    generations.heard('tenders', 't2');
    generations.heard('tenders', 't1');
    answers.keep('a', fresh({ began }));
    expect(await answers.find('a')).toBeNull();
  });

  it('was made while a service was not heard of', async () => {
    generations.lost('tenders');
    answers.keep('a', fresh());
    expect(await answers.find('a')).toBeNull();
  });

  it('is asked for once, when there is no more room', async () => {
    for (let i = 0; i < 1_000; i++) answers.keep(`${i}`, fresh());
    expect(answers.isWorthKeeping('a')).toBe(false);
    answers.keep('b', fresh());
    expect(await answers.find('b')).toBeNull();
    answers.keep('b', fresh());
    expect(await answers.find('b')).not.toBeNull();
  });

  it('has no age', async () => {
    expect(answers.keep('a', fresh({ maxAge: 0 })).etag).toMatch(/^"[\w-]{27}"$/);
    expect(await answers.find('a')).toBeNull();
  });
});

describe('a service that announces nothing', () => {
  it('is not kept unless somebody has said how old it may be', async () => {
    answers.keep('a', fresh({ services: ['foreign'] }));
    expect(await answers.find('a')).toBeNull();
    const lenient = new AnswerCache({ generations, maxBytes: 100_000, now, unannouncedMaxAge: 5 });
    lenient.keep('a', fresh({ services: ['foreign', 'tenders'] }));
    time += 4_999;
    expect(await lenient.find('a')).not.toBeNull();
    time += 1;
    expect(await lenient.find('a')).toBeNull();
  });
});

describe('what replicas share', () => {
  const entries = new Map<string, SharedAnswer>();
  const shared: SharedAnswers = {
    get: async (key) => entries.get(key) ?? null,
    set: (key, answer) => void entries.set(key, answer),
    [Symbol.asyncDispose]: async () => undefined,
  };
  const replica = (names: Record<string, string>) => {
    const own = new Generations(Object.keys(names));
    for (const [service, name] of Object.entries(names)) own.heard(service, name);
    return { own, answers: new AnswerCache({ generations: own, maxBytes: 100_000, now, shared }) };
  };
  beforeEach(() => entries.clear());

  it('is found by a replica that has heard the same, and then without asking', async () => {
    const [one, other] = [replica({ tenders: 't1' }), replica({ tenders: 't1' })];
    one.answers.keep('a', fresh({ began: one.answers.begin() }));
    expect((await other.answers.find('a'))?.body.toString()).toBe('{"data":1}');
    entries.clear();
    expect(await other.answers.find('a')).not.toBeNull();
  });

  it('is not found by one that has heard something else, or nothing', async () => {
    const one = replica({ tenders: 't1' });
    one.answers.keep('a', fresh({ began: one.answers.begin() }));
    expect(await replica({ tenders: 't2' }).answers.find('a')).toBeNull();
    expect(await replica({ events: 't1' }).answers.find('a')).toBeNull();
    const deaf = replica({ tenders: 't1' });
    deaf.own.lost('tenders');
    expect(await deaf.answers.find('a')).toBeNull();
  });

  it('is neither given nor taken just after a change of one’s own', async () => {
    const [one, other] = [replica({ tenders: 't1' }), replica({ tenders: 't1' })];
    one.own.changed('tenders');
    one.answers.keep('a', fresh({ began: one.answers.begin() }));
    expect(await one.answers.find('a')).not.toBeNull();
    expect(entries.size).toBe(0);
    other.answers.keep('b', fresh({ began: other.answers.begin() }));
    expect(await one.answers.find('b')).toBeNull();
  });

  it('is as old there as here', async () => {
    const one = replica({ tenders: 't1' });
    one.answers.keep('a', fresh({ began: one.answers.begin() }));
    time += 60_000;
    expect(await replica({ tenders: 't1' }).answers.find('a')).toBeNull();
  });
});
