import { describe, expect, it } from 'vitest';
import { type ClaimMapping, type Claims, identityOf } from './claim-mapping.js';
import { personIdOf } from './person-id.js';
import { type ProfileName, profiles } from './profiles.js';

const read = (profile: ProfileName, claims: Claims, mapping: Partial<ClaimMapping> = {}) =>
  identityOf(profile, claims, { ...profiles[profile].mapping, ...mapping });

const refused = (detail: unknown) => expect.objectContaining({ fault: 'CLAIM_MISSING', detail });

/** The header fields of all of them have been checked before; what follows are the claims as the issuers write them. */
const time = { exp: 1_746_173_341, iat: 1_746_173_221, jti: 'K8kMQM_1zc0' };
const organisation = (number: string) => ({ authority: 'iso6523-actorid-upis', ID: `0192:${number}` });

const idporten = {
  ...time,
  iss: 'https://test.idporten.no',
  sub: 'qD-kwgr3FcGA9zy4M7O_4Dco95Uobipd0RJeHSWypG5BL0VrsSND4Pppa2ZInbDyTGfo0AncdvAbU74gfdQmVe7Uz_D0el0',
  aud: 'https://api.samspill.example',
  acr: 'idporten-loa-substantial',
  client_id: 'democlient_idporten_test',
  client_amr: 'private_key_jwt',
  consumer: organisation('991825827'),
  scope: 'openid samspill:graph',
  token_type: 'Bearer',
  pid: '47906701517',
};

const ansattporten = {
  ...time,
  iss: 'https://test.ansattporten.no',
  sub: '_8iGmUQ2WbyT3Pqv4R7cLQ',
  aud: 'https://api.samspill.example',
  acr: 'high',
  amr: ['BankID'],
  client_id: 'samspill_front_end',
  consumer: organisation('991825827'),
  scope: 'openid',
  authorization_details: [
    {
      type: 'ansattporten:altinn:resource',
      resource: 'urn:altinn:resource:samspill',
      resource_name: 'Samspill',
      authorized_parties: [
        {
          orgno: organisation('920123899'),
          resource: 'samspill',
          name: 'INDRE ØSTFOLD KOMMUNE',
          unit_type: 'KOMM',
        },
        { orgno: organisation('310000035'), resource: 'samspill', name: 'ØYEREN', unit_type: 'AS' },
      ],
    },
  ],
};

const maskinporten = {
  ...time,
  iss: 'https://maskinporten.no/',
  aud: 'https://api.samspill.example',
  client_amr: 'virksomhetssertifikat',
  client_id: 'oidc_difi_delegering_altinn',
  token_type: 'Bearer',
  scope: 'samspill:notices.import samspill:other',
  supplier: organisation('991825827'),
  delegation_source: 'https://www.altinn.no/',
  consumer: organisation('910753614'),
};

describe('ID-porten', () => {
  it('gives a person who acts for nobody else, and reads neither number nor consumer', () => {
    const identity = read('idporten', idporten);
    expect(identity).toEqual({
      kind: 'PERSON',
      issuer: 'idporten',
      personId: personIdOf('idporten', idporten.sub),
      organisations: [],
      level: 'SUBSTANTIAL',
    });
    expect(JSON.stringify(identity)).not.toContain(idporten.pid);
    expect(identity).toEqual(read('idporten', { ...idporten, pid: undefined }));
  });

  it.each([
    ['idporten-loa-low', 'LOW'],
    ['idporten-loa-high', 'HIGH'],
    ['Level3', 'SUBSTANTIAL'],
    ['Level4', 'HIGH'],
  ])('understands the level %s', (acr, level) => {
    expect(read('idporten', { ...idporten, acr })).toMatchObject({ level });
  });

  it.each(['idporten-loa-higher', 'HIGH', 'toString', '__proto__', 4, ['Level4'], null, ''])(
    'guesses nothing from the level %j',
    (acr) => {
      expect(() => read('idporten', { ...idporten, acr })).toThrow(refused(expect.stringContaining('acr')));
    },
  );

  it.each(['acr', 'sub', 'client_id'])('does not do without %s', (claim) => {
    const { [claim as 'acr']: _, ...claims } = idporten;
    expect(() => read('idporten', claims)).toThrow(refused(claim));
  });
});

