import type { ApolloServerPlugin } from '@apollo/server';
import {
  type ASTNode,
  BREAK,
  type DocumentNode,
  GraphQLError,
  Kind,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import type { RequestScope } from './request-scope.js';

/**
 * Refuses NUL in any text of a client. JSON and GraphQL can both write it and PostgreSQL cannot store or
 * compare it, so it would come back from whichever statement it reaches first as a fault of ours.
 *
 * The XML of a notice is left to its reader, which tells for each file of a batch what is wrong with it.
 */
export function useNulCheck(): ApolloServerPlugin<RequestScope> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, request }) {
          const place = placeOfNul(document, request.variables ?? {});
          if (place === undefined) return;
          const messages = {
            nb: `«${place}» inneholder tegnet NUL (U+0000), som ikke kan stå i tekst. Fjern det.`,
            nn: `«${place}» inneheld teiknet NUL (U+0000), som ikkje kan stå i tekst. Fjern det.`,
            en: `"${place}" contains the character NUL (U+0000), which text cannot hold. Remove it.`,
          };
          throw new GraphQLError(messages.en, {
            extensions: { code: 'BAD_USER_INPUT', argument: place, messages, http: { status: 400 } },
          });
        },
      };
    },
  };
}

const NUL = '\u0000';
const LEFT_TO_ITS_READER = 'xml';

/** Which argument or variable has a NUL in it, such as `filter.text` or `$files.0.name`. */
export function placeOfNul(
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): string | undefined {
  let place: string | undefined;
  visit(document, {
    ObjectField: (node) => (node.name.value === LEFT_TO_ITS_READER ? false : undefined),
    VariableDefinition: (node) => {
      // A default is checked here; the variable itself where it is used, as that tells what it is.
      const preset = node.defaultValue && valueFromASTUntyped(node.defaultValue);
      place = placeIn(preset, `$${node.variable.name.value}`);
      return place === undefined ? false : BREAK;
    },
    Variable: (node) => {
      place = placeIn(variables[node.name.value], `$${node.name.value}`);
      return place === undefined ? undefined : BREAK;
    },
    StringValue: (node, _key, parent, _path, ancestors) => {
      if (!node.value.includes(NUL)) return undefined;
      place = [...ancestors, parent ?? []].flatMap(nameOf).join('.');
      return BREAK;
    },
  });
  return place;
}

function nameOf(node: ASTNode | readonly ASTNode[]): string[] {
  return 'kind' in node && (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD)
    ? [node.name.value]
    : [];
}

function placeIn(value: unknown, place: string): string | undefined {
  if (typeof value === 'string') return value.includes(NUL) ? place : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, part] of Object.entries(value)) {
    if (name === LEFT_TO_ITS_READER) continue;
    const found = placeIn(part, `${place}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
