import { readFileSync } from 'node:fs';
import {
  buildASTSchema,
  type ConstDirectiveNode,
  type GraphQLObjectType,
  getNamedType,
  isCompositeType,
  isObjectType,
  parse,
  print,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { workspaces } from './workspaces.js';

const supergraph = readFileSync(new URL('../../gateway/supergraph.graphql', import.meta.url), 'utf8');
const schema = buildASTSchema(parse(supergraph), { assumeValidSDL: true });
const query = schema.getQueryType() as GraphQLObjectType;
const types = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .filter((type) => !type.name.startsWith('__') && type !== schema.getMutationType());
const fields = types.flatMap((type) =>
  Object.values(type.getFields()).map((field) => ({ type, field, name: `${type.name}.${field.name}` })),
);
type Field = (typeof fields)[number];

const hintIn = (directives: readonly ConstDirectiveNode[] = []): string =>
  directives
    .filter(({ name }) => name.value === 'cacheControl')
    .map((each) => print(each))
    .join();
const own = ({ field }: Field): string => hintIn(field.astNode?.directives);
const ofItsType = ({ field }: Field): string => {
  const type = getNamedType(field.type);
  return isCompositeType(type) ? hintIn(type.astNode?.directives) : '';
};
/** Nothing that asks for the field is ever kept: it is private, or gives or stands in what is. */
const isNeverKept = (each: Field): boolean =>
  /PRIVATE/.test(own(each)) ||
  /PRIVATE/.test(ofItsType(each)) ||
  /PRIVATE/.test(hintIn(each.type.astNode?.directives));

const FOR_SOME = /\bOnly for\b|null for everybody else|(empty|none) for (everybody else|others)/;

describe('what depends on who asks', () => {
  const forSome = fields.filter(({ field }) => FOR_SOME.test(field.description ?? ''));

  it('is private, by its rule or because it says so', () => {
    expect(forSome.length).toBeGreaterThan(20);
    expect(forSome.filter((each) => !isNeverKept(each)).map(({ name }) => name)).toEqual([]);
  });

  it('is private when it is one’s own', () => {
    const mine = fields.filter(({ field }) => /^(me|my[A-Z]\w*)$/.test(field.name));
    expect(mine.length).toBeGreaterThan(4);
    expect(mine.filter((each) => !isNeverKept(each)).map(({ name }) => name)).toEqual([]);
  });

  it('is private where it names persons, opens something or leaves a trace', () => {
    const TYPES = ['Me', 'Member', 'Meeting', 'Registration', 'Attendee', 'Certificate'];
    const unsafe = TYPES.filter((name) => !/PRIVATE/.test(hintIn(schema.getType(name)?.astNode?.directives)));
    expect(unsafe).toEqual([]);
    const links = fields.filter(({ field }) =>
      /^(downloadUrl|uploadUrl|certificateUrl|checkInCode|auditTrail)$/.test(field.name),
    );
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((each) => !isNeverKept(each)).map(({ name }) => name)).toEqual([]);
  });
});

it('somebody has said of every query, or of what it gives, how long it may be kept', () => {
  const silent = fields
    .filter(({ type }) => type === query)
    .filter((each) => !/maxAge: \d/.test(own(each) || ofItsType(each)))
    .map(({ name }) => name);
  expect(silent).toEqual([]);
});

it('somebody has said of every entity how long it may be kept', () => {
  const silent = types
    .filter(({ astNode }) => astNode?.directives?.some((each) => /\bkey:/.test(print(each))))
    .filter(({ astNode }) => !/maxAge: \d/.test(hintIn(astNode?.directives)))
    .map(({ name }) => name);
  expect(silent).toEqual([]);
});

/** What reads the clock in a resolver, by the name that it has in the schema. */
function readsTheClock(): string[] {
  const sources = workspaces()
    .filter(({ kind }) => kind === 'services')
    .flatMap(({ sources: all }) => all)
    .filter(({ path }) => path.endsWith('.resolver.ts'));
  return sources.flatMap(({ text }) =>
    text.split(/^@Resolver\(/m).flatMap((part) => {
      const type = /^\(\) => (\w+)\)/.exec(part)?.[1] ?? '';
      return part.split(/\n\n(?= {2}@)/).flatMap((member) => {
        const kind = /@(Query|FieldResolver)\(/.exec(member)?.[1];
        const name = /^ {2}(?:async )?(\w+)\(/m.exec(member)?.[1];
        if (!kind || !/clock\.now\(\)/.test(member)) return [];
        return [`${kind === 'Query' ? 'Query' : type}.${name}`];
      });
    }),
  );
}

it('what follows from the clock is kept no longer than a second, and no other field reads the clock', () => {
  const read = readsTheClock();
  expect(read).toContain('Tender.status');
  expect(read).toContain('Query.tenders');
  const known = new Map(fields.map((each) => [each.name, each]));
  const wrong = read.filter((name) => {
    const each = known.get(name);
    return !each || !(/maxAge: 1\b/.test(own(each)) || isNeverKept(each));
  });
  expect(wrong).toEqual([]);
});
