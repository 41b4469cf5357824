import {
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  isObjectType,
  isUnionType,
  Kind,
  type NameNode,
  type ObjectTypeDefinitionNode,
  parse,
  type UnionTypeDefinitionNode,
} from 'graphql';
import { Directive } from 'type-graphql';
import { declaredAccess } from './access/rules.js';

const NAME = 'cacheControl';

/** How long an answer may be kept, and for whom. */
export interface CacheHint {
  /** In seconds, if nobody announces a change before. */
  readonly maxAge?: number;
  /**
   * `PRIVATE`: what it says depends on who asks, so that it is never kept.
   * @default 'PUBLIC'
   */
  readonly scope?: 'PUBLIC' | 'PRIVATE';
}

/**
 * Ages in seconds. Our own gateway hears of changes and forgets at once what they touched (docs/caching.md), so
 * these are what it falls back on; a router that does not listen goes by them alone.
 */
export const AGE = {
  /** What a law or a register changes: municipalities, buyers. */
  RARELY_CHANGED: 3_600,
  /** What is published, and corrected now and then. */
  PUBLISHED: 60,
  /** What the clock changes, which announces nothing: whether a tender is open. Our gateway ends it with the second. */
  BY_THE_CLOCK: 1,
} as const;

type Decorator = MethodDecorator & PropertyDecorator & ClassDecorator;

/** Says at a type or a field how long answers with it may be kept. */
export const CacheControl = (hint: CacheHint): Decorator =>
  Directive(`@${NAME}(${argumentsOf(hint)})`) as Decorator;

const argumentsOf = ({ maxAge, scope }: CacheHint): string =>
  [maxAge !== undefined && `maxAge: ${maxAge}`, scope && `scope: ${scope}`].filter(Boolean).join(', ');

/** What follows from the time of the question, and changes without anybody's doing. */
export const FollowsTheClock = () => CacheControl({ maxAge: AGE.BY_THE_CLOCK });

/** What depends on who asks, or is good only once: a draft, a name, a link with a signature. */
export const Uncached = () => CacheControl({ maxAge: 0, scope: 'PRIVATE' });

/**
 * The directive that routers know, in the words of Apollo's documentation. Composition would drop what it does not
 * know; `@composeDirective` takes it along.
 */
export const CACHE_CONTROL_SDL = `extend schema @link(url: "https://samspill.example/${NAME}/v1.0", import: ["@${NAME}", "CacheControlScope"]) @composeDirective(name: "@${NAME}")

directive @${NAME}(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION

"Who may be given an answer that was kept."
enum CacheControlScope {
  "Everybody who has not logged in."
  PUBLIC
  "Nobody: it depends on who asks."
  PRIVATE
}

`;

/**
 * Fills in what follows from the schema itself. Somebody has to have thought about every entity and every query:
 * what says nothing is not kept. But what is only for some is private because its rule says so, and a part that has
 * no life of its own, such as a page of a list or the contact of a notice, is as old as what it is part of.
 */
export function inferCacheHints(schema: GraphQLSchema): void {
  const mutations = schema.getMutationType();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || type === mutations) continue;
    if (isUnionType(type)) {
      type.astNode = hinted(type.astNode ?? unionNode(type.name), OF_ITS_PARENT);
    }
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if ((declaredAccess(field.extensions)?.says ?? null) === null) continue;
      field.astNode = hinted(field.astNode ?? fieldNode(field.name), FOR_SOME);
    }
    if (type === schema.getQueryType() || isEntity(type.astNode)) continue;
    type.astNode = hinted(type.astNode ?? objectNode(type.name), OF_ITS_PARENT);
  }
}

const OF_ITS_PARENT = directiveNode('inheritMaxAge: true');
const FOR_SOME = directiveNode('maxAge: 0, scope: PRIVATE');

/** The same node with the hint, unless it has said something of its own. */
function hinted<N extends { readonly directives?: readonly ConstDirectiveNode[] }>(
  node: N,
  hint: ConstDirectiveNode,
): N {
  const { directives = [] } = node;
  return directives.some(({ name }) => name.value === NAME)
    ? node
    : { ...node, directives: [...directives, hint] };
}

const isEntity = (node: ObjectTypeDefinitionNode | null | undefined): boolean =>
  node?.directives?.some(({ name }) => name.value === 'key') ?? false;

const named = (value: string): NameNode => ({ kind: Kind.NAME, value });

// Printing takes no more of these than their directives.
const objectNode = (name: string): ObjectTypeDefinitionNode => ({
  kind: Kind.OBJECT_TYPE_DEFINITION,
  name: named(name),
});
const unionNode = (name: string): UnionTypeDefinitionNode => ({
  kind: Kind.UNION_TYPE_DEFINITION,
  name: named(name),
});
const fieldNode = (name: string): FieldDefinitionNode => ({
  kind: Kind.FIELD_DEFINITION,
  name: named(name),
  type: { kind: Kind.NAMED_TYPE, name: named('String') },
});

function directiveNode(args: string): ConstDirectiveNode {
  const [type] = parse(`type T @${NAME}(${args})`).definitions;
  return (type as ObjectTypeDefinitionNode).directives?.[0] as ConstDirectiveNode;
}
