import type { Messages } from '@samspill/subgraph/protocol';
import {
  type ASTNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type SelectionSetNode,
  type ValidationRule,
} from 'graphql';

/**
 * Tokens in one document. Everything is paid for by the token before any limit on shape can be checked:
 * lexing, parsing, and graphql-js's rule on overlapping fields, which is quadratic.
 */
export const MAX_TOKENS = 5_000;

/** Bytes in one request. Notices are imported as XML in a variable, and a large one is some megabytes. */
export const MAX_BODY = 16 * 1024 * 1024;

export interface ShapeLimits {
  /**
   * How deep fields may be nested.
   * @default 20
   */
  maxDepth?: number;
  /**
   * How many fields an operation may have at its root, aliases included: each is a query of its own, and
   * the page size limits only each of them.
   * @default 100
   */
  maxRootFields?: number;
  /**
   * How many fields an operation may have altogether, those of a fragment as often as it is spread: planning
   * takes time and memory for each, and fragments that spread fragments double at every level.
   * @default 5000
   */
  maxFields?: number;
}

/** Refuses operations whose shape alone makes them too dear, before anything is planned or fetched. */
export function useShapeLimits(limits: ShapeLimits = {}): ValidationRule {
  const { maxDepth = 20, maxRootFields = 100, maxFields = 5_000 } = limits;
  return (context) => {
    const fragment = (name: string) => context.getFragment(name);
    const measure = memoised(fragment);
    return {
      OperationDefinition(operation) {
        const { depth, width, fields } = measure(operation.selectionSet);
        if (depth > maxDepth) context.reportError(refusal(tooDeep(depth, maxDepth), operation));
        if (width > maxRootFields) context.reportError(refusal(tooWide(width, maxRootFields), operation));
        if (fields > maxFields) context.reportError(refusal(tooMany(fields, maxFields), operation));
      },
    };
  };
}

interface Shape {
  depth: number;
  width: number;
  fields: number;
}

const EMPTY: Readonly<Shape> = { depth: 0, width: 0, fields: 0 };

const ofField = ({ depth, fields }: Shape): Shape => ({ depth: 1 + depth, width: 1, fields: 1 + fields });

/** Measures a fragment once however often it is spread: spreading doubles at every level if one lets it. */
function memoised(fragment: (name: string) => FragmentDefinitionNode | null | undefined) {
  const fragments = new Map<string, Shape>();
  const measure = (selections: SelectionSetNode): Shape => {
    const shape: Shape = { ...EMPTY };
    for (const selection of selections.selections) {
      const part =
        selection.kind === 'Field'
          ? ofField(selection.selectionSet ? measure(selection.selectionSet) : EMPTY)
          : selection.kind === 'InlineFragment'
            ? measure(selection.selectionSet)
            : measureFragment(selection.name.value);
      shape.depth = Math.max(shape.depth, part.depth);
      shape.width += part.width;
      shape.fields += part.fields;
    }
    return shape;
  };
  const measureFragment = (name: string): Shape => {
    const known = fragments.get(name);
    if (known) return known;
    // Stands in while the fragment is measured, so that a cycle ends here; another rule refuses it.
    fragments.set(name, EMPTY);
    const definition = fragment(name);
    const shape = definition ? measure(definition.selectionSet) : EMPTY;
    fragments.set(name, shape);
    return shape;
  };
  return measure;
}

function refusal(messages: Messages, node: ASTNode): GraphQLError {
  return new GraphQLError(messages.en, { nodes: node, extensions: { code: 'BAD_USER_INPUT', messages } });
}

const tooDeep = (depth: number, limit: number): Messages => ({
  nb: `Spørringen er ${depth} nivåer dyp, og grensen er ${limit}. Del den i flere.`,
  nn: `Spørjinga er ${depth} nivå djup, og grensa er ${limit}. Del ho i fleire.`,
  en: `The query is ${depth} levels deep, and the limit is ${limit}. Split it.`,
});

const tooWide = (width: number, limit: number): Messages => ({
  nb: `Spørringen har ${width} felter øverst, og grensen er ${limit}. Del den i flere.`,
  nn: `Spørjinga har ${width} felt øvst, og grensa er ${limit}. Del ho i fleire.`,
  en: `The query has ${width} fields at its root, and the limit is ${limit}. Split it.`,
});

const tooMany = (fields: number, limit: number): Messages => ({
  nb: `Spørringen har ${fields} felter i alt, og grensen er ${limit}. Del den i flere.`,
  nn: `Spørjinga har ${fields} felt i alt, og grensa er ${limit}. Del ho i fleire.`,
  en: `The query has ${fields} fields altogether, and the limit is ${limit}. Split it.`,
});
