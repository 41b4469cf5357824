import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ASSERTION_HEADER,
  assertionSigner,
  everybody,
  type Identity,
  personIdOf,
  scopes,
  serviceKey,
} from '@samspill/identity';
import { stableId } from '@samspill/values';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FiveProcesses, SERVICES, type Service, startFiveProcesses } from '../support/five-processes.js';
import { machineClaims, signer } from '../support/key-server.js';
import { competition, fileOf } from '../support/notices.js';
import { machineToken, personaToken, testTools } from '../support/tokens.js';
import { Wire, type WireAnswer, type WireHeaders } from '../support/wire.js';

let place: FiveProcesses;
let wires: Record<Service, Wire>;
let gatewayKey: Uint8Array;

beforeAll(async () => {
  place = await startFiveProcesses();
  wires = Object.fromEntries(SERVICES.map((name) => [name, new Wire(place.services[name])])) as typeof wires;
  gatewayKey = Buffer.from(readFileSync(join(place.directory, 'gateway.key'), 'utf8').trim(), 'base64url');
});
afterAll(async () => {
  for (const wire of Object.values(wires ?? {})) wire[Symbol.dispose]();
  await place?.[Symbol.asyncDispose]();
});

const person = (persona: string, ...organisations: string[]): Identity => ({
  kind: 'PERSON',
  issuer: 'development',
  personId: personIdOf('development', persona),
  organisations,
  level: 'HIGH',
});
const officer = person('officer', '920123899');
const officerOfMarker = person('officer-marker', '210000046');
const importer: Identity = {
  kind: 'SERVICE',
  issuer: 'test-tools',
  clientId: 'test',
  organisation: null,
  scopes: [scopes.importNotices],
};

interface Assertion {
  readonly service?: string;
  readonly identity?: Identity;
  readonly body: string;
  readonly key?: Uint8Array;
  readonly at?: number;
}

/** What the gateway would send, with whatever a test wants to be otherwise. */
const assertion = ({ service = 'dialogue', identity = officer, body, key = gatewayKey, at = 0 }: Assertion) =>
  assertionSigner({ key, now: () => new Date(Date.now() + at * 1000) }).sign({ service, identity, body });

const asserting = (how: Assertion): WireHeaders => ({ [ASSERTION_HEADER]: assertion(how) });

const ask = (service: Service, body: string, headers: WireHeaders = {}) =>
  wires[service].post(body, { 'accept-language': 'en', ...headers });

const refused = (answer: WireAnswer, reason: string, what?: string) => {
  expect({ status: answer.status, body: answer.body }, what).toEqual({
    status: 401,
    body: {
      errors: [
        {
          message: expect.stringContaining('only through the gateway'),
          extensions: expect.objectContaining({ code: 'UNAUTHENTICATED', reason }),
        },
      ],
    },
  });
  expect(answer.headers['www-authenticate'], what).toBe('Bearer error="invalid_token"');
};

const draft = { own: stableId('need', 'uteomrader'), foreign: stableId('need', 'skolevei') };
const DRAFTS = JSON.stringify({ query: '{ needs(filter: { status: [DRAFT] }) { nodes { id title } } }' });
const creating = (title: string) =>
  JSON.stringify({
    query: 'mutation ($i: CreateNeedInput!) { createNeed(input: $i) { need { id } userErrors { code } } }',
    variables: {
      i: { municipality: '3118', title, effect: 'e', users: 'u', successCriteria: ['c'] },
    },
  });
const needsCalled = async (title: string) =>
  (await place.sql<{ id: string }>('select id from dialogue.need where title = $1', [title])).length;

