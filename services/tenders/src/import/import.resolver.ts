import { scopes } from '@samspill/identity';
import type { Messages } from '@samspill/subgraph';
import { Access, inLanguage, machines, PublicError, RequestContext, UserError } from '@samspill/subgraph';
import {
  Arg,
  Ctx,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Resolver,
  registerEnumType,
} from 'type-graphql';
import { importNotices } from './import-notices.js';
import type { ImportResult as Outcome } from './import-result.js';

/** As many as one transaction should hold; the command line sends batches. */
const LARGEST_BATCH = 100;

@InputType({ description: 'A file that may be an eForms notice.' })
export class NoticeFileInput {
  @Field(() => String, { description: 'Its name, by which the answer refers to it.' })
  name: string;

  @Field(() => String, { description: 'The whole XML document. Without a DTD, at most 10 MB.' })
  xml: string;
}

@InputType({ description: 'Notices to import.' })
export class ImportNoticesInput {
  @Field(() => [NoticeFileInput], {
    description: `The files, at most ${LARGEST_BATCH} at a time. All that can be read are stored together.`,
  })
  files: NoticeFileInput[];
}

export enum ImportOutcome {
  IMPORTED = 'IMPORTED',
  UNCHANGED = 'UNCHANGED',
  REFUSED = 'REFUSED',
}

registerEnumType(ImportOutcome, {
  name: 'ImportOutcome',
  description: 'What became of a file.',
  valuesConfig: {
    IMPORTED: { description: 'It is a new notice, or a new version of one, and has been stored.' },
    UNCHANGED: { description: 'The same notice was stored before; nothing has changed.' },
    REFUSED: { description: 'It could not be understood; refusal says why. Nothing of it has been stored.' },
  },
});

@ObjectType({ description: 'Why a file was refused.' })
export class ImportRefusal {
  @Field(() => String, { description: 'Stable code, such as NOTICE_ID_MISSING.' })
  code: string;

  @Field(() => String, {
    nullable: true,
    description: 'The business term or specification that is broken, such as BT-701.',
  })
  rule: string | null;

  @Field(() => Int, { nullable: true, description: 'Line in the file, where it is known.' })
  line: number | null;

  @Field(() => Int, { nullable: true, description: 'Column in that line.' })
  column: number | null;

  @Field(() => String, { description: 'What is wrong and what to do, in the reader’s language.' })
  message: string;
}

@ObjectType({ description: 'What became of one file of an import.' })
export class ImportedFile {
  @Field(() => String, { description: 'The name that it was sent with.' })
  name: string;

  @Field(() => ImportOutcome, { description: 'Whether it was stored.' })
  outcome: ImportOutcome;

  @Field(() => ID, {
    nullable: true,
    description: 'The notice: number and version. Null when it was refused.',
  })
  noticeId: string | null;

  @Field(() => String, { nullable: true, description: 'Kind of form (eForms code list form-type).' })
  formType: string | null;

  @Field(() => String, { nullable: true, description: 'Type of notice (eForms code list notice-type).' })
  noticeType: string | null;

  @Field(() => Int, { description: 'How many remarks on data quality it got.' })
  remarks: number;

  @Field(() => ImportRefusal, { nullable: true, description: 'Why it was refused; null otherwise.' })
  refusal: ImportRefusal | null;
}

@ObjectType({ description: 'What became of an import.' })
export class ImportNoticesPayload {
  @Field(() => [ImportedFile], { description: 'One for each file, in the order sent.' })
  files: ImportedFile[];

  @Field(() => [UserError], { description: 'The refused files once more, as things to mend.' })
  userErrors: UserError[];
}

@Resolver()
export class ImportResolver {
  @Access(machines(scopes.importNotices))
  @Mutation(() => ImportNoticesPayload, {
    description:
      'Imports eForms notices, SDK 1.3 to 1.16. Importing the same again changes nothing; a file that cannot be understood is refused while the others are stored.',
  })
  async importNotices(
    @Ctx() context: RequestContext,
    @Arg('input', () => ImportNoticesInput, { description: 'The notices.' }) input: ImportNoticesInput,
  ): Promise<ImportNoticesPayload> {
    if (input.files.length > LARGEST_BATCH) throw tooMany(input.files.length);
    const outcomes = await importNotices(context.store, input.files, (work) => context.change(work));
    return toPayload(outcomes, (messages) => inLanguage(messages, context.language));
  }
}

function toPayload(outcomes: readonly Outcome[], say: (messages: Messages) => string): ImportNoticesPayload {
  const files = outcomes.map((outcome): ImportedFile => {
    if (outcome.outcome === 'REFUSED') {
      const { messages, ...refusal } = outcome.refusal;
      const none = { noticeId: null, formType: null, noticeType: null, remarks: 0 };
      return {
        ...none,
        name: outcome.name,
        outcome: ImportOutcome.REFUSED,
        refusal: { ...refusal, message: say(messages) },
      };
    }
    return { ...outcome, outcome: ImportOutcome[outcome.outcome], refusal: null };
  });
  const userErrors = files.flatMap(({ refusal }, at) =>
    refusal ? [{ code: refusal.code, message: refusal.message, path: ['input', 'files', String(at)] }] : [],
  );
  return { files, userErrors };
}

function tooMany(count: number): PublicError {
  return PublicError.badInput(
    {
      nb: `${count} filer er for mange på en gang. Send høyst ${LARGEST_BATCH}.`,
      en: `${count} files are too many at a time. Send at most ${LARGEST_BATCH}.`,
    },
    'input.files',
  );
}
