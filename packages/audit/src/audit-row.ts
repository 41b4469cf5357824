import { BigIntType } from '@mikro-orm/core';
import { Entity, Formula, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** An entry, for reading. Nobody but `append_audit` writes one, so a flush that tried would be refused. */
@Entity({ tableName: 'audit_entry', readonly: true })
export class AuditRow {
  /** The sequence: the place in the service's chain. */
  @PrimaryKey({ type: new BigIntType('string'), fieldName: 'sequence' })
  id: string;

  /** The same as a number, which pages can be ordered by and cursors compared with. */
  @Formula((columns) => `${columns}.sequence`, { type: new BigIntType('number') })
  sequence: number;

  @Property({ type: 'timestamptz' })
  at: Date;

  @Property({ type: 'text' })
  requestId: string;

  @Property({ type: 'text' })
  actorKind: 'PUBLIC' | 'PERSON' | 'SERVICE';

  /** Leads to the person in `audit_person`, as long as they have not been erased. */
  @Property({ type: 'uuid', nullable: true })
  actorReference: string | null;

  @Property({ type: 'text', nullable: true })
  clientId: string | null;

  @Property({ type: 'array' })
  organisations: string[];

  @Property({ type: 'array' })
  roles: string[];

  @Property({ type: 'text', nullable: true })
  loginLevel: string | null;

  @Property({ type: 'text' })
  operation: string;

  @Property({ type: 'text' })
  outcome: 'DONE' | 'READ' | 'REFUSED';

  @Property({ type: 'text', nullable: true })
  code: string | null;

  @Property({ type: 'text', nullable: true })
  objectType: string | null;

  @Property({ type: 'text', nullable: true })
  objectId: string | null;

  @Property({ type: 'text', nullable: true })
  ownerMunicipality: string | null;

  @Property({ type: 'text', nullable: true })
  ownerOrganisation: string | null;

  @Property({ type: 'blob', nullable: true })
  beforeDigest: Buffer | null;

  @Property({ type: 'blob', nullable: true })
  afterDigest: Buffer | null;

  @Property({ type: 'blob' })
  hash: Buffer;
}
