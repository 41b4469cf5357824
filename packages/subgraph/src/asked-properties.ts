import {
  type DocumentNode,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { Extensions } from 'type-graphql';

const EXTENSION = 'reads';

/**
 * Says at a field that is more than a property which properties of its object it is made of. Of types with
 * `simpleResolvers`, lists then read only the columns that somebody asks for; a field that says nothing has all read.
 */
export const Reads = (...properties: readonly string[]): MethodDecorator & PropertyDecorator =>
  Extensions({ [EXTENSION]: properties }) as MethodDecorator & PropertyDecorator;

/** What the fields of each type read of their object; null is unknown. Only types with `simpleResolvers` are in it. */
type ReadsOfTypes = ReadonlyMap<string, ReadonlyMap<string, readonly string[] | null>>;

/** Which properties the fields of a document read of the objects of a type; null is all, undefined is not known. */
export type AskedProperties = (type: string) => readonly string[] | null | undefined;

const readsOfSchemas = new WeakMap<GraphQLSchema, ReadsOfTypes>();

/** Remembers for a schema what its fields read, from the one that type-graphql has made of the decorated classes. */
export function rememberReads(schema: GraphQLSchema, decorated: GraphQLSchema): void {
  const types = Object.values(decorated.getTypeMap()).filter(isObjectType);
  const simple = types.filter((type) => Object.values(type.getFields()).some(({ resolve }) => !resolve));
  const reads = simple.map((type): [string, ReadonlyMap<string, readonly string[] | null>] => [
    type.name,
    new Map(
      Object.values(type.getFields()).map(({ name, resolve, extensions }) => [
        name,
        (extensions[EXTENSION] as readonly string[] | undefined) ?? (resolve ? null : [name]),
      ]),
    ),
  ]);
  readsOfSchemas.set(schema, new Map(reads));
}

/** All that the fields of a type are said to read. */
export function declaredReads(schema: GraphQLSchema, type: string): readonly string[] {
  const reads = [...(readsOfSchemas.get(schema)?.get(type)?.values() ?? [])];
  return [...new Set(reads.flatMap((properties) => properties ?? []))];
}

const askedOfDocuments = new WeakMap<DocumentNode, AskedProperties>();

/** What a document asks for, wherever in it: what is loaded for several of its fields is loaded for all of them. */
export function askedProperties(schema: GraphQLSchema, document: DocumentNode): AskedProperties {
  const known = askedOfDocuments.get(document);
  if (known) return known;
  const reads = readsOfSchemas.get(schema) ?? new Map();
  const asked = new Map([...reads.keys()].map((type): [string, Set<string> | null] => [type, new Set()]));
  const ask = (type: string, field: string) => {
    const properties = reads.get(type)?.get(field);
    if (properties === undefined) return;
    if (properties === null) asked.set(type, null);
    for (const property of properties ?? []) asked.get(type)?.add(property);
  };
  const typeInfo = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field({ name }) {
        const parent = typeInfo.getParentType();
        const types = isAbstractType(parent) ? schema.getPossibleTypes(parent) : parent ? [parent] : [];
        for (const type of types) ask(type.name, name.value);
      },
    }),
  );
  const lists = new Map([...asked].map(([type, properties]) => [type, properties && [...properties].sort()]));
  const answer: AskedProperties = (type) => lists.get(type);
  askedOfDocuments.set(document, answer);
  return answer;
}
