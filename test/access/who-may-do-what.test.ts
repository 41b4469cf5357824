import { readFile } from 'node:fs/promises';
import { personIdOf } from '@samspill/identity';
import { serviceNamed, settled, supergraphFile } from '@samspill/region';
import { buildSchema, isObjectType } from 'graphql';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../support/databases.js';
import { type Answer, ask, startTestRegion, type TestRegion } from '../support/region.js';
import { time } from './actors.js';
import {
  type ActorName,
  type AskAs,
  actors,
  codeFor,
  everybody,
  glimpses,
  secrets,
  verdicts,
} from './who-may-do-what.js';
import { WriteLog } from './write-log.js';

describe('the table of who may do what', () => {
  it('has every query, every mutation and every field with a rule that the graph has', async () => {
    const schema = buildSchema(await readFile(supergraphFile(), 'utf8'), { assumeValidSDL: true });
    const operations = Object.values(schema.getTypeMap()).flatMap((type) => {
      if (!isObjectType(type) || type.name.startsWith('__')) return [];
      const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
      return Object.values(type.getFields())
        .filter((field) => isRoot || /\bOnly for\b[^.]*\.$/.test(field.description ?? ''))
        .map((field) => `${type.name}.${field.name}`);
    });
    expect(operations).toContain('Need.auditTrail');
    const line = (name: string) =>
      `Say in who-may-do-what.ts who may: '${name}': [{ admitted: [], ask: () => ({ query: '' }) }],`;
    expect(operations.filter((name) => !verdicts[name]).map(line)).toEqual([]);
    expect(Object.keys(verdicts).filter((name) => !operations.includes(name))).toEqual([]);
  });
});

for (const kind of databaseKinds) {
  for (const permission of ['checked', 'left to the database'] as const) {
    describe(`on the ${kind} database, with permission ${permission}`, () => {
      let region: TestRegion;
      let as: AskAs;
      let writes: WriteLog;

      /** What has been written so far, once the services have told each other everything. */
      const written = async () => {
        await settled(region.region.host);
        return writes.soFar();
      };

      beforeAll(async () => {
        region = await startTestRegion(kind, {
          permission: permission === 'checked' ? undefined : permission,
          clock: time,
          // Nothing is to be written but by those who ask.
          work: false,
        });
        await appointAdministratorOfMarker(region);
        writes = await WriteLog.begin(region.region.host.database.owner);
        as = async (who, query, variables) => ask(region.url, query, variables, await actors[who]());
      });

      afterAll(async () => {
        await region?.[Symbol.asyncDispose]();
      });

      it('knows the actors as what they are called', async () => {
        expect(await whatTheyAre(as)).toEqual(EXPECTED);
      });

      for (const [operation, cases] of Object.entries(verdicts)) {
        for (const verdict of cases) {
          const name = verdict.of ? `${operation}, ${verdict.of}` : operation;
          const refused = everybody.filter((each) => codeFor(verdict, each));
          if (refused.length) {
            it(`${name}: refuses everybody else`, async () => {
              const { query, variables } = await verdict.ask(as);
              const before = await written();
              const verdictsFound: Partial<Record<ActorName, unknown>> = {};
              for (const who of refused) {
                const answer = await as(who, query, variables);
                verdictsFound[who] =
                  permission === 'checked'
                    ? refusalOf(operation, answer)
                    : tellsNothing(operation, answer, verdict.themselves?.includes(who));
                expectNoSecret(answer, who);
                expect(await writes.soFar(), `what ${who} left behind`).toEqual(before);
              }
              expect(await written(), 'what came of it later').toEqual(before);
              const expected = refused.map((who) => [
                who,
                permission === 'checked' ? codeFor(verdict, who) : true,
              ]);
              expect(verdictsFound).toEqual(Object.fromEntries(expected));
            });
          }
          if (verdict.admitted.length) {
            it(`${name}: admits ${verdict.admitted === everybody ? 'everybody' : verdict.admitted.join(', ')}`, async () => {
              const isMutation = operation.startsWith('Mutation.');
              // What is only read is there for the next as well.
              const read = isMutation ? null : await verdict.ask(as);
              for (const who of verdict.admitted) {
                const { query, variables } = read ?? (await verdict.ask(as));
                const before = isMutation && (await written());
                const answer = await as(who, query, variables);
                expect(mishaps(answer), who).toEqual([]);
                expect(somethingOf(operation, answer), who).toBe(true);
                expectNoSecret(answer, who);
                // What is compared for the refused does change when something is done.
                if (before) expect(await written(), who).not.toEqual(before);
              }
            });
          }
        }
      }

      for (const [thing, { seenBy, ask: question }] of Object.entries(glimpses)) {
        it(`shows ${thing} to ${seenBy.join(', ')} and to nobody else`, async () => {
          const { query, variables } = await question(as);
          const seeing: ActorName[] = [];
          for (const who of everybody) {
            const answer = await as(who, query, variables);
            expect(answer.errors, who).toBeUndefined();
            if (JSON.stringify(answer).includes('hemmelig')) seeing.push(who);
            expectNoSecret(answer, who);
          }
          expect(seeing).toEqual(everybody.filter((each) => seenBy.includes(each)));
        });
      }
    });
  }
}

