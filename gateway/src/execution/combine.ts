import {
  type ArgumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  type VariableDefinitionNode,
} from 'graphql';
import type { Question } from './service-call.js';

/** Several questions about entities, asked of one service in one call. */
export interface Combined {
  readonly question: Question;
  /** Under which name each of them is answered, and which variable has its representations. */
  readonly parts: readonly { readonly alias: string; readonly variable: string }[];
}

/** Combinations by their first question: they are forgotten with the operation that it belongs to. */
const known = new WeakMap<Question, Map<string, Combined | null>>();

/** Every subset of an operation's fetches may meet in one tick; more are combined anew each time. */
const MOST_COMBINATIONS = 64;

/** Each set of questions is combined once; null where one of them does more than to ask about entities. */
export function combined(questions: readonly [Question, ...Question[]]): Combined | null {
  const [first] = questions;
  const combinations = known.get(first) ?? new Map<string, Combined | null>();
  known.set(first, combinations);
  const key = questions.map(({ id }) => id).join(' ');
  const before = combinations.get(key);
  if (before !== undefined) return before;
  const made = combine(questions);
  if (combinations.size < MOST_COMBINATIONS) combinations.set(key, made);
  return made;
}

function combine(questions: readonly [Question, ...Question[]]): Combined | null {
  const [{ service, operationName }] = questions;
  const parts = questions.map((_, at) => ({ alias: `_${at}`, variable: unused(questions, at) }));
  const selections: FieldNode[] = [];
  const variables = new Map<string, VariableDefinitionNode>();
  for (const [at, question] of questions.entries()) {
    const { alias, variable } = parts[at] as Combined['parts'][number];
    const asked = entityQuestion(question);
    if (!asked) return null;
    selections.push({
      ...asked.field,
      alias: { kind: Kind.NAME, value: alias },
      arguments: [{ ...asked.representations, value: variableNamed(variable) }],
    });
    for (const definition of asked.operation.variableDefinitions ?? []) {
      const { value: name } = definition.variable.name;
      // The client's variables are the same in all parts, and so are their types.
      if (name !== REPRESENTATIONS) variables.set(name, definition);
      else variables.set(variable, { ...definition, variable: variableNamed(variable) });
    }
  }
  const operation: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: OperationTypeNode.QUERY,
    name: operationName === undefined ? undefined : { kind: Kind.NAME, value: operationName },
    variableDefinitions: [...variables.values()],
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
  const variableNames = [...variables.keys()].filter((name) => !parts.some((part) => part.variable === name));
  const query = print(operation);
  return {
    question: {
      id: NOT_ASKED_ALONE,
      service,
      kind: 'query',
      query,
      operationName,
      variableNames,
      asks: `${service} ${query}`,
    },
    parts,
  };
}

const REPRESENTATIONS = 'representations';
const NOT_ASKED_ALONE = -1;

const variableNamed = (value: string) => ({ kind: Kind.VARIABLE, name: { kind: Kind.NAME, value } }) as const;

/** A name for a part's representations that no client has given to a variable. */
function unused(questions: readonly Question[], at: number): string {
  let name = `${REPRESENTATIONS}_${at}`;
  while (questions.some(({ variableNames }) => variableNames.includes(name))) name = `_${name}`;
  return name;
}

interface EntityQuestion {
  readonly operation: OperationDefinitionNode;
  readonly field: FieldNode;
  readonly representations: ArgumentNode;
}

/** What the planner writes for a fetch of entities: `_entities(representations: $representations)`, and nothing else. */
function entityQuestion({ query }: Question): EntityQuestion | null {
  const [operation, ...fragments] = parse(query, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || fragments.length > 0) return null;
  const [field, ...others] = operation.selectionSet.selections;
  if (field?.kind !== Kind.FIELD || others.length > 0 || operation.directives?.length) return null;
  const [representations] = field.arguments ?? [];
  if (field.name.value !== '_entities' || !representations) return null;
  return { operation, field, representations };
}
