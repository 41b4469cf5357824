import { createHmac, randomUUID } from 'node:crypto';
import { identifyBy, personIdOf } from '@samspill/identity';
import { startRegion } from '@samspill/region';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startFiveProcesses } from '../support/five-processes.js';
import {
  inSeconds,
  type KeyServer,
  machineClaims,
  personClaims,
  type Signer,
  signer,
  startKeyServer,
} from '../support/key-server.js';
import { competition, fileOf, type NamedXml } from '../support/notices.js';
import { eventually } from '../support/programs.js';
import { type Answer, ask } from '../support/region.js';
import { authorization, testPersonas, testTools, type Who } from '../support/tokens.js';
import { Wire, type WireHeaders } from '../support/wire.js';

interface Place extends AsyncDisposable {
  readonly url: string;
  query(query: string, variables?: object, headers?: Record<string, string>, as?: Who): Promise<Answer>;
}

type Issuer = KeyServer['configuration'];

const places: Record<string, (issuer: Issuer) => Promise<Place>> = {
  'the region': async (issuer) => {
    const region = await startRegion({
      log: pino({ level: 'silent' }),
      host: '127.0.0.1',
      port: 0,
      introspection: true,
      playground: false,
      demo: true,
      identify: identifyBy([testTools, testPersonas, issuer]),
      personas: true,
    });
    const { url } = region.gateway;
    return {
      url,
      query: async (query, variables, headers, as = 'public') =>
        ask(url, query, variables, { ...(await authorization(as)), ...headers }),
      [Symbol.asyncDispose]: () => region.close(),
    };
  },
  'five processes': (issuer) => startFiveProcesses({ issuers: [issuer] }),
};

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

const hs256 = (claims: object, key: string, kid: string): string => {
  const input = `${base64url({ alg: 'HS256', typ: 'at+jwt', kid })}.${base64url(claims)}`;
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
};

