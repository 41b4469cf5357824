import { buildSchema, type OperationDefinitionNode, parse } from 'graphql';
import { expect, it } from 'vitest';
import { compileShape } from './shape.js';

const schema = buildSchema(/* GraphQL */ `
  type Query { box: Box }
  interface Box { next: Box }
  type Crate implements Box { id: ID!  label: String  next: Crate }
`);

/** Stock execution leaves out `id` here. */
it.each([
  '{ box { next { ... on Crate { id } } ... on Crate { next { label } } } }',
  '{ box { ... on Crate { next { label } } next { ... on Crate { id } } } }',
])('an object whose type was not asked for is of the type that one of its places is sure of: %s', (query) => {
  const [operation] = parse(query).definitions as [OperationDefinitionNode];
  const shape = compileShape({ schema, operation, fragments: new Map(), conditions: new Map() });
  const next = { label: 'books', id: '7' };
  expect(shape({ box: { __typename: 'Crate', next } })).toEqual({ data: { box: { next } }, errors: [] });
});
