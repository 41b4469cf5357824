import { randomUUID } from 'node:crypto';

/** The request id of a caller is kept when it can stand in a log line as it is; otherwise it gets a new one. */
export function requestIdFrom(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w.:-]{1,100}$/.test(header) ? header : randomUUID();
}
