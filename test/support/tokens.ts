import { randomUUID } from 'node:crypto';
import {
  createToolKey,
  DEVELOPMENT_ISSUER,
  type IssuerConfiguration,
  personas,
  scopes,
  signToolToken,
} from '@samspill/identity';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** Whom tokens are for. */
export const AUDIENCE = 'https://samspill.local';

const toolKey = await createToolKey();
const personsKey = await generateKeyPair('ES256');

/** An issuer of tokens for machines, which signs them itself. */
export const testTools: IssuerConfiguration = {
  name: 'test-tools',
  profile: 'own-key',
  issuer: 'https://tools.test',
  audience: AUDIENCE,
  jwks: { keys: [toolKey.publicKey as never] },
};

/**
 * The personas' issuer without a server: the same claims as the development issuer's, whose name it has, so that
 * the personas are the same people here.
 */
export const testPersonas: IssuerConfiguration = {
  name: DEVELOPMENT_ISSUER,
  profile: 'development',
  issuer: 'https://personas.test',
  audience: AUDIENCE,
  jwks: { keys: [{ ...(await exportJWK(personsKey.publicKey)), kid: 'personas', alg: 'ES256' } as never] },
};

export function machineToken(scope: readonly string[] = [scopes.importNotices]): Promise<string> {
  return signToolToken({
    key: toolKey.privateKey,
    issuer: testTools.issuer,
    audience: AUDIENCE,
    clientId: 'test',
    scopes: scope,
    lifetimeSeconds: 3_600,
  });
}

/** What the personas' issuer would say, with whatever a test wants to be otherwise. */
export function personaToken(id: string, claims: Record<string, unknown> = {}): Promise<string> {
  const persona = personas.find((each) => each.id === id);
  if (!persona) throw new Error(`There is no persona ${id}.`);
  const { organisation } = persona;
  return new SignJWT({
    iss: testPersonas.issuer,
    aud: AUDIENCE,
    sub: id,
    client_id: 'test',
    acr: 'high',
    jti: randomUUID(),
    ...(organisation && {
      authorization_details: [
        {
          type: 'ansattporten:altinn:resource',
          authorized_parties: [
            { orgno: { authority: 'iso6523-actorid-upis', ID: `0192:${organisation.number}` } },
          ],
        },
      ],
    }),
    ...claims,
  })
    .setProtectedHeader({ alg: 'ES256', kid: 'personas', typ: 'at+jwt' })
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(personsKey.privateKey);
}

/** A machine that may import, a persona by its id, or the public. */
export type Who = 'importer' | 'public' | (string & {});

const tokens = new Map<string, Promise<string>>();

export async function authorization(who: Who): Promise<Record<string, string>> {
  if (who === 'public') return {};
  const token = tokens.get(who) ?? (who === 'importer' ? machineToken() : personaToken(who));
  tokens.set(who, token);
  return { authorization: `Bearer ${await token}` };
}
