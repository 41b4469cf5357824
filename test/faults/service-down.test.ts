import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ONE_QUESTION } from '../e2e/suites/one-question.js';
import { type Distributed, type Member, startDistributed } from '../support/distributed.js';
import { eventually } from '../support/programs.js';
import type { Answer } from '../support/region.js';

/** Read by everybody, so that a part of it belongs to each service. */
const QUESTION = `{
  tenders(first: 5) { nodes { title } }
  suppliers(first: 5) { nodes { name } }
  marketDialogues(first: 5) { nodes { title } }
  events(first: 5) { nodes { title } }
}`;

describe('when a service is killed while others ask', () => {
  let graph: Distributed;
  beforeAll(async () => {
    graph = await startDistributed();
  });
  afterAll(() => graph?.[Symbol.asyncDispose]());

  // Each gives the list that bears its name.
  test.each(['events', 'tenders'] as const satisfies Member[])(
    '%s: the answer says which is missing, gives the rest, and is whole again once it is back',
    async (service) => {
      const gateway = graph.processes.gateway;
      const before = await graph.query(QUESTION);
      expect(before.errors).toBeUndefined();

      await using load = underLoad(() => graph.query(QUESTION));
      await eventually(async () => load.answers.length > 20, { what: 'some load' });
      process.kill(graph.processes[service], 'SIGKILL');
      const partial = await eventually(async () => load.answers.find(({ errors }) => errors), {
        what: 'an answer that lacks the service',
      });

      expect(partial.errors).toHaveLength(1);
      expect(partial.errors?.[0]).toMatchObject({
        message: expect.stringContaining(`«${service}»`),
        extensions: { code: 'SERVICE_UNAVAILABLE', service },
      });
      expect(JSON.stringify(partial.errors)).not.toMatch(/127\.0\.0\.1|ECONN|stack/);
      expect(partial.data).toEqual({ ...before.data, [service]: null });

      // The gateway that answers again is the one that has been there all the time.
      await eventually(async () => (await graph.query(QUESTION)).errors === undefined, {
        what: 'the service to be used again',
      });
      expect(await graph.query(QUESTION)).toEqual(before);
      expect(() => process.kill(gateway, 0)).not.toThrow();

      await load[Symbol.asyncDispose]();
      expect(load.failures).toEqual([]);
      // Whoever asked meanwhile got an answer that is whole, or says what it lacks.
      for (const { data, errors } of load.answers) {
        expect(data).toEqual(errors ? { ...before.data, [service]: null } : before.data);
        for (const error of errors ?? []) expect(error.extensions).toMatchObject({ service });
      }
    },
  );

  test('the one question is answered in full afterwards', async () => {
    const { data, errors } = await graph.query(ONE_QUESTION, { number: '3118' });
    expect(errors).toBeUndefined();
    expect(data.municipality.mergedFrom).toHaveLength(5);
    expect(data.municipality.events.nodes.length).toBeGreaterThan(0);
  });
});

interface Load extends AsyncDisposable {
  readonly answers: Answer[];
  /** Requests that got no answer at all. */
  readonly failures: unknown[];
}

/** Four clients that ask again and again until disposed of. */
function underLoad(ask: () => Promise<Answer>): Load {
  const answers: Answer[] = [];
  const failures: unknown[] = [];
  let over = false;
  const client = async () => {
    while (!over) {
      try {
        answers.push(await ask());
      } catch (error) {
        failures.push(error);
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const clients = Array.from({ length: 4 }, client);
  return {
    answers,
    failures,
    async [Symbol.asyncDispose]() {
      over = true;
      await Promise.all(clients);
    },
  };
}
