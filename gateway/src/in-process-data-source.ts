import { everybody } from '@samspill/identity';
import { answerRoute, executeInProcess, type Operation, type Service } from '@samspill/subgraph/protocol';
import type { FollowChanges } from './caching/follow-changes.js';
import type { RequestScope } from './request-scope.js';
import type { ServiceAnswer, ServiceDataSource } from './service-data-source.js';
import type { RouteHandler } from './service-routes.js';

/** Calls a service that lives in this process: no socket, and the same answers as over one. */
export function inProcess(service: Service): ServiceDataSource {
  const ask = (operation: Operation, { forwarded = {}, identity = everybody }: Partial<RequestScope>) =>
    executeInProcess(service, operation, { headers: forwarded, identity });
  return {
    process: ({ request: { query = '', variables, operationName }, context }) =>
      ask({ query, variables, operationName }, context as Partial<RequestScope>),
    send: ({ query, operationName, variables, representations }, scope) => {
      const all = representations ? { ...variables, representations } : variables;
      return ask({ query, variables: all, operationName }, scope) as Promise<ServiceAnswer>;
    },
  };
}

/** The same for its routes. */
export function inProcessRoutes(service: Service): RouteHandler {
  return (request, { forwarded, identity }) =>
    answerRoute(service, request, { headers: forwarded, identity });
}

/** And for what it says of changes: nothing can be lost on the way. */
export function inProcessChanges(service: Service): FollowChanges {
  return ({ heard, lost }) =>
    service.followChanges((generation) => (generation === null ? lost() : heard(generation)));
}
