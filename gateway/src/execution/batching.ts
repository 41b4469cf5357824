import type { GraphQLFormattedError } from 'graphql';
import { type Combined, combined } from './combine.js';
import type { Data } from './data.js';
import type { Question, Send, ServiceAnswer, ServiceCall } from './service-call.js';

interface Waiting {
  readonly call: ServiceCall;
  readonly resolve: (answer: ServiceAnswer | Promise<ServiceAnswer>) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Asks a service about entities once for each tick, in the place of once for each path of the answer where they stand.
 * A plan's parallel branches ask in one tick, and so do branches that waited for the same answer. For one request.
 */
export function batching(send: Send): Send {
  let waiting = new Map<string, Waiting[]>();
  const flush = () => {
    const now = waiting;
    waiting = new Map();
    for (const those of now.values()) ask(send, those);
  };
  return (call) => {
    if (call.representations === null) return send(call);
    return new Promise((resolve, reject) => {
      // After all promises that are settled: whoever was waiting for the same answer has asked by then.
      if (waiting.size === 0) process.nextTick(flush);
      const those = waiting.get(call.service);
      if (those) those.push({ call, resolve, reject });
      else waiting.set(call.service, [{ call, resolve, reject }]);
    });
  };
}

function ask(send: Send, those: readonly Waiting[]): void {
  const questions = those.map(({ call }) => call.question);
  const together = those.length > 1 ? combined(questions as [Question, ...Question[]]) : null;
  if (!together) {
    alone(send, those);
    return;
  }
  send(callOfAll(together, those))
    .then((answer) => {
      // A part that fails as a whole takes the others' data along, by the specification; asked alone it cannot.
      if (answer.data) for (const [at, { resolve }] of those.entries()) resolve(partOf(answer, together, at));
      else alone(send, those);
    })
    .catch((error: unknown) => {
      for (const { reject } of those) reject(error);
    });
}

function alone(send: Send, those: readonly Waiting[]): void {
  for (const { call, resolve } of those) resolve(send(call));
}

function callOfAll({ question, parts }: Combined, those: readonly Waiting[]): ServiceCall {
  const variables: Data = {};
  for (const [at, { call }] of those.entries()) {
    Object.assign(variables, call.variables);
    variables[parts[at]?.variable as string] = call.representations;
  }
  const { service, kind, query, operationName } = question;
  return { question, service, kind, query, operationName, variables, representations: null };
}

function partOf({ data, errors = [] }: ServiceAnswer, { parts }: Combined, at: number): ServiceAnswer {
  const alias = parts[at]?.alias as string;
  const own = errors.flatMap((error): GraphQLFormattedError[] => {
    const { path = [], ...told } = error;
    const [first, ...rest] = path;
    if (first === alias) return [{ ...told, path: ['_entities', ...rest] } satisfies GraphQLFormattedError];
    // What says of no part that it is about it is about the call, and told once.
    return at === 0 && !parts.some((part) => part.alias === first) ? [told] : [];
  });
  return { data: { _entities: data?.[alias] }, errors: own };
}
