import { refused, session } from './session.js';

/**
 * Asks this gateway, as whom the page is logged in as. The browser's own languages go along, and the headers tab may
 * say otherwise.
 */
export async function fetcher(operation, options) {
  const headers = new Headers(options?.headers);
  headers.set('content-type', 'application/json');
  headers.set('accept', 'application/graphql-response+json, application/json;q=0.9');
  const token = headers.has('authorization') ? undefined : tokenFor(operation);
  if (token) headers.set('authorization', `Bearer ${token}`);
  const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(operation) });
  const answer = await response.json();
  const reason = token && reasonOfRefusal(answer);
  if (reason) refused(token, reason);
  return answer;
}

/** The schema is the same for everybody, so it is there even when the log-in has expired. */
function tokenFor({ operationName }) {
  return operationName === 'IntrospectionQuery' ? undefined : session()?.token;
}

/** Why the gateway did not believe the token; undefined when it did. */
function reasonOfRefusal({ errors }) {
  return errors?.find(({ extensions }) => extensions?.code === 'UNAUTHENTICATED')?.extensions.reason;
}
