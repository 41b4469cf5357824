import type { FetchNode } from '@apollo/query-planner';
import type { GraphQLFormattedError } from 'graphql';
import { type Data, put } from './data.js';

/** What a fetch of a plan asks, which is the same for every request. */
export interface Question {
  /** Tells it from all others. */
  readonly id: number;
  readonly service: string;
  readonly kind: 'query' | 'mutation';
  readonly query: string;
  readonly operationName: string | undefined;
  /** Those of the client's variables that the query uses. */
  readonly variableNames: readonly string[];
  /** The service, and the query without its name: two with the same one ask the same. */
  readonly asks: string;
}

/** A question as one request asks it. */
export interface ServiceCall {
  readonly question: Question;
  readonly service: string;
  readonly kind: 'query' | 'mutation';
  readonly query: string;
  readonly operationName: string | undefined;
  /** All variables but `representations`. */
  readonly variables: Data;
  /** The entities that it is asked about, each once; null where it is asked at its root. */
  readonly representations: readonly Data[] | null;
}

/** Whoever gets an answer may change it: it becomes a part of the client's. */
export interface ServiceAnswer {
  readonly data?: Data | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/**
 * Calls a service. Whoever wants to batch, share or cache calls is one of these in front of another. It rejects and
 * never throws: some are called where nobody would catch it.
 */
export type Send = (call: ServiceCall) => Promise<ServiceAnswer>;

/** What is wrong when a service answers for more or fewer entities than it was asked about. */
export const otherNumber = (asked: number): Error =>
  new Error(`It was asked for ${asked} entities, and gave another number of them`);

/** Whether a call makes a change. The gateway writes queries itself, one operation in each, and begins with what it is. */
export const isMutation = (query: string | undefined): boolean => query?.startsWith('mutation') ?? false;

let questions = 0;

export function questionOf(node: FetchNode): Question {
  return {
    id: questions++,
    service: node.serviceName,
    kind: node.operationKind === 'mutation' ? 'mutation' : 'query',
    query: node.operation,
    operationName: node.operationName,
    variableNames: node.variableUsages ?? [],
    // With the declarations of variables, whose defaults are a part of what is asked.
    asks: `${node.serviceName} ${node.operation.slice(node.operation.search(/[({]/))}`,
  };
}

export function callOf(
  question: Question,
  given: Readonly<Record<string, unknown>>,
  representations: readonly Data[] | null,
): ServiceCall {
  const { service, kind, query, operationName } = question;
  const variables: Data = {};
  for (const name of question.variableNames) {
    if (Object.hasOwn(given, name) && given[name] !== undefined) put(variables, name, given[name]);
  }
  return { question, service, kind, query, operationName, variables, representations };
}
