import type { PlanNode, ResponsePath } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { compileFetch } from './fetch.js';
import type { Step } from './run.js';

export interface PlanOptions {
  /** The supergraph with its hidden parts, by which services know types. */
  readonly schema: GraphQLSchema;
  /** What the variables say that `@skip` and `@include` ask about. */
  readonly conditions: ReadonlyMap<string, boolean>;
}

const NOTHING: Step = async () => undefined;

/** A plan of the query planner as one function. */
export function compilePlan(node: PlanNode | undefined, options: PlanOptions, at: ResponsePath = []): Step {
  switch (node?.kind) {
    case 'Sequence': {
      const steps = node.nodes.map((each) => compilePlan(each, options, at));
      return async (run) => {
        for (const step of steps) await step(run);
      };
    }
    case 'Parallel': {
      const steps = node.nodes.map((each) => compilePlan(each, options, at));
      return (run) => Promise.all(steps.map((step) => step(run)));
    }
    case 'Flatten':
      return compilePlan(node.node, options, [...at, ...node.path]);
    case 'Condition': {
      const branch = options.conditions.get(node.condition) ? node.ifClause : node.elseClause;
      return compilePlan(branch, options, at);
    }
    case 'Fetch':
      return compileFetch(node, options.schema, at);
    case 'Defer':
      throw new Error('@defer is not offered.');
    case undefined:
      return NOTHING;
  }
}
