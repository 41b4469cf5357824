import { randomBytes } from 'node:crypto';
import { AdjustableClock } from '@samspill/values';
import { CompactSign } from 'jose';
import { describe, expect, it } from 'vitest';
import { assertionSigner, assertionVerifier } from './assertion.js';
import { everybody, type Identity } from './identity.js';
import { seenInMemory } from './seen-once.js';
import { serviceKey } from './service-key.js';

const START = '2026-03-02T12:00:00Z';
const person: Identity = {
  kind: 'PERSON',
  issuer: 'ansattporten',
  personId: 'P-0123456789ABCDEFGHJKMNPQRS',
  organisations: ['920123899'],
  level: 'HIGH',
};
const machine: Identity = {
  kind: 'SERVICE',
  issuer: 'own-key',
  clientId: 'importer',
  organisation: null,
  scopes: ['samspill:notices.import'],
};
const body = '{"query":"{ me { personId } }"}';

/** A gateway and the service `tenders`, each with a clock. */
function pair(keys?: Uint8Array[]) {
  const master = randomBytes(32);
  const gatewayClock = new AdjustableClock(START);
  const serviceClock = new AdjustableClock(START);
  const now = () => serviceClock.now();
  return {
    master,
    gatewayClock,
    serviceClock,
    signer: assertionSigner({ key: master, now: () => gatewayClock.now() }),
    verifier: assertionVerifier({
      service: 'tenders',
      keys: keys ?? [serviceKey(master, 'tenders')],
      seen: seenInMemory({ now }),
      now,
    }),
  };
}

const refused = (fault: string) => expect.objectContaining({ fault });

it('tells a service who asks', async () => {
  const { signer, verifier } = pair();
  for (const identity of [everybody, person, machine]) {
    const assertion = signer.sign({ service: 'tenders', identity, body });
    expect(await verifier.verify(assertion, Buffer.from(body))).toEqual(identity);
  }
});

