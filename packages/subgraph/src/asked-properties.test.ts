import 'reflect-metadata';
import { type GraphQLSchema, parse } from 'graphql';
import { buildSchemaSync, Field, FieldResolver, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { askedProperties, declaredReads, Reads, rememberReads } from './asked-properties.js';

@ObjectType({ simpleResolvers: true })
class Planet {
  @Field(() => String)
  name: string;

  @Field(() => Number)
  mass: number;

  radius: number;

  @Reads('mass', 'radius')
  @Field(() => Number)
  get density(): number {
    return this.mass / this.radius ** 3;
  }
}

/** Says nothing of what its fields are made of. */
@ObjectType()
class Star {
  @Field(() => String)
  name: string;

  @Field(() => [Planet])
  planets: Planet[];
}

@Resolver(() => Planet)
class PlanetResolver {
  @Query(() => [Star])
  stars(): Star[] {
    return [];
  }

  @FieldResolver(() => String)
  story(@Root() planet: Planet): string {
    return planet.name;
  }
}

let schema: GraphQLSchema;
beforeAll(() => {
  schema = buildSchemaSync({ resolvers: [PlanetResolver] });
  rememberReads(schema, schema);
});

const asked = (query: string, type: string) => askedProperties(schema, parse(query))(type);

describe('what a document asks for of a type', () => {
  it.each<[string, string, readonly string[] | null]>([
    ['is what its fields are', '{ stars { planets { name __typename } } }', ['name']],
    ['is what its fields are made of', '{ stars { planets { density } } }', ['mass', 'radius']],
    ['is found under other names', '{ stars { planets { called: name } } }', ['name']],
    [
      'is found in fragments, and in all places',
      '{ stars { planets { ... on Planet { name } } again: planets { ...f } } } fragment f on Planet { mass }',
      ['mass', 'name'],
    ],
    ['is nothing where it does not occur', '{ stars { name } }', []],
    ['is everything where a field does not say what it reads', '{ stars { planets { name story } } }', null],
  ])('%s', (_, query, expected) => {
    expect(asked(query, 'Planet')).toEqual(expected);
  });

  it('is not known of a type that says nothing', () => {
    expect(asked('{ stars { name } }', 'Star')).toBeUndefined();
    expect(asked('{ stars { name } }', 'Galaxy')).toBeUndefined();
  });
});

it('knows all that is read anywhere', () => {
  expect([...declaredReads(schema, 'Planet')].sort()).toEqual(['mass', 'name', 'radius']);
});
