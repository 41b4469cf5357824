import 'reflect-metadata';
import { Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { describe, expect, it } from 'vitest';
import { federatedSchema } from '../federated-schema.js';
import { UndeclaredAccess } from './enforce.js';
import { Access, anyone, anyPerson } from './rules.js';

@ObjectType({ description: 'Something.' })
class Thing {
  @Field(() => String, { description: 'Its name.' })
  name: string;
}

@Resolver()
class Declared {
  @Access(anyone)
  @Query(() => Thing, { description: 'For everybody.' })
  open(@Ctx() _context: unknown): Thing {
    return { name: 'open' };
  }

  @Access(anyPerson)
  @Query(() => Thing, { description: 'For some.' })
  closed(): Thing {
    return { name: 'closed' };
  }
}

@Resolver()
class Forgotten {
  @Query(() => Thing, { description: 'Nobody has thought about it.' })
  forgotten(): Thing {
    return { name: 'forgotten' };
  }
}

describe('a service with an operation that says nothing about who may use it', () => {
  it('does not start, and names the operation', () => {
    expect(() => federatedSchema({ resolvers: [Forgotten], references: [] })).toThrow(UndeclaredAccess);
    expect(() => federatedSchema({ resolvers: [Forgotten], references: [] })).toThrow(/Query\.forgotten/);
  });
});

it('says in the documentation for whom an operation is, where it is not for everybody', () => {
  const { sdl } = federatedSchema({ resolvers: [Declared], references: [] });
  expect(sdl).toContain('For some. Only for whoever has logged in.');
  expect(sdl).toMatch(/"""For everybody\."""/);
});
