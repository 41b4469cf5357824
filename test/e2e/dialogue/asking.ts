import { expect } from 'vitest';
import type { TestRegion } from '../../support/region.js';
import type { Who } from '../../support/tokens.js';

// biome-ignore lint/suspicious/noExplicitAny: each answers with objects of its own
export type Found = any;

export interface Done {
  /** What the mutation gave, all of it. */
  readonly payload: Found;
  /** The codes of what the user can mend, or of the errors. */
  readonly codes: readonly string[];
  readonly messages: readonly string[];
}

/** Asks through the gateway as somebody with a token, and says what came of it. */
export class Asking {
  constructor(readonly graph: Pick<TestRegion, 'query' | 'url'>) {}

  async tries(who: Who, mutation: string, input: object, fields = '__typename'): Promise<Done> {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    const { data, errors = [] } = await this.graph.query(
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} userErrors { code message path } } }`,
      { input },
      {},
      who,
    );
    const payload = data?.[mutation] ?? null;
    const mend: { code: string; message: string }[] = payload?.userErrors ?? [];
    return {
      payload,
      codes: [...errors.map(({ extensions }) => String(extensions?.code)), ...mend.map(({ code }) => code)],
      messages: [...errors, ...mend].map(({ message }) => message),
    };
  }

  /** What has to succeed. */
  async does(who: Who, mutation: string, input: object, fields?: string): Promise<Found> {
    const { payload, codes, messages } = await this.tries(who, mutation, input, fields);
    expect(codes, `${mutation} as ${who}: ${messages.join(' ')}`).toEqual([]);
    return payload;
  }

  /** What has to be refused with exactly these codes. Answers with the messages. */
  async isRefused(
    who: Who,
    mutation: string,
    input: object,
    codes: readonly string[],
  ): Promise<readonly string[]> {
    const found = await this.tries(who, mutation, input);
    expect(found.codes, `${mutation} as ${who}: ${found.messages.join(' ')}`).toEqual(codes);
    return found.messages;
  }

  async sees(who: Who, query: string, variables: object = {}): Promise<Found> {
    const { data, errors } = await this.graph.query(query, variables, {}, who);
    expect(errors, `as ${who}`).toBeUndefined();
    return data;
  }

  /** A page, a feed or a file, as the public fetches it. */
  async fetches(path: string, type: string): Promise<Uint8Array> {
    const response = await fetch(new URL(path, this.graph.url));
    expect([response.status, response.headers.get('content-type')?.split(';')[0]]).toEqual([200, type]);
    return new Uint8Array(await response.arrayBuffer());
  }
}
