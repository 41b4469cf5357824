import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  separateOperations,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { own } from './data.js';
import { Failures } from './failures.js';
import { compilePlan } from './plan.js';
import type { Run, Step } from './run.js';
import type { Send } from './service-call.js';
import { compileShape, type Shape } from './shape.js';

export interface Answer {
  readonly data: Record<string, unknown> | null;
  /** What services said, or why they said nothing. */
  readonly errors: readonly unknown[];
  /** Where an answer has a hole that no error explains. */
  readonly holes: readonly unknown[];
}

/** An operation that is planned, and whose plan and shape are functions. */
export interface CompiledOperation {
  execute(variables: Readonly<Record<string, unknown>>, send: Send): Promise<Answer>;
}

/** Compiles the operations of one supergraph. */
export class OperationCompiler {
  readonly #planner: QueryPlanner;
  readonly #supergraph: Supergraph;
  readonly #inside: GraphQLSchema;

  constructor(
    supergraphSdl: string,
    /** What clients see. */
    private readonly schema: GraphQLSchema,
  ) {
    this.#supergraph = Supergraph.build(supergraphSdl);
    this.#planner = new QueryPlanner(this.#supergraph);
    this.#inside = this.#supergraph.schema.toGraphQLJSSchema();
  }

  /** Null for an operation that asks about the schema itself, which no service answers. */
  compile(whole: DocumentNode, operation: OperationDefinitionNode): CompiledOperation | null {
    const operationName = operation.name?.value;
    // Without the document's other operations, whose fragments may use other variables of the same names.
    const document = separateOperations(whole)[operationName ?? ''] ?? whole;
    if (asksAboutSchema(document)) return null;
    const planned = operationFromDocument(this.#supergraph.apiSchema(), document, { operationName });
    const plan = this.#planner.buildQueryPlan(planned);
    if (plan.node?.kind === 'Subscription') return null;
    const { node } = plan;
    const fragments = fragmentsOf(document);
    const presets = conditionsOf(document, operation);
    const variants = new Map<string, { step: Step; shape: Shape }>();
    const { schema } = this;

    const variantFor = (conditions: ReadonlyMap<string, boolean>) => {
      const key = [...conditions.values()].map(Number).join('');
      let variant = variants.get(key);
      if (!variant) {
        const step = compilePlan(node, { schema: this.#inside, conditions });
        const shape = compileShape({ schema, operation, fragments, conditions });
        variant = { step, shape };
        if (variants.size < MOST_VARIANTS) variants.set(key, variant);
      }
      return variant;
    };

    return {
      execute: async (variables, send) => {
        const conditions = conditionsBy(variables, presets);
        if (conditions instanceof GraphQLError) return { data: null, errors: [conditions], holes: [] };
        const { step, shape } = variantFor(conditions);
        const failures = new Failures();
        const run: Run = { variables, data: {}, errors: [], failures, send };
        await step(run);
        const { data, errors: holes } = shape(run.data);
        return { data, errors: [...run.errors, ...failures.errors()], holes };
      },
    };
  }
}

/** Every switch of `@include` and `@skip` doubles them; more are compiled anew each time. */
const MOST_VARIANTS = 64;

function conditionsBy(
  variables: Readonly<Record<string, unknown>>,
  presets: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, boolean> | GraphQLError {
  const conditions = new Map<string, boolean>();
  for (const [name, preset] of presets) {
    const given = own(variables, name);
    const value = given === undefined ? preset : given;
    // A variable with a default may stand where no null may, and may be null all the same.
    if (typeof value !== 'boolean') {
      const message = `Argument "if" of type "Boolean!" must not be null, and variable "$${name}" is.`;
      return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
    }
    conditions.set(name, value);
  }
  return conditions;
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

/** The variables that decide what is left out, with their defaults. */
function conditionsOf(document: DocumentNode, operation: OperationDefinitionNode): Map<string, unknown> {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: given = [] }) => {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  const presets = new Map<string, unknown>();
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    if (!names.has(variable.name.value)) continue;
    presets.set(variable.name.value, defaultValue && valueFromASTUntyped(defaultValue));
  }
  return presets;
}

function asksAboutSchema(document: DocumentNode): boolean {
  let asks = false;
  visit(document, {
    Field: ({ name }) => {
      if (name.value === '__schema' || name.value === '__type') asks = true;
    },
  });
  return asks;
}
