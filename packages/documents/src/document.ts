import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { DateTimeScalar, type Restricted, type Restriction } from '@samspill/subgraph';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { RefusalCode } from './refusal.js';

export enum DocumentState {
  UPLOADING = 'UPLOADING',
  CHECKING = 'CHECKING',
  READY = 'READY',
  REFUSED = 'REFUSED',
}

registerEnumType(DocumentState, {
  name: 'DocumentState',
  description: 'How far a document (dokument) has come.',
  valuesConfig: {
    UPLOADING: {
      description:
        'On its way (lastes opp): send the file to uploadUrl. Given up when it is not there within 24 hours.',
    },
    CHECKING: {
      description:
        'All of it is here, and it is being looked at: type, contents, malware (kontrolleres). Ask again in a moment.',
    },
    READY: {
      description:
        'Checked, and can be downloaded and attached (klar). Given up when it is not attached to anything within 24 hours.',
    },
    REFUSED: { description: 'Not taken in, and deleted (avvist). The field refusal says why.' },
  },
});

/**
 * A file, and whose it is. The file itself is in the file store under the document's id, never under its name.
 */
@Directive('@shareable')
@ObjectType({
  description:
    'A file that belongs to something (dokument): an attachment, a draft, material from an event. The file itself goes by uploadUrl and downloadUrl, never through GraphQL.',
})
@Entity({ tableName: 'document' })
export class Document implements Restricted {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  /** Which of the service's uses it is for; see `DocumentPurpose`. */
  @Property({ type: 'text' })
  purpose: string;

  @Field(() => String, { description: 'The file’s name (filnavn), without a path.' })
  @Property({ type: 'text' })
  name: string;

  @Field(() => String, {
    description:
      'Media type (MIME-type), such as application/pdf. Until the document is READY it is what the name says; then the contents have been found to agree.',
  })
  @Property({ type: 'text' })
  mediaType: string;

  @Field(() => Int, { description: 'Size in bytes (størrelse).' })
  @Property({ type: 'int' })
  size: number;

  @Field(() => String, {
    nullable: true,
    description:
      'SHA-256 of the contents in hexadecimal (kontrollsum), to compare a downloaded file with. Null until the document is READY.',
  })
  @Property({ type: 'text', fieldName: 'sha256', nullable: true })
  sha256: string | null;

  @Field(() => DocumentState, { description: 'How far it has come.' })
  @Property({ type: 'text' })
  state: DocumentState;

  @Property({ type: 'text', nullable: true })
  refusalCode: RefusalCode | null;

  /** The organisation whose it is; null for a private person’s and a municipality’s. */
  @Property({ type: 'text', nullable: true })
  organisationNumber: string | null;

  /** The municipality whose it is, or that it has been handed to: its members read it. */
  @Property({ type: 'text', nullable: true })
  municipalityNumber: string | null;

  /** Who uploaded it; null once that person has been forgotten. */
  @Property({ type: 'text', nullable: true })
  personId: string | null;

  @Property({ type: 'text', nullable: true })
  attachedToType: string | null;

  @Property({ type: 'text', nullable: true })
  attachedToId: string | null;

  /** Since when everybody reads it. */
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  publishedAt: Date | null;

  @Field(() => DateTimeScalar, { description: 'When the upload was begun.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  createdAt: Date;

  /** When it became READY or was REFUSED. */
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  settledAt: Date | null;

  /** Checks that came to nothing, because the scanner or the file store did not answer. */
  @Property({ type: 'int' })
  failedChecks: number;

  /** Not tried again before. */
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  checkAfter: Date | null;

  restriction(): Restriction | null {
    if (this.publishedAt !== null) return null;
    return { object: { type: 'Document', id: this.id }, owner: ownerOf(this) };
  }
}

/** Who may read in the audit log what happened to a document. */
export function ownerOf({
  organisationNumber: organisation,
  municipalityNumber: municipality,
}: Pick<Document, 'organisationNumber' | 'municipalityNumber'>): Restriction['owner'] {
  return { organisation, municipality };
}