const IMPORT = `mutation ($input: ImportNoticesInput!) { importNotices(input: $input) { files { outcome noticeId } } }`;
const importing = (...files: NamedXml[]) => ({ query: IMPORT, variables: { input: { files } } });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe.each(Object.keys(places))('tokens on %s', (name) => {
  let issuer: KeyServer;
  let place: Place;
  let wire: Wire;
  let key: Signer;
  let stranger: Signer;

  beforeAll(async () => {
    issuer = await startKeyServer('rotating');
    [key, stranger] = await Promise.all([signer('first'), signer('stranger')]);
    issuer.publish(key);
    place = await (places[name] as (issuer: Issuer) => Promise<Place>)(issuer.configuration);
    wire = new Wire(place.url);
  });
  afterAll(async () => {
    wire?.[Symbol.dispose]();
    await place?.[Symbol.asyncDispose]();
    await issuer?.[Symbol.asyncDispose]();
  });

  const claims = (changes: Record<string, unknown> = {}) => ({
    ...machineClaims(issuer.configuration),
    ...changes,
  });
  const noticeIn = async (file: NamedXml) => {
    const id = file.name.replace('.xml', '');
    const { data, errors } = await place.query('query ($id: ID!) { notice(id: $id) { id } }', { id });
    expect(errors).toBeUndefined();
    return data.notice;
  };

  it('believes one that nothing is wrong with, and does what it asks', async () => {
    const file = fileOf(competition());
    const { status, body } = await wire.post(importing(file), bearer(await key.sign(claims())));
    expect(status).toBe(200);
    expect(body).toEqual({
      data: { importNotices: { files: [{ outcome: 'IMPORTED', noticeId: file.name.replace('.xml', '') }] } },
    });
    expect(await noticeIn(file)).not.toBeNull();
  });

  const faults: Record<string, [reason: string, headers: () => Promise<WireHeaders>]> = {
    'has expired': ['EXPIRED', async () => bearer(await key.sign(claims({ exp: inSeconds(-11) })))],
    'is not valid yet': ['NOT_YET_VALID', async () => bearer(await key.sign(claims({ nbf: inSeconds(20) })))],
    'was issued in the future': [
      'NOT_YET_VALID',
      async () => bearer(await key.sign(claims({ iat: inSeconds(20) }))),
    ],
    'never ends': ['CLAIM_MISSING', async () => bearer(await key.sign(claims({ exp: undefined })))],
    'is of an issuer that nobody has configured': [
      'WRONG_ISSUER',
      async () => bearer(await key.sign(claims({ iss: 'https://other.test' }))),
    ],
    'is of an issuer whose address only looks the same': [
      'WRONG_ISSUER',
      async () => bearer(await key.sign(claims({ iss: `${issuer.configuration.issuer}/` }))),
    ],
    'says that it is of another issuer than the one whose key signed it': [
      'UNKNOWN_KEY',
      async () => bearer(await key.sign(claims({ iss: testTools.issuer }), { kid: 'unheard-of' })),
    ],
    'is for somebody else': [
      'WRONG_AUDIENCE',
      async () => bearer(await key.sign(claims({ aud: 'https://other.test' }))),
    ],
    'is for nobody': ['WRONG_AUDIENCE', async () => bearer(await key.sign(claims({ aud: undefined })))],
    'has the algorithm none': [
      'ALGORITHM_NOT_ALLOWED',
      async () => bearer(`${base64url({ alg: 'none', typ: 'at+jwt' })}.${base64url(claims())}.`),
    ],
    'has the algorithm none and the signature of another': [
      'ALGORITHM_NOT_ALLOWED',
      async () => {
        const signature = (await key.sign(claims())).split('.')[2];
        return bearer(`${base64url({ alg: 'none', kid: 'first' })}.${base64url(claims())}.${signature}`);
      },
    ],
    'is HS256 with the public key as the secret, as PEM': [
      'ALGORITHM_NOT_ALLOWED',
      async () => bearer(hs256(claims(), key.publicPem, 'first')),
    ],
    'is HS256 with the public key as the secret, as JWK': [
      'ALGORITHM_NOT_ALLOWED',
      async () => bearer(hs256(claims(), JSON.stringify(key.publicJwk), 'first')),
    ],
    'names a key that there is not': [
      'UNKNOWN_KEY',
      async () => bearer(await stranger.sign(claims(), { kid: 'unheard-of' })),
    ],
    'names a key that did not sign it': [
      'WRONG_SIGNATURE',
      async () => bearer(await stranger.sign(claims(), { kid: 'first' })),
    ],
    'brings its own key along': [
      'WRONG_SIGNATURE',
      async () => bearer(await stranger.sign(claims(), { kid: 'first', jwk: stranger.publicJwk })),
    ],
    'was changed after it was signed': [
      'WRONG_SIGNATURE',
      async () => {
        const [header, , signature] = (await key.sign(claims({ scope: '' }))).split('.');
        return bearer(`${header}.${base64url(claims())}.${signature}`);
      },
    ],
    'lost its end': [
      'WRONG_SIGNATURE',
      async () => {
        const token = await key.sign(claims());
        // What is left of the 342 characters has to be base64url still.
        return bearer(token.slice(0, -18));
      },
    ],
    'lost its signature': ['MALFORMED', async () => bearer((await key.sign(claims())).replace(/[^.]+$/, ''))],
    'lost two of its three parts': [
      'MALFORMED',
      async () => bearer((await key.sign(claims())).split('.')[0] as string),
    ],
    'is too large': ['TOO_LARGE', async () => bearer(await key.sign(claims({ padding: 'x'.repeat(8_192) })))],
    'comes with another one': [
      'MALFORMED',
      async () => ({
        authorization: [`Bearer ${await key.sign(claims())}`, `Bearer ${await key.sign(claims())}`],
      }),
    ],
    'is a name and a password': [
      'MALFORMED',
      async () => ({ authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` }),
    ],
    'is bare, without saying that it is a Bearer': [
      'MALFORMED',
      async () => ({ authorization: await key.sign(claims()) }),
    ],
    'is none': ['MALFORMED', async () => ({ authorization: 'Bearer ' })],
  };

  it.each(Object.keys(faults))(
    'refuses a token that %s, does nothing, and does not hold it against the next one',
    async (what) => {
      const [reason, headers] = faults[what] as (typeof faults)[string];
      const file = fileOf(competition());
      const { status, body, ...answer } = await wire.post(importing(file), {
        ...(await headers()),
        'accept-language': 'en',
      });
      expect({ status, body }).toEqual({
        status: 401,
        body: {
          errors: [{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED', reason } }],
        },
      });
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer error="invalid_token"/);
      expect(await noticeIn(file)).toBeNull();
      // On the same connection: neither is the public refused, nor is it taken for whom the token named.
      const me = { query: '{ me { kind } }' };
      expect((await wire.post(me)).body).toEqual({ data: { me: { kind: 'PUBLIC' } } });
      const good = bearer(await key.sign(claims()));
      expect((await wire.post(me, good)).body).toEqual({ data: { me: { kind: 'SERVICE' } } });
      expect((await wire.post(me)).body).toEqual({ data: { me: { kind: 'PUBLIC' } } });
    },
  );

  it('refuses the same for a query by GET', async () => {
    const token = await key.sign(claims({ exp: inSeconds(-60) }));
    const path = `/graphql?query=${encodeURIComponent('{ me { kind } }')}`;
    const { status, body } = await wire.send('GET', path, null, {
      ...bearer(token),
      'apollo-require-preflight': '1',
    });
    expect(status).toBe(401);
    expect(body.errors[0].extensions).toEqual({ code: 'UNAUTHENTICATED', reason: 'EXPIRED' });
  });

  it('lets an officer of Marker do nothing in Indre Østfold', async () => {
    const need = await place.query('{ needs(first: 1) { nodes { id municipality { number } } } }');
    const [published] = need.data.needs.nodes;
    expect(published.municipality.number).toBe('3118');
    const texts = { title: 't', effect: 'e', users: 'u', successCriteria: ['c'] };
    const attempts: [string, object][] = [
      [
        'mutation ($i: CreateNeedInput!) { createNeed(input: $i) { need { id } } }',
        { municipality: '3118', ...texts },
      ],
      // Askim, which is part of Indre Østfold today.
      [
        'mutation ($i: CreateNeedInput!) { createNeed(input: $i) { need { id } } }',
        { municipality: '0124', ...texts },
      ],
      [
        'mutation ($i: UpdateNeedInput!) { updateNeed(input: $i) { need { id } } }',
        { id: published.id, title: 'x' },
      ],
      ['mutation ($i: PublishNeedInput!) { publishNeed(input: $i) { need { id } } }', { id: published.id }],
      [
        'mutation ($i: GrantRoleInput!) { grantRole(input: $i) { member { id } } }',
        { municipality: '3118', personId: personIdOf('rotating', 'x'), role: 'OPENER', displayName: 'x' },
      ],
    ];
    for (const [query, i] of attempts) {
      const { data, errors } = await place.query(query, { i }, {}, 'officer-marker');
      expect(
        errors?.map(({ extensions }) => extensions?.code),
        query,
      ).toEqual(['FORBIDDEN']);
      expect(data ?? null, query).toBeNull();
    }
    const members = await place.query(
      '{ members(municipality: "3118") { totalCount } }',
      {},
      {},
      'officer-marker',
    );
    expect(members.data).toEqual({ members: null });
    expect(members.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const title = await place.query(
      'query ($id: ID!) { need(id: $id) { title status } }',
      { id: published.id },
      {},
    );
    expect(title.data.need.title).not.toBe('x');
  });

  it('gives an officer the roles of the municipality that the log-in is for, and no others', async () => {
    const personId = personIdOf('rotating', 'two-jobs');
    const granted = await place.query(
      'mutation ($i: GrantRoleInput!) { grantRole(input: $i) { member { roles } userErrors { code } } }',
      { i: { municipality: '3118', personId, role: 'PROCUREMENT_OFFICER', displayName: 'To Jobber' } },
      {},
      'administrator',
    );
    expect(granted).toEqual({
      data: { grantRole: { member: { roles: ['PROCUREMENT_OFFICER'] }, userErrors: [] } },
    });
    const actingFor = async (...organisations: string[]) =>
      bearer(await key.sign(personClaims(issuer.configuration, 'two-jobs', organisations)));
    const memberships = async (headers: WireHeaders) =>
      (await wire.post({ query: '{ me { personId memberships { municipalityNumber roles } } }' }, headers))
        .body.data.me;
    expect(await memberships(await actingFor('920123899'))).toEqual({
      personId,
      memberships: [{ municipalityNumber: '3118', roles: ['PROCUREMENT_OFFICER'] }],
    });
    const create = {
      query: 'mutation ($i: CreateNeedInput!) { createNeed(input: $i) { need { status } } }',
      variables: {
        i: { municipality: '3118', title: 't', effect: 'e', users: 'u', successCriteria: ['c'] },
      },
    };
    // The other services are told by message.
    await eventually(
      async () => {
        const { body } = await wire.post(create, await actingFor('920123899'));
        return body.data?.createNeed.need?.status === 'DRAFT';
      },
      { what: 'the role to be known to dialogue' },
    );
    // A supplier, Marker, and nobody at all.
    for (const organisations of [['310000035'], ['210000046'], []]) {
      const headers = await actingFor(...organisations);
      expect(await memberships(headers)).toEqual({ personId, memberships: [] });
      const { body } = await wire.post(create, headers);
      expect(body.errors[0].extensions.code).toBe('FORBIDDEN');
      const drafts = await wire.post(
        { query: '{ needs(filter: { status: [DRAFT] }) { totalCount nodes { id } } }' },
        headers,
      );
      expect(drafts.body).toEqual({ data: { needs: { totalCount: 0, nodes: [] } } });
    }
  });

  it('follows an issuer that changes its key, without being started again', async () => {
    const next = await signer('second');
    expect((await wire.post({ query: '{ me { kind } }' }, bearer(await key.sign(claims())))).status).toBe(
      200,
    );
    const before = issuer.fetched();
    issuer.publish(next);
    if (name === 'the region') {
      // Unknown keys make it look again, but not more often than every thirty seconds.
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
    }
    try {
      const kind = (token: string) => wire.post({ query: '{ me { kind } }' }, bearer(token));
      const answer = await eventually(
        async () => {
          const { status, body } = await kind(await next.sign(claims()));
          return status === 200 && body;
        },
        { patience: 40_000, every: 500, what: 'the new key' },
      );
      expect(answer).toEqual({ data: { me: { kind: 'SERVICE' } } });
      expect(issuer.fetched()).toBeGreaterThan(before);
      const file = fileOf(competition());
      const old = await wire.post(importing(file), bearer(await key.sign(claims({ jti: randomUUID() }))));
      expect(old.status).toBe(401);
      expect(old.body.errors[0].extensions).toEqual({ code: 'UNAUTHENTICATED', reason: 'UNKNOWN_KEY' });
      expect(await noticeIn(file)).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });
});
