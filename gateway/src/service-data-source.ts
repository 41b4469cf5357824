import type { GraphQLDataSource } from '@apollo/gateway';
import type { ServiceAnswer, ServiceCall } from './execution/service-call.js';
import type { RequestScope } from './request-scope.js';

export type { ServiceAnswer, ServiceCall };

/** How a service is called: by Apollo's executor, or directly by the compiled one. */
export interface ServiceDataSource extends GraphQLDataSource, Partial<AsyncDisposable> {
  /** @throws ServiceUnavailable when it does not answer */
  send(call: ServiceCall, scope: Partial<RequestScope>): Promise<ServiceAnswer>;
}

/**
 * Whether all of them can be called without Apollo Server. Apollo's own kind cannot: it wants to be told of the
 * request that Apollo Server is at work on.
 */
export function areSendable(
  services: ReadonlyMap<string, GraphQLDataSource>,
): services is ReadonlyMap<string, ServiceDataSource> {
  return [...services.values()].every((each) => 'send' in each);
}
