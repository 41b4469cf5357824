import { AuditRow } from '@samspill/audit';
import type { KeysetOrder } from '@samspill/database';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { RequestContext } from './context.js';
import { type ConnectionOf, connection, connectionType, type PageArgs } from './page.js';
import { DateTimeScalar, OrganisationNumberScalar } from './scalars.js';

export enum AuditOutcome {
  DONE = 'DONE',
  READ = 'READ',
  REFUSED = 'REFUSED',
}

registerEnumType(AuditOutcome, {
  name: 'AuditOutcome',
  description: 'What came of an operation.',
  valuesConfig: {
    DONE: { description: 'It changed the object.' },
    READ: { description: 'The object was read while it was not for everybody.' },
    REFUSED: { description: 'It was refused; nothing was changed or shown.' },
  },
});

export enum ActorKind {
  PUBLIC = 'PUBLIC',
  PERSON = 'PERSON',
  SERVICE = 'SERVICE',
}

registerEnumType(ActorKind, {
  name: 'ActorKind',
  description: 'What kind of somebody is behind a request.',
  valuesConfig: {
    PUBLIC: { description: 'Everybody: nobody has logged in.' },
    PERSON: { description: 'A person who has logged in, perhaps to act for an organisation.' },
    SERVICE: { description: 'A machine: another system, or Samspill itself.' },
  },
});

@Directive('@shareable')
@ObjectType({
  description:
    'An entry of the audit log (revisjonslogg): who did what, when. Entries are never changed, and each is chained to the one before it by its hash, so that a change would show.',
})
export class AuditEntry {
  @Field(() => ID, { description: 'Its place in the log of its service.' })
  id: string;

  @Field(() => DateTimeScalar, { description: 'When.' })
  at: Date;

  @Field(() => String, { description: 'What was done, by the name of the operation, such as publishNeed.' })
  operation: string;

  @Field(() => AuditOutcome, { description: 'What came of it.' })
  outcome: AuditOutcome;

  @Field(() => String, { nullable: true, description: 'The code of the error, when it was refused.' })
  code: string | null;

  @Field(() => ActorKind, { description: 'What kind of somebody did it.' })
  actorKind: ActorKind;

  @Field(() => ID, {
    nullable: true,
    description:
      'Pseudonym of the person, for administrators of the municipality whose object it is. Null for machines, and once the person has been erased.',
  })
  personId: string | null;

  @Field(() => String, { nullable: true, description: 'The machine’s name at its issuer.' })
  clientId: string | null;

  @Field(() => [OrganisationNumberScalar], { description: 'The organisations that it was done for.' })
  organisations: string[];

  @Field(() => [String], { description: 'The roles held then, each with the municipality: OPENER@3118.' })
  roles: string[];

  @Field(() => String, { nullable: true, description: 'How sure the log-in was: LOW, SUBSTANTIAL or HIGH.' })
  loginLevel: string | null;

  @Field(() => ID, { description: 'The request that it was part of, as in `x-request-id`.' })
  requestId: string;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of the object as it was before, in hexadecimal; null where there was none.',
  })
  before: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of the object as it was afterwards, in hexadecimal; null where there is none.',
  })
  after: string | null;

  @Field(() => String, {
    description: 'SHA-256 of this entry and, through the one before, of all earlier ones.',
  })
  hash: string;
}

export const AuditEntryConnection = connectionType(AuditEntry, 'audit entries', { isShared: true });

const newestEntryFirst: KeysetOrder = {
  name: 'AUDIT_DESC',
  property: 'sequence',
  direction: 'desc',
};

/** What happened to an object, the newest first, as far as the actor may know: row-level security decides. */
export async function auditTrailOf(
  context: RequestContext,
  object: { type: string; id: string },
  page: PageArgs,
): Promise<ConnectionOf<AuditEntry>> {
  const where = [{ objectType: object.type }, { objectId: object.id }];
  const rows = await connection(context, AuditRow, where, newestEntryFirst, page);
  const persons = await personsBehind(context, rows.nodes);
  const toEntry = (row: AuditRow): AuditEntry => ({
    ...row,
    actorKind: row.actorKind as ActorKind,
    outcome: row.outcome as AuditOutcome,
    personId: (row.actorReference && persons.get(row.actorReference)) || null,
    before: hex(row.beforeDigest),
    after: hex(row.afterDigest),
    hash: Buffer.from(row.hash).toString('hex'),
  });
  return {
    ...rows,
    nodes: rows.nodes.map(toEntry),
    edges: rows.edges.map(({ node, cursor }) => ({ node: toEntry(node), cursor })),
  };
}

async function personsBehind(
  context: RequestContext,
  rows: readonly AuditRow[],
): Promise<Map<string, string>> {
  const references = rows.flatMap((row) => row.actorReference ?? []);
  if (references.length === 0) return new Map();
  const found = await context.em.execute<{ reference: string; person_id: string }[]>(
    `select reference, person_id from "${context.store.name}".audit_person where reference = any (string_to_array(?, ',')::uuid[])`,
    [references.join(',')],
  );
  return new Map(found.map((each) => [each.reference, each.person_id]));
}

const hex = (bytes: Buffer | null): string | null => (bytes ? Buffer.from(bytes).toString('hex') : null);