describe.each(SERVICES)('the own port of %s', (service) => {
  const bodies: Record<string, string> = {
    'a query': '{ __typename }',
    'the schema for composing': '{ _service { sdl } }',
    introspection: '{ __schema { types { name fields { name } } } }',
    entities: '{ _entities(representations: []) { __typename } }',
  };

  it.each(Object.keys(bodies))('refuses %s of somebody whom nobody vouches for', async (what) => {
    const body = JSON.stringify({ query: bodies[what] });
    refused(await ask(service, body), 'MISSING');
    const url = `/graphql?query=${encodeURIComponent(bodies[what] as string)}`;
    refused(
      await wires[service].send('GET', url, null, {
        'apollo-require-preflight': '1',
        'accept-language': 'en',
      }),
      'MISSING',
    );
    const vouched = await ask(service, body, asserting({ service, body, identity: everybody }));
    expect(vouched.status).toBe(200);
    expect(vouched.body.errors).toBeUndefined();
  });

  it('still says whether it is well', async () => {
    for (const path of ['/health/live', '/health/ready']) {
      const { status, body } = await wires[service].send('GET', path, null, {});
      expect({ status, body }, path).toEqual({ status: 200, body: { status: 'ok' } });
    }
    const around = await wires[service].send('POST', '/health/../graphql', '{"query":"{ __typename }"}', {
      'content-type': 'application/json',
    });
    expect([401, 404]).toContain(around.status);
    expect(JSON.stringify(around.body)).not.toContain('"data"');
  });

  it('believes no header in which somebody says who they are', async () => {
    const body = JSON.stringify({ query: '{ __typename }' });
    const identity = JSON.stringify(officer);
    const forged: WireHeaders[] = [
      { 'x-actor': identity },
      { 'samspill-identity': identity },
      { 'x-forwarded-user': 'officer', 'x-forwarded-for': '127.0.0.1' },
      { cookie: `samspill-assertion=${identity}` },
    ];
    for (const headers of forged) {
      refused(await ask(service, body, headers), 'MISSING', JSON.stringify(headers));
    }
    refused(await ask(service, body, { [ASSERTION_HEADER]: identity }), 'MALFORMED');
    refused(await ask(service, body, { authorization: 'Basic YWRtaW46YWRtaW4=' }), 'MALFORMED');
  });

  it('believes no token that the gateway would not believe', async () => {
    const body = JSON.stringify({ query: '{ __typename }' });
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    const stranger = await signer('stranger');
    // Of an issuer of personas that only the tests know, and of one that is configured, but signed by a stranger.
    refused(await ask(service, body, bearer(await personaToken('officer'))), 'WRONG_ISSUER');
    refused(await ask(service, body, bearer(await stranger.sign(machineClaims(testTools)))), 'UNKNOWN_KEY');
    const real = await machineToken();
    expect((await ask(service, body, bearer(real))).status).toBe(200);
    refused(await ask(service, body, bearer(`${real.slice(0, -8)}AAAAAAAA`)), 'WRONG_SIGNATURE');
    // Whoever brings an assertion is judged by it, and a good token beside it mends nothing.
    refused(await ask(service, body, { ...bearer(real), [ASSERTION_HEADER]: 'forged' }), 'MALFORMED');
  });

  it('believes the gateway for exactly this service, this body and this moment', async () => {
    const body = JSON.stringify({ query: '{ __typename }' });
    const other = SERVICES.find((each) => each !== service) as Service;
    const attempts: [string, string, WireHeaders][] = [
      ['another master key', 'WRONG_SIGNATURE', asserting({ service, body, key: randomBytes(32) })],
      ['for another service', 'WRONG_SIGNATURE', asserting({ service: other, body })],
      [
        'by another service, with its own key',
        'WRONG_SIGNATURE',
        asserting({ service, body, key: serviceKey(gatewayKey, other) }),
      ],
      ['for another body', 'WRONG_BODY', asserting({ service, body: `${body} ` })],
      ['too old', 'EXPIRED', asserting({ service, body, at: -36 })],
      ['not yet valid', 'NOT_YET_VALID', asserting({ service, body, at: 20 })],
      [
        'too old for the public as well',
        'EXPIRED',
        asserting({ service, body, identity: everybody, at: -36 }),
      ],
      ['an empty one', 'MISSING', { [ASSERTION_HEADER]: '' }],
      [
        'two',
        'MALFORMED',
        { [ASSERTION_HEADER]: [assertion({ service, body }), assertion({ service, body })] },
      ],
    ];
    for (const [what, reason, headers] of attempts) refused(await ask(service, body, headers), reason, what);
    const [header, payload, signature] = assertion({ service, body }).split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    claims.identity.organisations = ['210000046'];
    const changed = Buffer.from(JSON.stringify(claims)).toString('base64url');
    refused(
      await ask(service, body, { [ASSERTION_HEADER]: `${header}.${changed}.${signature}` }),
      'WRONG_SIGNATURE',
    );
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    refused(await ask(service, body, { [ASSERTION_HEADER]: `${none}.${payload}.` }), 'MALFORMED');
    expect((await ask(service, body, asserting({ service, body }))).body).toEqual({
      data: { __typename: 'Query' },
    });
  });

  it('believes an assertion once', async () => {
    for (const body of [
      JSON.stringify({ query: '{ __typename }' }),
      JSON.stringify({ query: '{ _entities(representations: []) { __typename } }' }),
    ]) {
      const captured = asserting({ service, body });
      expect((await ask(service, body, captured)).status).toBe(200);
      refused(await ask(service, body, captured), 'REPLAYED');
      // Several at the same moment: one of them is first.
      const again = asserting({ service, body });
      const together = Array.from({ length: 8 }, () =>
        fetch(`${place.services[service]}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...(again as Record<string, string>) },
          body,
        }),
      );
      const statuses = (await Promise.all(together)).map(({ status }) => status).sort();
      expect(statuses).toEqual([200, ...Array(7).fill(401)]);
    }
  });
});

describe('a mutation straight at a service', () => {
  it('does nothing without somebody who vouches for the caller', async () => {
    const title = `uten ${randomUUID()}`;
    const body = creating(title);
    const attempts: [string, WireHeaders][] = [
      ['MISSING', {}],
      ['MISSING', { 'x-actor': JSON.stringify(officer) }],
      ['WRONG_ISSUER', { authorization: `Bearer ${await personaToken('officer')}` }],
      ['WRONG_SIGNATURE', asserting({ body, key: randomBytes(32) })],
      ['WRONG_BODY', asserting({ body: creating('noe annet') })],
      ['EXPIRED', asserting({ body, at: -36 })],
      ['WRONG_SIGNATURE', asserting({ body, service: 'tenders' })],
    ];
    for (const [reason, headers] of attempts) refused(await ask('dialogue', body, headers), reason);
    expect(await needsCalled(title)).toBe(0);
  });

  it('is done once, however often its assertion is sent', async () => {
    const title = `en gang ${randomUUID()}`;
    const body = creating(title);
    const captured = asserting({ body });
    expect((await ask('dialogue', body, captured)).body.data.createNeed.userErrors).toEqual([]);
    refused(await ask('dialogue', body, captured), 'REPLAYED');
    refused(await ask('dialogue', body.replace(title, `${title} igjen`), captured), 'WRONG_BODY');
    expect(await needsCalled(title)).toBe(1);
    expect(await needsCalled(`${title} igjen`)).toBe(0);
  });

  it('cannot be made of an assertion for the public', async () => {
    const title = `alle ${randomUUID()}`;
    const body = creating(title);
    const { status, body: answer } = await ask('dialogue', body, asserting({ body, identity: everybody }));
    expect(status).toBe(200);
    expect(answer.errors[0].extensions.code).toBe('UNAUTHENTICATED');
    expect(await needsCalled(title)).toBe(0);
  });

  it('imports for a machine that the gateway vouches for, and for no person', async () => {
    const file = fileOf(competition());
    const body = JSON.stringify({
      query: 'mutation ($i: ImportNoticesInput!) { importNotices(input: $i) { files { outcome } } }',
      variables: { i: { files: [file] } },
    });
    const asOfficer = await ask('tenders', body, asserting({ service: 'tenders', body }));
    expect(asOfficer.body.errors[0].extensions.code).toBe('FORBIDDEN');
    const asImporter = await ask(
      'tenders',
      body,
      asserting({ service: 'tenders', body, identity: importer }),
    );
    expect(asImporter.body).toEqual({ data: { importNotices: { files: [{ outcome: 'IMPORTED' }] } } });
  });
});

describe('entities straight at a service', () => {
  const entities = (representations: object[], fields: string) =>
    JSON.stringify({
      query: `query ($r: [_Any!]!) { _entities(representations: $r) { __typename ${fields} } }`,
      variables: { r: representations },
    });
  const body = entities(
    [draft.own, draft.foreign].map((id) => ({ __typename: 'Need', id })),
    '... on Need { id title }',
  );
  const found = async (headers: WireHeaders, asked = body) => {
    const { status, body: answer } = await ask('dialogue', asked, headers);
    expect(status).toBe(200);
    expect(answer.errors).toBeUndefined();
    return answer.data._entities;
  };

  it('are drafts for officers of the municipality alone', async () => {
    const own = { __typename: 'Need', id: draft.own, title: 'Uteområder der alle barn kan leke sammen' };
    const foreign = { __typename: 'Need', id: draft.foreign, title: 'Trygg skolevei hele vinteren' };
    const seen = async (identity: Identity) => found(asserting({ body, identity }));
    expect(await seen(officer)).toEqual([own, null]);
    expect(await seen(person('evaluator', '920123899'))).toEqual([own, null]);
    expect(await seen(officerOfMarker)).toEqual([null, foreign]);
    expect(await seen(everybody)).toEqual([null, null]);
    expect(await seen(importer)).toEqual([null, null]);
    expect(await seen(person('supplier', '310000035'))).toEqual([null, null]);
    expect(await seen(person('person'))).toEqual([null, null]);
    // The right person, who has logged in for somebody else, and a stranger who has logged in for the municipality.
    expect(await seen(person('officer', '210000046'))).toEqual([null, null]);
    expect(await seen(person('officer'))).toEqual([null, null]);
    expect(await seen(person('stranger', '920123899'))).toEqual([null, null]);
    expect(await found({ authorization: `Bearer ${await place.token('officer')}` })).toEqual([own, null]);
  });

  it('do not lead to drafts by way of the procurement', async () => {
    const [{ procurement }] = (await place.sql<{ procurement: string }>(
      'select procurement_id as procurement from dialogue.need where id = $1',
      [draft.own],
    )) as [{ procurement: string }];
    const asked = entities(
      [{ __typename: 'Procurement', id: procurement }],
      '... on Procurement { needs { id status } }',
    );
    const needs = async (identity: Identity) =>
      (await found(asserting({ body: asked, identity }), asked))[0].needs;
    expect(await needs(officer)).toEqual([{ id: draft.own, status: 'DRAFT' }]);
    expect(await needs(officerOfMarker)).toEqual([]);
    expect(await needs(everybody)).toEqual([]);
  });

  it('are drafts of dialogues for colleagues alone, who log in for the municipality', async () => {
    const id = stableId('demo-dialogue', 'skoleskyss');
    const asked = entities([{ __typename: 'MarketDialogue', id }], '... on MarketDialogue { id status }');
    const seen = async (identity: Identity) => found(asserting({ body: asked, identity }), asked);
    for (const identity of [officer, person('event-host', '920123899')]) {
      expect(await seen(identity)).toEqual([{ __typename: 'MarketDialogue', id, status: 'DRAFT' }]);
    }
    for (const identity of [officerOfMarker, person('supplier', '310000035'), importer, everybody]) {
      expect(await seen(identity)).toEqual([null]);
    }
  });

  it('do not believe what a representation says of itself', async () => {
    const asked = entities(
      [{ __typename: 'Need', id: draft.own, municipalityNumber: '3122', status: 'PUBLISHED', title: 'x' }],
      '... on Need { id title status }',
    );
    expect(await found(asserting({ body: asked, identity: officerOfMarker }), asked)).toEqual([null]);
  });

  it('do not tell of members, who are no entity', async () => {
    const [member] = await place.sql<{ id: string }>('select id from tenders.member limit 1');
    const asked = entities([{ __typename: 'Member', id: member?.id }], '');
    const answer = await ask('tenders', asked, asserting({ service: 'tenders', body: asked }));
    expect(answer.body.errors).toHaveLength(1);
    expect(answer.body.data).toEqual({ _entities: [null] });
  });

  it('leave the gateway’s list of drafts as it is: the same caller, the same answer', async () => {
    const direct = await ask('dialogue', DRAFTS, asserting({ body: DRAFTS }));
    const through = await place.query(JSON.parse(DRAFTS).query, {}, {}, 'officer');
    const ids = (nodes: { id: string }[]) => nodes.map(({ id }) => id).sort();
    expect(ids(direct.body.data.needs.nodes)).toEqual(ids(through.data.needs.nodes));
    expect(ids(direct.body.data.needs.nodes)).toContain(draft.own);
  });
});
