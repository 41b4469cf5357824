import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type IssuerConfiguration, scopes } from '@samspill/identity';
import { exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose';
import { AUDIENCE } from './tokens.js';

export interface Signer {
  readonly kid: string;
  readonly publicJwk: JWK;
  readonly publicPem: string;
  /** A token with these claims, and whatever else the header is to say. */
  sign(claims: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>;
}

export async function signer(kid: string): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  return {
    kid,
    publicJwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' },
    publicPem: await exportSPKI(publicKey),
    sign: (claims, header = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid, typ: 'at+jwt', ...header })
        .sign(privateKey),
  };
}

export interface KeyServer extends AsyncDisposable {
  readonly configuration: IssuerConfiguration;
  /** How often somebody has fetched the keys. */
  readonly fetched: () => number;
  /** The keys that are handed out from now on. */
  publish(...signers: readonly Signer[]): void;
}

/** An issuer whose keys are fetched over HTTP, as those of the public log-ins are. */
export async function startKeyServer(name: string): Promise<KeyServer> {
  let keys: JWK[] = [];
  let fetched = 0;
  const server = createServer((_request, response) => {
    fetched += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    configuration: {
      name,
      profile: 'development',
      issuer: `https://${name}.test`,
      audience: AUDIENCE,
      jwksUri: `http://127.0.0.1:${port}/keys`,
    },
    fetched: () => fetched,
    publish: (...signers) => {
      keys = signers.map(({ publicJwk }) => publicJwk);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const seconds = (from: number) => Math.floor(Date.now() / 1000) + from;

const common = ({ issuer }: Pick<IssuerConfiguration, 'issuer'>) => ({
  iss: issuer,
  aud: AUDIENCE,
  client_id: 'access-test',
  jti: randomUUID(),
  iat: seconds(0),
  exp: seconds(3_600),
});

/** What an issuer says of a machine that may import. */
export const machineClaims = (issuer: Pick<IssuerConfiguration, 'issuer'>) => ({
  ...common(issuer),
  consumer: { authority: 'iso6523-actorid-upis', ID: '0192:920123899' },
  scope: scopes.importNotices,
});

/** What an issuer says of a person, who acts for these organisations. */
export const personClaims = (
  issuer: Pick<IssuerConfiguration, 'issuer'>,
  subject: string,
  organisations: readonly string[] = [],
) => ({
  ...common(issuer),
  sub: subject,
  acr: 'high',
  authorization_details: organisations.map((number) => ({
    type: 'ansattporten:altinn:resource',
    authorized_parties: [{ orgno: { authority: 'iso6523-actorid-upis', ID: `0192:${number}` } }],
  })),
});

export const inSeconds = seconds;