describe('refuses', () => {
  it('MISSING where there is none', async () => {
    const { verifier } = pair();
    await expect(verifier.verify(undefined, body)).rejects.toThrow(refused('MISSING'));
    await expect(verifier.verify('', body)).rejects.toThrow(refused('MISSING'));
  });

  it('WRONG_SIGNATURE for one that is forged', async () => {
    const { verifier } = pair();
    const stranger = assertionSigner({ key: randomBytes(32), now: () => new Date(START) });
    for (const identity of [everybody, person]) {
      const forged = stranger.sign({ service: 'tenders', identity, body });
      await expect(verifier.verify(forged, body)).rejects.toThrow(refused('WRONG_SIGNATURE'));
    }
  });

  it('WRONG_SIGNATURE from a service that speaks to another with its own key', async () => {
    const { master, verifier } = pair();
    const suppliers = assertionSigner({ key: serviceKey(master, 'suppliers'), now: () => new Date(START) });
    const forged = suppliers.sign({ service: 'tenders', identity: person, body });
    await expect(verifier.verify(forged, body)).rejects.toThrow(refused('WRONG_SIGNATURE'));
  });

  it('MALFORMED for any other header, be it signed with the right key', async () => {
    const { master, signer, verifier } = pair();
    const key = serviceKey(master, 'tenders');
    const [, claims] = signer.sign({ service: 'tenders', identity: person, body }).split('.') as [
      string,
      string,
    ];
    const payload = Buffer.from(claims, 'base64url');
    const other = await new CompactSign(payload).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(key);
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`;
    for (const text of [other, none, 'x', 'a.b', `${other}.x`, '..']) {
      await expect(verifier.verify(text, body)).rejects.toThrow(refused('MALFORMED'));
    }
    await expect(verifier.verify('x'.repeat(20_000), body)).rejects.toThrow(refused('TOO_LARGE'));
  });

  it('MALFORMED for claims that do not fit, such as a person without a body', async () => {
    const { master, verifier } = pair();
    const key = serviceKey(master, 'tenders');
    const iat = new Date(START).getTime() / 1000;
    const claims = { aud: 'tenders', iat, exp: iat + 30, jti: 'x', body: 'x', identity: person };
    const wrong = [
      { ...claims, body: undefined },
      { ...claims, jti: undefined },
      { ...claims, exp: iat + 31 },
      { ...claims, exp: undefined },
      { ...claims, identity: { ...person, kind: 'SYSTEM' } },
      { ...claims, identity: undefined },
      [],
    ];
    for (const value of wrong) {
      const assertion = await new CompactSign(Buffer.from(JSON.stringify(value)))
        .setProtectedHeader({ alg: 'HS256', typ: 'samspill-assertion+jwt' })
        .sign(key);
      await expect(verifier.verify(assertion, body)).rejects.toThrow(refused('MALFORMED'));
    }
  });

  it('WRONG_AUDIENCE for another service’s, even where they share a key', async () => {
    const { master, signer, verifier } = pair();
    const toSuppliers = signer.sign({ service: 'suppliers', identity: person, body });
    await expect(verifier.verify(toSuppliers, body)).rejects.toThrow(refused('WRONG_SIGNATURE'));
    const careless = assertionVerifier({
      service: 'tenders',
      keys: [serviceKey(master, 'suppliers')],
      seen: seenInMemory(),
      now: () => new Date(START),
    });
    await expect(careless.verify(toSuppliers, body)).rejects.toThrow(refused('WRONG_AUDIENCE'));
  });

  it('WRONG_BODY for another request, which does not use the right one up', async () => {
    const { signer, verifier } = pair();
    const assertion = signer.sign({ service: 'tenders', identity: person, body });
    await expect(verifier.verify(assertion, `${body} `)).rejects.toThrow(refused('WRONG_BODY'));
    await expect(verifier.verify(assertion, '')).rejects.toThrow(refused('WRONG_BODY'));
    expect(await verifier.verify(assertion, body)).toEqual(person);
  });

  it('REPLAYED the second time, for as long as it could be used', async () => {
    const { signer, verifier, serviceClock } = pair();
    const assertion = signer.sign({ service: 'tenders', identity: person, body });
    await verifier.verify(assertion, body);
    for (let second = 0; second < 35; second++) {
      await expect(verifier.verify(assertion, body)).rejects.toThrow(refused('REPLAYED'));
      serviceClock.advance(1000);
    }
    await expect(verifier.verify(assertion, body)).rejects.toThrow(refused('EXPIRED'));
  });

  it('REPLAYED for one of two at the same moment', async () => {
    const { signer, verifier } = pair();
    const assertion = signer.sign({ service: 'tenders', identity: machine, body });
    const answers = await Promise.allSettled([
      verifier.verify(assertion, body),
      verifier.verify(assertion, body),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('EXPIRED and NOT_YET_VALID, beyond what clocks may differ', async () => {
    const late = pair();
    late.serviceClock.advance(35_000);
    const early = pair();
    early.serviceClock.advance(-6_000);
    for (const identity of [everybody, person]) {
      const sign = ({ signer }: ReturnType<typeof pair>) =>
        signer.sign({ service: 'tenders', identity, body });
      await expect(late.verifier.verify(sign(late), body)).rejects.toThrow(refused('EXPIRED'));
      await expect(early.verifier.verify(sign(early), body)).rejects.toThrow(refused('NOT_YET_VALID'));
    }
    early.serviceClock.advance(1_000);
    const inTime = early.signer.sign({ service: 'tenders', identity: person, body });
    expect(await early.verifier.verify(inTime, body)).toEqual(person);
  });

  it('every one that is damaged in one character', async () => {
    const { signer, verifier } = pair();
    const assertion = signer.sign({ service: 'tenders', identity: person, body });
    const believed: string[] = [];
    for (let at = 0; at < assertion.length; at++) {
      const neighbour = String.fromCharCode(assertion.charCodeAt(at) ^ 1);
      for (const other of [neighbour, 'A', 'B', '_', '.', '=', ' ', 'é', '']) {
        const text = assertion.slice(0, at) + other + assertion.slice(at + 1);
        if (text === assertion) continue;
        await verifier.verify(text, body).then(
          () => believed.push(text),
          () => undefined,
        );
      }
    }
    expect(believed).toEqual([]);
    expect(await verifier.verify(assertion, body)).toEqual(person);
  });
});

it('uses the public’s again, for each service its own, while enough of its life is left', async () => {
  const { signer, verifier, gatewayClock, serviceClock } = pair();
  const sign = (service = 'tenders') => signer.sign({ service, identity: everybody, body });
  const first = sign();
  expect(sign()).toBe(first);
  expect(sign('suppliers')).not.toBe(first);
  gatewayClock.advance(20_000);
  serviceClock.advance(20_000);
  expect(sign()).toBe(first);
  expect(await verifier.verify(first, 'another body')).toBe(everybody);
  gatewayClock.advance(1_000);
  expect(sign()).not.toBe(first);
});

it('never signs twice alike for anybody else', () => {
  const { signer } = pair();
  const call = { service: 'tenders', identity: person, body };
  expect(signer.sign(call)).not.toBe(signer.sign(call));
});

it('takes the old key and the new while they are being changed', async () => {
  const [old, next] = [randomBytes(32), randomBytes(32)];
  const { verifier } = pair([serviceKey(next, 'tenders'), serviceKey(old, 'tenders')]);
  for (const key of [old, next]) {
    const signer = assertionSigner({ key, now: () => new Date(START) });
    expect(await verifier.verify(signer.sign({ service: 'tenders', identity: person, body }), body)).toEqual(
      person,
    );
  }
  const { verifier: later } = pair([serviceKey(next, 'tenders')]);
  const withOld = assertionSigner({ key: old, now: () => new Date(START) });
  const assertion = withOld.sign({ service: 'tenders', identity: person, body });
  await expect(later.verify(assertion, body)).rejects.toThrow(refused('WRONG_SIGNATURE'));
});

it('makes another key for every service, and takes no weak one', () => {
  const master = randomBytes(32);
  expect(serviceKey(master, 'tenders')).toEqual(serviceKey(master, 'tenders'));
  expect(serviceKey(master, 'tenders')).not.toEqual(serviceKey(master, 'suppliers'));
  expect(serviceKey(master, 'tenders')).toHaveLength(32);
  const weak = randomBytes(31);
  expect(() => serviceKey(weak, 'tenders')).toThrow(RangeError);
  expect(() => assertionSigner({ key: weak })).toThrow(RangeError);
  const rest = { service: 'tenders', seen: seenInMemory() };
  expect(() => assertionVerifier({ ...rest, keys: [weak] })).toThrow(RangeError);
  expect(() => assertionVerifier({ ...rest, keys: [] })).toThrow(RangeError);
});
