import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { ParsedNotice } from '@samspill/eforms';
import { AGE, CacheControl, connectionType } from '@samspill/subgraph';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A published notice never changes. What follows from it (tender, lots, awards) can be made again from it. */
@CacheControl({ maxAge: AGE.PUBLISHED })
@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'A notice (kunngjøring) exactly as it was published. Corrections are new versions; the old ones stay readable.',
})
@Entity({ tableName: 'notice' })
export class Notice {
  @Field(() => ID, { description: 'Number and version, such as 5681ff11-…-01.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Field(() => String, { description: 'Number of the notice, without its version (BT-701).' })
  @Property({ type: 'text' })
  noticeId: string;

  @Field(() => String, { description: 'Version, such as 01 (BT-757).' })
  @Property({ type: 'text' })
  version: string;

  @Field(() => String, {
    nullable: true,
    description: 'The procedure that it belongs to (BT-04); plans mostly have none.',
  })
  @Property({ type: 'text', nullable: true })
  procedureId: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Number given at publication by TED or Doffin (OPP-010).',
  })
  @Property({ type: 'text', nullable: true })
  publicationId: string | null;

  @Property({ type: 'text' })
  procurementId: string;

  @Property({ type: 'text', nullable: true })
  tenderId: string | null;

  @Field(() => String, {
    description:
      'Kind of form: code of the eForms code list form-type (BT-03): planning, consultation, competition, dir-awa-pre, result, cont-modif, completion, change or bri.',
  })
  @Property({ type: 'text' })
  formType: string;

  @Field(() => String, {
    description:
      'Type of notice: code of the eForms code list notice-type (BT-02), such as cn-standard or can-standard.',
  })
  @Property({ type: 'text' })
  noticeType: string;

  @Field(() => String, { nullable: true, description: 'Subtype (OPP-070), such as 16, N29 or E1.' })
  @Property({ type: 'text', nullable: true })
  subtype: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Version of the eForms SDK that it was written with, such as 1.7.',
  })
  @Property({ type: 'text', nullable: true })
  sdkVersion: string | null;

  @Field(() => String, { description: 'Official language, three letters, such as NOR.' })
  @Property({ type: 'text' })
  language: string;

  @Field(() => String, { description: 'Title (BT-21), in Norwegian where there is one.' })
  @Property({ type: 'text' })
  title: string;

  @Field(() => Date, { description: 'When it was sent for publication (BT-05).' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  publishedAt: Date;

  @Property({ type: 'string[]' })
  buyerIds: string[];

  @Field(() => Boolean, { description: 'Whether it corrects or cancels an earlier notice.' })
  @Property({ type: 'boolean' })
  isCorrection: boolean;

  @Property({ type: 'json', lazy: true })
  content: ParsedNotice;

  @Property({ type: 'boolean', generated: 'always', lazy: true })
  hasRemarks?: boolean;

  @Property({ type: 'text' })
  digest: string;

  @Property({ type: 'text', lazy: true })
  xml: string;

  @Field(() => String, {
    nullable: true,
    description: 'Name of the file or system that it was imported from.',
  })
  @Property({ type: 'text', nullable: true })
  source: string | null;

  @Field(() => Date, { description: 'When it was imported into Samspill.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  importedAt: Date;
}

export const NoticeConnection = connectionType(Notice, 'notices');
