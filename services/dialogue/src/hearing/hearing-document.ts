import { ArrayType } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { DateTimeScalar } from '@samspill/subgraph';
import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'A draft of competition documents that the market is heard about (høringsutkast). Everybody reads it; those who take part comment on places in it.',
})
@Entity({ tableName: 'hearing_document' })
export class HearingDocument {
  @Field(() => ID, { description: 'Stable identifier, the same for all versions.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  dialogueId: string;

  @Property({ type: 'int' })
  position: number;

  @Property({ type: 'int' })
  currentVersion: number;
}

@ObjectType({ description: 'One version of a draft (versjon). What is published stays as it was.' })
@Entity({ tableName: 'hearing_version' })
export class HearingVersion {
  @Field(() => ID, { description: 'Stable identifier of this version.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  documentId: string;

  @Field(() => Int, { description: 'Which version it is, from 1.' })
  @Property({ type: 'int' })
  version: number;

  @Field(() => String, { description: 'What the draft is called.' })
  @Property({ type: 'text' })
  title: string;

  /** As {@link HearingParagraph}s in the graph. */
  @Property({ type: ArrayType, columnType: 'text[]' })
  paragraphs: string[];

  @Field(() => DateTimeScalar, { description: 'When it was published (publisert).' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  publishedAt: Date;
}

@ObjectType({ description: 'A paragraph of a draft (avsnitt).' })
export class HearingParagraph {
  @Field(() => Int, { description: 'Its number, from 1: name it in a comment.' })
  number: number;

  @Field(() => String, { description: 'What it says.' })
  text: string;
}

@ObjectType({ description: 'The place in a draft that a comment is about (sted i utkastet).' })
export class HearingPlace {
  @Field(() => HearingVersion, { description: 'The version that was commented on.' })
  version: HearingVersion;

  @Field(() => Int, { description: 'Number of the paragraph (avsnitt), from 1.' })
  paragraph: number;

  @Field(() => Int, {
    description: 'Where the place begins in the paragraph: how many UTF-16 code units come before it.',
  })
  from: number;

  @Field(() => Int, { description: 'Where it ends: the first code unit that is no longer part of it.' })
  to: number;

  @Field(() => String, { description: 'What stands there (sitat).' })
  quote: string;
}
