import { readFileSync } from 'node:fs';
import { Supergraph } from '@apollo/federation-internals';
import { parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { mixedQuestions } from './memory-load.ts';
import { page } from './region-page.ts';
import { ANY_SHOP } from './shop/data.ts';
import { shopSupergraph } from './shop/schemas.ts';

const apiSchema = (supergraph: string) => Supergraph.build(supergraph).apiSchema().toGraphQLJSSchema();

it('asks for a page that the graph of this repository has', () => {
  const schema = apiSchema(
    readFileSync(new URL('../../gateway/supergraph.graphql', import.meta.url), 'utf8'),
  );
  for (const query of page) expect(validate(schema, parse(query))).toEqual([]);
});

it('asks as the README does', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(page[0]);
});

it('knows which of the mixed questions the shop refuses, and that each is new each time', () => {
  const schema = apiSchema(shopSupergraph('http://nowhere.invalid'));
  for (const { query, variables, valid } of mixedQuestions()) {
    expect(validate(schema, parse(query)).length === 0, query).toBe(valid);
    expect(query + JSON.stringify(variables)).toContain(ANY_SHOP);
  }
});
