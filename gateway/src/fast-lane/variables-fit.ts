import {
  coerceInputValue,
  type GraphQLInputType,
  type GraphQLSchema,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

interface Definition {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly mayBeMissing: boolean;
}

/**
 * Whether variables are what an operation says of them, its types looked up once. What is wrong with those that are
 * not is for graphql-js to say, which would say it in many words each time.
 */
export function variablesFit(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
): (variables: Variables) => boolean {
  const definitions = (operation.variableDefinitions ?? []).map((definition): Definition => {
    // It has been validated: there is such a type, and it is one of input.
    const type = typeFromAST(schema, definition.type) as GraphQLInputType;
    const mayBeMissing = definition.defaultValue !== undefined || !isNonNullType(type);
    return { name: definition.variable.name.value, type, mayBeMissing };
  });
  return (variables) => {
    for (const { name, type, mayBeMissing } of definitions) {
      if (!Object.hasOwn(variables, name)) {
        if (!mayBeMissing) return false;
        continue;
      }
      let fits = true;
      coerceInputValue(variables[name], type, () => {
        fits = false;
      });
      if (!fits) return false;
    }
    return true;
  };
}
