import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readCachePolicy } from './cache-policy.js';

const SUPERGRAPH = /* GraphQL */ `
  directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | UNION | INTERFACE
  enum CacheControlScope { PUBLIC PRIVATE }

  type Query {
    tender: Tender
    tenders: Tenders @cacheControl(maxAge: 30)
    count: Int
    counted: Int @cacheControl(maxAge: 20)
    me: Me
    silent: Silent
    page: Page
    found: [Found] @cacheControl(maxAge: 100)
    dated: Dated @cacheControl(maxAge: 100)
  }
  type Mutation { publish: Tender }
  type Tender @cacheControl(maxAge: 60) {
    id: ID
    status: String @cacheControl(maxAge: 1)
    secret: String @cacheControl(scope: PRIVATE)
    part: Part
    silent: Silent
    older: Tender @cacheControl(maxAge: 90)
  }
  type Part @cacheControl(inheritMaxAge: true) { name: String tender: Tender }
  type Page @cacheControl(inheritMaxAge: true) { name: String }
  type Tenders @cacheControl(inheritMaxAge: true) { nodes: [Tender] }
  type Silent { name: String }
  type Me @cacheControl(maxAge: 0, scope: PRIVATE) { name: String }
  type Event implements Dated @cacheControl(maxAge: 50) { at: String @cacheControl(maxAge: 7) }
  type Other implements Dated @cacheControl(maxAge: 40) { at: String }
  interface Dated @cacheControl(inheritMaxAge: true) { at: String }
  union Found @cacheControl(inheritMaxAge: true) = Tender | Silent | Me
`;
const policy = readCachePolicy(SUPERGRAPH);

describe('how long what a service is asked about entities may be kept', () => {
  const asking = (selections: string) =>
    policy(
      parse(
        `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selections} } }`,
      ),
    );

  it.each([
    ['... on Tender { id }', 60],
    ['... on Tender { id status }', 1],
    ['... on Tender { older { id } }', 60],
    ['... on Tender { secret }', 0],
    ['... on Tender { silent { name } }', 0],
    ['... on Event { at }', 7],
    ['... on Tender { id } ... on Event { __typename }', 50],
    // Whatever else it may turn out to be.
    ['... on Dated { at }', 0],
    ['... on Silent { name }', 0],
    ['... on Me { name }', 0],
    ['... on Unknown { name }', 0],
    ['__typename', 0],
  ])('%s: %d', (selections, age) => {
    expect(asking(selections)).toBe(age);
  });
});

describe('how long an answer may be kept', () => {
  it.each([
    ['{ tender { id } }', 60],
    ['{ tender { id status } }', 1],
    ['{ tender { part { name tender { id } } } }', 60],
    ['{ tender { older { id } } }', 60],
    ['{ tenders { nodes { id } } }', 30],
    ['{ counted }', 20],
    ['{ counted tender { id } }', 20],
    ['{ a: tender { __typename id } }', 60],
  ])('%s: %d', (query, age) => {
    expect(policy(parse(query))).toBe(age);
  });

  it.each([
    ['a scalar at the root that says nothing', '{ count }'],
    ['an object that says nothing', '{ tender { silent { name } } }'],
    ['an object at the root that says nothing', '{ silent { name } }'],
    ['a part of nothing', '{ page { name } }'],
    ['what is private', '{ tender { id secret } }'],
    ['a private type', '{ me { name } }'],
    ['what is private beside what is not', '{ tender { id } me { name } }'],
    ['what is private in a fragment', '{ tender { ...f } } fragment f on Tender { ... { secret } }'],
    ['what is skipped and private', '{ tender { id secret @skip(if: true) } }'],
    ['a union with something private in it', '{ found { ... on Tender { id } } }'],
    ['the schema', '{ __schema { types { name } } }'],
    ['nothing but the names of types', '{ __typename }'],
    ['a mutation', 'mutation { publish { id } }'],
    ['a field that is not there', '{ nowhere }'],
    ['a fragment that is not there', '{ ...nowhere }'],
  ])('%s: not at all', (_, query) => {
    expect(policy(parse(query))).toBe(0);
  });

  it('is the least of all that an interface may turn out to be', () => {
    expect(policy(parse('{ dated { __typename } }'))).toBe(40);
    expect(policy(parse('{ dated { at } }'))).toBe(7);
  });

  it('is that of the operation that is named', () => {
    const document = parse('query A { tender { id } } query B { tender { status } }');
    expect([policy(document, 'A'), policy(document, 'B'), policy(document)]).toEqual([60, 1, 0]);
  });

  it('visits a fragment once however often it is spread', () => {
    const levels = Array.from(
      { length: 60 },
      (_, n) => `fragment f${n} on Tender { ...f${n + 1} ...f${n + 1} }`,
    );
    const document = parse(`{ tender { ...f0 } } ${levels.join(' ')} fragment f60 on Tender { status }`);
    expect(policy(document)).toBe(1);
  });
});

it('takes a default for what says nothing, and never for what is private', () => {
  const lenient = readCachePolicy(SUPERGRAPH, { defaultMaxAge: 10 });
  expect(lenient(parse('{ count }'))).toBe(10);
  expect(lenient(parse('{ tender { silent { name } } }'))).toBe(10);
  expect(lenient(parse('{ tender { status silent { name } } }'))).toBe(1);
  expect(lenient(parse('{ count me { name } }'))).toBe(0);
});
