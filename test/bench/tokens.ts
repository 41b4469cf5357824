import { randomUUID } from 'node:crypto';
import type { IssuerConfiguration } from '@samspill/identity';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const ISSUER = 'https://issuer.bench.test';
const AUDIENCE = 'https://samspill.bench.test';
const KEY = 'bench';

/** An issuer without a server, and tokens of `count` persons, as Ansattporten writes them. */
export async function issuerWithTokens(
  count: number,
): Promise<{ issuer: IssuerConfiguration; tokens: string[] }> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const issuer: IssuerConfiguration = {
    name: 'bench',
    profile: 'ansattporten',
    issuer: ISSUER,
    audience: AUDIENCE,
    jwks: { keys: [{ ...(await exportJWK(publicKey)), kty: 'RSA', kid: KEY, alg: 'RS256' }] },
  };
  const token = () =>
    new SignJWT({
      client_id: randomUUID(),
      acr: 'high',
      authorization_details: [
        {
          type: 'ansattporten:altinn:resource',
          resource: 'urn:altinn:resource:samspill',
          authorized_parties: [
            {
              orgno: { authority: 'iso6523-actorid-upis', ID: '0192:920123899' },
              resource: 'urn:altinn:resource:samspill',
              name: 'Indre Østfold kommune',
            },
          ],
        },
      ],
    })
      .setProtectedHeader({ alg: 'RS256', kid: KEY, typ: 'at+jwt' })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(randomUUID())
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime('2h')
      .sign(privateKey);
  return { issuer, tokens: await Promise.all(Array.from({ length: count }, token)) };
}