const codesOf = ({ errors }: Answer) => [...new Set(errors?.map((each) => each.extensions?.code))];

/** The code of a refusal; whoever was refused must not have got anything beside it. */
function refusalOf(operation: string, answer: Answer): unknown {
  const codes = codesOf(answer);
  const told = valuesOf(operation, answer.data).filter((value) => !isNothing(value));
  if (told.length || codes.length > 1) return answer;
  return codes[0] ?? 'NOTHING';
}

/** What somebody finds who was let in and has nothing to look for there: an error, or nothing of the kind. */
function tellsNothing(operation: string, answer: Answer, mayBeOne = false): true | Answer {
  // The public's role has no right to the audit log's table; nobody but a test gets far enough to see that fault.
  const isRefusal = codesOf(answer).every((each) => REFUSALS.has(String(each)));
  const told = valuesOf(operation, answer.data).filter(
    (value) => !isNothing(value) && !(mayBeOne && isOne(value)),
  );
  return (isRefusal && told.length === 0) || answer;
}

const REFUSALS = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'INTERNAL']);

/** A list with nobody in it but whoever asks. */
const isOne = (value: unknown) => (value as { nodes?: unknown[] } | null)?.nodes?.length === 1;

/** Null, an empty list, or a change that was not made. */
function isNothing(value: unknown): boolean {
  const { nodes, userErrors } = (value ?? {}) as { nodes?: unknown[]; userErrors?: unknown[] };
  const isEmpty = Array.isArray(value) && value.length === 0;
  return value === null || isEmpty || nodes?.length === 0 || (userErrors?.length ?? 0) > 0;
}

/** Everything that an answer has of an operation, such as `Member.auditTrail` of each member. */
function valuesOf(operation: string, data: unknown): unknown[] {
  const name = operation.split('.')[1];
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) =>
    key === name ? [value] : valuesOf(operation, value),
  );
}

/** Whoever is admitted gets what they asked for, or the refusal of the others would prove nothing. */
function somethingOf(operation: string, { data }: Answer): boolean {
  return valuesOf(operation, data).some((value) => !isNothing(value));
}

/** Errors, and what the user should mend. */
function mishaps({ data, errors }: Answer): unknown[] {
  const mend = Object.values(data ?? {}).flatMap(
    (each) => (each as { userErrors?: object[] } | null)?.userErrors ?? [],
  );
  return [...(errors ?? []), ...mend];
}

function expectNoSecret(answer: Answer, who: ActorName): void {
  const text = JSON.stringify(answer);
  const told = Object.entries(secrets).filter(
    ([secret, those]) => text.includes(secret) && !those.includes(who),
  );
  expect(
    told.map(([secret]) => secret),
    `told to ${who}`,
  ).toEqual([]);
}

/** Marker has an officer among the personas, and no administrator. */
async function appointAdministratorOfMarker({ region }: TestRegion): Promise<void> {
  for (const { name } of region.services) {
    const { store } = serviceNamed(region.services, name);
    await sql
      .raw(
        `insert into ${store.name}.membership (person_id, municipality, organisation, municipality_numbers, roles, version)
         select '${personIdOf('development', 'administrator-marker')}', municipality, organisation, municipality_numbers,
           '{ADMINISTRATOR}', version
         from ${store.name}.membership where person_id = '${personIdOf('development', 'officer-marker')}'`,
      )
      .execute(region.host.database.owner);
  }
}

async function whatTheyAre(as: AskAs): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const who of everybody) {
    const { data } = await as(
      who,
      '{ me { kind organisations scopes memberships { municipalityNumber roles } } }',
    );
    const { kind, organisations, scopes, memberships } = data.me;
    const roles = memberships.map(
      (each: { municipalityNumber: string; roles: string[] }) => `${each.roles}@${each.municipalityNumber}`,
    );
    found[who] = [kind, ...organisations, ...scopes, ...roles].join(' ');
  }
  return found;
}

const EXPECTED: Record<ActorName, string> = {
  public: 'PUBLIC',
  person: 'PERSON',
  supplier: 'PERSON 310000035',
  'supplier-2': 'PERSON 310000027',
  officer: 'PERSON 920123899 EVENT_HOST,OPENER,PROCUREMENT_OFFICER@3118',
  evaluator: 'PERSON 920123899 EVALUATOR@3118',
  'contract-manager': 'PERSON 920123899 CONTRACT_MANAGER@3118',
  administrator: 'PERSON 920123899 ADMINISTRATOR@3118',
  'event-host': 'PERSON 920123899 EVENT_HOST@3118',
  'officer-marker': 'PERSON 210000046 OPENER,PROCUREMENT_OFFICER@3122',
  'administrator-marker': 'PERSON 210000046 ADMINISTRATOR@3122',
  'officer, hardly known': 'PERSON',
  'administrator, acting for Marker': 'PERSON 210000046',
  importer: 'SERVICE samspill:notices.import',
  machine: 'SERVICE samspill:notices.import.not,samspill:notices.import',
};
