import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  GraphQLError,
  parse,
  validate,
} from 'graphql';
import { askedProperties } from './asked-properties.js';
import type { RequestContext } from './context.js';
import { keptDocuments } from './kept-documents.js';
import { presentError } from './present-errors.js';
import type { RecentlyUsed } from './recently-used.js';
import { rootFields } from './root-fields.js';
import type { IncomingRequest, Service } from './service.js';

export interface Operation {
  query: string;
  variables?: Record<string, unknown> | null;
  operationName?: string | null;
}

type Read = DocumentNode | readonly GraphQLError[];

/** A gateway asks the same few operations over and over, and parsing costs more than executing a small one. */
const documents = new WeakMap<Service, RecentlyUsed<Read>>();

/** Answers one operation within this process, exactly as the service's own port would. */
export async function executeInProcess(
  service: Service,
  operation: Operation,
  request: IncomingRequest,
): Promise<FormattedExecutionResult> {
  const incoming = service.context(request);
  const context = incoming instanceof Promise ? await incoming : incoming;
  const document = documentOf(service, operation.query);
  const result: ExecutionResult =
    'kind' in document ? await executed(service, document, operation, context) : { errors: document };
  const { errors, ...rest } = result;
  if (!errors) return result as FormattedExecutionResult;
  const audience = {
    language: context.language,
    requestId: context.requestId,
    onInternalError: (error: unknown, requestId: string) =>
      service.log.error({ err: error, requestId }, 'A resolver failed'),
  };
  return { ...rest, errors: errors.map((error) => presentError(error, audience)) };
}

async function executed(
  service: Service,
  document: DocumentNode,
  operation: Operation,
  context: RequestContext,
): Promise<ExecutionResult> {
  context.asked = askedProperties(service.schema, document);
  const result = await execute({
    schema: service.schema,
    document,
    contextValue: context,
    variableValues: operation.variables,
    operationName: operation.operationName,
  });
  try {
    await context.recordReads(rootFields(document, operation.operationName));
    return result;
  } catch (error) {
    return { errors: [new GraphQLError('', { originalError: error as Error })] };
  }
}

function documentOf(service: Service, query: string): Read {
  const cache = documents.get(service) ?? keptDocuments<Read>();
  documents.set(service, cache);
  const known = cache.get(query);
  if (known) return known;
  const document = parsed(service, query);
  cache.set(query, document);
  return document;
}

function parsed(service: Service, query: string): Read {
  try {
    const document = parse(query);
    const errors = validate(service.schema, document);
    return errors.length ? errors : document;
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}
