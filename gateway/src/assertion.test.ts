import { randomBytes } from 'node:crypto';
import { assertionSigner, assertionVerifier, seenInMemory, serviceKey } from '@samspill/identity';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bearer, believing, importer, person } from './identity.test-support.js';
import { subgraphDataSource } from './subgraph-data-source.js';
import { ask, keptLog, serveTiny, startTinyGateway, tenders } from './tiny-graph.test-support.js';

const master = randomBytes(32);

/** A service on a port that believes only who has the key, and a gateway that signs with another or the same. */
async function overHttp({ signs = master, believes = master, service = 'tenders' } = {}) {
  const verifier = assertionVerifier({
    service: 'tenders',
    keys: [serviceKey(believes, 'tenders')],
    seen: seenInMemory(),
  });
  const served = await serveTiny(tenders, 0, (headers, body) =>
    verifier.verify(headers['samspill-assertion'], body),
  );
  onTestFinished(() => served.close());
  const signer = assertionSigner({ key: signs });
  const kept = keptLog();
  const gateway = await startTinyGateway({
    log: kept.log,
    identify: believing,
    dataSource: (name) =>
      subgraphDataSource({
        name,
        url: served.url,
        sign: (identity, body) => signer.sign({ service, identity, body }),
      }),
  });
  onTestFinished(() => gateway.close());
  return { gateway, served, kept };
}

describe('a service over HTTP', () => {
  it('is told who asks, in a word that it can check', async () => {
    const { gateway } = await overHttp();
    const who = async (headers: Record<string, string> = {}) =>
      JSON.parse((await ask(gateway, '{ whoami }', { headers })).data.whoami);
    expect(await who()).toEqual({ kind: 'PUBLIC' });
    expect(await who(bearer('person-10'))).toEqual(person('person-10'));
    expect(await who(bearer('importer'))).toEqual(importer);
    expect(await who(bearer('person-10'))).toEqual(person('person-10'));
  });

  it('is told by nobody else: not by a client through us, and not directly', async () => {
    const { gateway, served } = await overHttp();
    const forged = assertionSigner({ key: randomBytes(32) }).sign({
      service: 'tenders',
      identity: importer,
      body: '{}',
    });
    const headers = { 'samspill-assertion': forged };
    const { data } = await ask(gateway, '{ whoami }', { headers });
    expect(JSON.parse(data.whoami)).toEqual({ kind: 'PUBLIC' });
    const direct = { url: served.url.replace(/\/graphql$/, '') };
    expect((await ask(direct, '{ whoami }', { headers })).status).toBe(401);
    expect((await ask(direct, '{ whoami }')).status).toBe(401);
  });

  it.each([
    ['another key', { signs: randomBytes(32) }],
    ['another service’s name', { service: 'events' }],
  ])('that does not believe us is our fault, not the client’s: %s', async (_, options) => {
    const { gateway, kept } = await overHttp(options);
    for (const headers of [bearer('person-10'), {}]) {
      const answer = await ask(gateway, '{ whoami }', { headers });
      expect(answer.status).toBe(200);
      expect(answer.errors).toMatchObject([
        { extensions: { code: 'SERVICE_UNAVAILABLE', service: 'tenders' } },
      ]);
      expect(answer.text).not.toMatch(/UNAUTHENTICATED|SIGNATURE|AUDIENCE|[Ll]ogg/);
    }
    const errors = kept.lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 50);
    expect(errors).toHaveLength(2);
    expect(errors[0].msg).toContain('its ASSERTION_KEYS must fit GATEWAY_KEY');
  });

  it('that does not believe us has changed nothing, and nobody has to look', async () => {
    const { gateway } = await overHttp({ signs: randomBytes(32) });
    const { errors } = await ask(gateway, 'mutation { publish(id: "1") { id } }');
    expect(errors?.[0].message).toContain('Prøv igjen om litt');
  });

  it('may still want its reader logged in, and that is the client’s to do', async () => {
    const { gateway } = await overHttp();
    const { errors } = await ask(gateway, '{ mine }');
    expect(errors).toMatchObject([{ message: 'Logg inn.', extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});
