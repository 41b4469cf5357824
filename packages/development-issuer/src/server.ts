import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isLoopback, isProduction, MendableError } from '@samspill/environment';

/** @throws MendableError where somebody else than a developer could log in as anybody. */
export function refuseToBeReached(host: string): void {
  if (isProduction(process.env)) {
    throw new MendableError(
      'The development issuer lets everybody log in as anybody, so it does not start in production (NODE_ENV=production). ' +
        'Unset DEVELOPMENT_ISSUER, and name the issuers that are to be trusted in ISSUERS.',
    );
  }
  if (!isLoopback(host)) {
    throw new MendableError(
      `The development issuer lets everybody log in as anybody, so it does not listen on ${host}, where others may reach it. ` +
        'Use HOST=127.0.0.1, or unset DEVELOPMENT_ISSUER and name the issuers that are to be trusted in ISSUERS.',
    );
  }
}

/** Listens, and says at which address. */
export async function listen(
  server: Server,
  { host, port }: { host: string; port: number },
): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ host, port }, resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
}

export function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