describe('Ansattporten', () => {
  it('gives a person with the organisations that they chose', () => {
    expect(read('ansattporten', ansattporten)).toEqual({
      kind: 'PERSON',
      issuer: 'ansattporten',
      personId: personIdOf('ansattporten', ansattporten.sub),
      organisations: ['920123899', '310000035'],
      level: 'HIGH',
    });
  });

  const representing = (detail: unknown, acr = 'substantial') =>
    read('ansattporten', { ...ansattporten, acr, authorization_details: detail });

  it('reads Altinn 2 services', () => {
    const detail = {
      type: 'ansattporten:altinn:service',
      resource: 'urn:altinn:resource:2480:40',
      resource_name: 'Produkter og tjenester fra Brønnøysundregistrene',
      reportees: [
        {
          Authority: 'iso6523-actorid-upis',
          ID: '0192:987464291',
          Name: 'DIGDIR',
          Rights: ['Read', 'ArchiveRead'],
        },
      ],
    };
    expect(representing([detail])).toMatchObject({ organisations: ['987464291'], level: 'SUBSTANTIAL' });
  });

  it('reads the employer’s log-in, at a low level', () => {
    const party = {
      orgno: organisation('312206498'),
      name: 'NYBAKT IDIOTSIKKER ISBJØRN SA',
      rights: ['Report'],
    };
    const detail = { type: 'ansattporten:orgno', authorized_parties: [party] };
    expect(representing([detail], 'entraid')).toMatchObject({ organisations: ['312206498'], level: 'LOW' });
    const direct = {
      type: 'ansattporten:orgno',
      orgno: { authority: 'iso6523-actorid-upis', id: '0192:987464291' },
    };
    expect(representing([direct])).toMatchObject({ organisations: ['987464291'] });
  });

  it('takes nobody over who is not an organisation in the Norwegian register', () => {
    const ids = [
      '0192:987654321',
      '9908:987464291',
      '987464291',
      '0192:987464291 ',
      '0192:',
      987464291,
      null,
      {},
    ];
    const details = ids.map((ID) => ({ type: 'ansattporten:altinn:service', reportees: [{ ID }] }));
    expect(representing(details)).toMatchObject({ organisations: [] });
  });

  it.each([
    undefined,
    null,
    'ansattporten:altinn:service',
    [],
    [[]],
    [null],
    [{ type: 'ansattporten:altinn:service' }],
    [{ type: 'somebody:else', reportees: [{ ID: '0192:987464291' }] }],
    [{ reportees: [{ ID: '0192:987464291' }] }],
  ])('lets a person act for nobody with %j', (detail) => {
    expect(representing(detail)).toMatchObject({ organisations: [] });
  });

  it('can be told to believe one resource of Altinn only', () => {
    const place = {
      claim: 'authorization_details',
      where: { type: 'ansattporten:altinn:resource', resource: 'urn:altinn:resource:samspill' },
      path: 'authorized_parties.orgno.ID',
      format: 'iso6523' as const,
    };
    const other = {
      ...ansattporten.authorization_details[0],
      resource: 'urn:altinn:resource:canteen',
      authorized_parties: [{ orgno: organisation('987464291') }],
    };
    const claims = { ...ansattporten, authorization_details: [...ansattporten.authorization_details, other] };
    expect(read('ansattporten', claims, { organisations: [place] })).toMatchObject({
      organisations: ['920123899', '310000035'],
    });
  });

  it('never makes a machine of a person whose level is missing', () => {
    const { acr: _, ...claims } = ansattporten;
    expect(() => read('ansattporten', claims)).toThrow(refused('acr'));
  });
});

