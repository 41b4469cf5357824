import { everybody, type Identity } from '@samspill/identity';
import { describe, expect, it } from 'vitest';
import { Actor } from './actor.js';
import { Role } from './role.js';
import { anyone, anyPerson, machines, officers, representatives } from './rules.js';

const person = (organisations: string[] = []): Identity => ({
  kind: 'PERSON',
  issuer: 'test',
  personId: 'P-1',
  organisations,
  level: 'HIGH',
});
const machine: Identity = {
  kind: 'SERVICE',
  issuer: 'test',
  clientId: 'importer',
  organisation: '920123899',
  scopes: ['samspill:notices.import'],
};

const actors = {
  public: new Actor(everybody),
  person: new Actor(person()),
  representative: new Actor(person(['310000035'])),
  officer: new Actor(person(['920123899']), [
    { municipality: '3118', numbers: ['3118', '3014', '0124'], roles: [Role.PROCUREMENT_OFFICER] },
  ]),
  machine: new Actor(machine),
};

describe('who is admitted', () => {
  it.each([
    ['anyone', anyone, {}, ['public', 'person', 'representative', 'officer', 'machine']],
    ['anyPerson', anyPerson, {}, ['person', 'representative', 'officer']],
    ['representatives', representatives, {}, ['representative', 'officer']],
    ['officers', officers(), {}, ['officer']],
    ['officers with the role', officers(Role.PROCUREMENT_OFFICER), {}, ['officer']],
    ['officers with another role', officers(Role.OPENER), {}, []],
    ['officers there', officers(), { municipality: '0124' }, ['officer']],
    ['officers there, named in the input', officers(), { input: { municipality: '3014' } }, ['officer']],
    ['officers elsewhere', officers(), { municipality: '3122' }, []],
    ['machines', machines('samspill:notices.import'), {}, ['machine']],
    ['machines with another scope', machines('samspill:all'), {}, []],
  ] as const)('%s', (_, rule, args, admitted) => {
    const found = Object.entries(actors).flatMap(([name, actor]) => (rule.admits(actor, args) ? name : []));
    expect(found).toEqual(admitted);
  });
});

it('tells row-level security each role under each number, and of machines only their scopes', () => {
  expect(actors.officer.sessionVariables()).toEqual({
    'samspill.grants':
      'MEMBER@3118,PROCUREMENT_OFFICER@3118,MEMBER@3014,PROCUREMENT_OFFICER@3014,MEMBER@0124,PROCUREMENT_OFFICER@0124',
    'samspill.organisations': '920123899',
    'samspill.scopes': '',
    'samspill.person': 'P-1',
  });
  expect(actors.machine.sessionVariables()).toEqual({
    'samspill.grants': '',
    'samspill.organisations': '',
    'samspill.scopes': 'samspill:notices.import',
    'samspill.person': '',
  });
});
