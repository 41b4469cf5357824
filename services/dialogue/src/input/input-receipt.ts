import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { digest } from '@samspill/audit';
import { DateTimeScalar, type Restricted, type Restriction } from '@samspill/subgraph';
import { Field, Int, ObjectType } from 'type-graphql';

/** Who sent an input, and the hash over all of it. Apart from the input, which everybody reads in the end. */
@Entity({ tableName: 'input_receipt' })
export class InputReceipt implements Restricted {
  /** Of the input. */
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  dialogueId: string;

  @Property({ type: 'text' })
  organisationNumber: string;

  @Property({ type: 'text', nullable: true })
  personId: string | null;

  @Property({ type: 'text', fieldName: 'sha256' })
  sha256: string;

  restriction(): Restriction {
    const { id, organisationNumber: organisation } = this;
    return { object: { type: 'InputReceipt', id }, owner: { organisation } };
  }
}

@ObjectType({ description: 'Proof of what was sent in, and when (kvittering).' })
export class InputReceiptShown {
  @Field(() => Int, { description: 'Number of the input in the dialogue.' })
  number: number;

  @Field(() => DateTimeScalar, { description: 'When it was sent in.' })
  submittedAt: Date;

  @Field(() => String, {
    description:
      'SHA-256 in hexadecimal over the whole content, trade secrets and the hashes of the attachments included, as JSON with its keys in order and without spaces.',
  })
  sha256: string;
}

/** Everything that an organisation said in one version of an input. */
export interface SubmittedContent {
  readonly dialogueId: string;
  readonly organisationNumber: string;
  readonly number: number;
  readonly version: number;
  readonly submittedAt: Date;
  readonly comment: string | null;
  readonly tradeSecret: string | null;
  readonly place: object | null;
  readonly answers: readonly {
    readonly questionId: string;
    readonly question: string;
    readonly text: string | null;
    readonly value: number | null;
    readonly yes: boolean | null;
    readonly choice: string | null;
    readonly tradeSecret: string | null;
  }[];
  readonly attachments: readonly {
    readonly documentId: string;
    readonly name: string;
    readonly sha256: string | null;
    readonly isTradeSecret: boolean;
  }[];
}

export const receiptHash = (content: SubmittedContent): string =>
  digest({ ...content, answers: [...content.answers], attachments: [...content.attachments] }).toString(
    'hex',
  );