describe('Maskinporten', () => {
  it('gives a machine of the consumer, also when a supplier runs it', () => {
    expect(read('maskinporten', maskinporten)).toEqual({
      kind: 'SERVICE',
      issuer: 'maskinporten',
      clientId: 'oidc_difi_delegering_altinn',
      organisation: '910753614',
      scopes: ['samspill:notices.import', 'samspill:other'],
    });
  });

  it('does not take a machine of an unknown organisation for one of our own', () => {
    for (const consumer of [
      { ID: '0007:5560360793' },
      { ID: '0192:910753615' },
      {},
      '0192:910753614',
      null,
    ]) {
      expect(() => read('maskinporten', { ...maskinporten, consumer })).toThrow(
        refused(expect.stringContaining('organisation')),
      );
    }
    const both = [organisation('910753614'), organisation('991825827')];
    expect(() => read('maskinporten', { ...maskinporten, consumer: both })).toThrow(
      refused(expect.anything()),
    );
  });

  it('gives a machine without a scope nothing to do', () => {
    expect(read('maskinporten', { ...maskinporten, scope: undefined })).toMatchObject({ scopes: [] });
    expect(read('maskinporten', { ...maskinporten, scope: ' a  b a ' })).toMatchObject({
      scopes: ['a', 'b'],
    });
  });

  it('never takes a person', () => {
    const { consumer: _, ...claims } = ansattporten;
    expect(() => read('maskinporten', claims)).toThrow(refused('consumer'));
  });
});

it('reads tools of our own, which belong to no organisation', () => {
  const claims = {
    ...time,
    iss: 'https://x.example',
    client_id: 'importer',
    scope: 'samspill:notices.import',
  };
  expect(read('own-key', claims)).toEqual({
    kind: 'SERVICE',
    issuer: 'own-key',
    clientId: 'importer',
    organisation: null,
    scopes: ['samspill:notices.import'],
  });
});

it('reads both shapes from the development issuer, and a person’s consumer makes no machine', () => {
  expect(read('development', ansattporten)).toMatchObject({
    kind: 'PERSON',
    organisations: ['920123899', '310000035'],
  });
  expect(read('development', { ...maskinporten, sub: 'importer' })).toMatchObject({
    kind: 'SERVICE',
    organisation: '910753614',
  });
  const { consumer: _, ...neither } = maskinporten;
  expect(() => read('development', neither)).toThrow(refused('acr'));
});

it('reads plain numbers from wherever a configuration says', () => {
  const organisations = [{ claim: 'orgs', format: 'plain' as const }];
  const claims = { ...ansattporten, orgs: ['987464291', '987464291', '920 123 899'] };
  expect(read('ansattporten', claims, { organisations })).toMatchObject({ organisations: ['987464291'] });
});

it('gives identities that cannot be changed, because they are shared', () => {
  const identity = read('ansattporten', ansattporten);
  expect(() => (identity as unknown as { organisations: string[] }).organisations.push('1')).toThrow(
    TypeError,
  );
  expect(Object.isFrozen(identity)).toBe(true);
});

it('knows our scopes by the names that an issuer gives them, and then by no others', () => {
  const { mapping } = profiles.maskinporten;
  const claims = {
    client_id: 'importer',
    consumer: { authority: 'iso6523-actorid-upis', ID: '0192:920123899' },
    scope: 'indreostfold:samspill.import samspill:notices.import toString',
  };
  const scopes = { 'indreostfold:samspill.import': 'samspill:notices.import' };
  expect(identityOf('maskinporten', claims, { ...mapping, scopes })).toMatchObject({
    scopes: ['samspill:notices.import'],
  });
  expect(
    identityOf('maskinporten', { ...claims, scope: 'samspill:notices.import' }, { ...mapping, scopes }),
  ).toMatchObject({ scopes: [] });
});
