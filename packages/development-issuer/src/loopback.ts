import { isLoopback } from '@samspill/environment';

/** Whether an address is of a program on this machine: `http://localhost:5173/back`, on any port and path. */
export function isLoopbackUrl(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && ['http:', 'https:'].includes(url.protocol) && isLoopback(url.hostname);
}
