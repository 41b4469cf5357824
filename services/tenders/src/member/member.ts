import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import {
  connectionType,
  DateTimeScalar,
  OrganisationNumberScalar,
  type Restricted,
  type Restriction,
  Role,
  Uncached,
} from '@samspill/subgraph';
import { Field, ID, ObjectType } from 'type-graphql';

@Uncached()
@ObjectType({
  description:
    'Somebody who acts for a municipality (kommune) in Samspill, and what they are trusted with. Only colleagues see it.',
})
@Entity({ tableName: 'member' })
export class Member implements Restricted {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'uuid' })
  id: string;

  /** Of the municipality as it is today. */
  @Property({ type: 'text' })
  municipalityNumber: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The person’s pseudonym, as `me { personId }` shows it; null once they have been erased.',
  })
  @Property({ type: 'text', nullable: true })
  personId: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What colleagues call the person; null once they have been erased.',
  })
  @Property({ type: 'text', nullable: true })
  displayName: string | null;

  @Field(() => OrganisationNumberScalar, {
    description: 'The organisation that the person must act for at log-in to have the roles.',
  })
  @Property({ type: 'text' })
  organisationNumber: string;

  @Field(() => DateTimeScalar, { description: 'Since when the person has been known here.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  since: Date;

  restriction(): Restriction {
    return {
      object: { type: 'Member', id: this.id },
      owner: { municipality: this.municipalityNumber },
    };
  }
}

export const MemberConnection = connectionType(Member, 'members');

@ObjectType({ description: 'A role that a member has or had, who granted it, and who took it back.' })
@Entity({ tableName: 'role_grant' })
export class RoleGrant {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'uuid' })
  id: string;

  @ManyToOne(() => Member, { ref: true })
  member: Ref<Member>;

  @Field(() => Role, { description: 'The role.' })
  @Property({ type: 'text' })
  role: Role;

  @Field(() => DateTimeScalar, { description: 'When it was granted.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  grantedAt: Date;

  @ManyToOne(() => Member, { ref: true, nullable: true, fieldName: 'granted_by' })
  grantedBy: Ref<Member> | null;

  @Field(() => String, { nullable: true, description: 'Why it was granted, if somebody said so.' })
  @Property({ type: 'text', nullable: true })
  reason: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was revoked; null while it is held.' })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  revokedAt: Date | null;

  @ManyToOne(() => Member, { ref: true, nullable: true, fieldName: 'revoked_by' })
  revokedBy: Ref<Member> | null;

  @Field(() => String, { nullable: true, description: 'Why it was revoked.' })
  @Property({ type: 'text', nullable: true })
  revokeReason: string | null;
}
