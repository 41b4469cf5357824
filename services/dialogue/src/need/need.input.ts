import { MunicipalityNumberScalar, UserError } from '@samspill/subgraph';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Need } from './need.js';
import { NeedClosedReason } from './need.status.js';
import { LONGEST, MOST_CONSTRAINTS, MOST_CRITERIA } from './need-texts.js';

const MOST = {
  title: `At most ${LONGEST.title} characters.`,
  effect: `At most ${LONGEST.effect} characters.`,
  users: `At most ${LONGEST.users} characters.`,
  constraints: `None to ${MOST_CONSTRAINTS}, each of at most ${LONGEST.constraints} characters.`,
  successCriteria: `One to ${MOST_CRITERIA}, each of at most ${LONGEST.successCriteria} characters.`,
  volume: `At most ${LONGEST.volume} characters.`,
};

@InputType({ description: 'A need (behov) to begin. It says what, never how.' })
export class CreateNeedInput {
  @Field(() => MunicipalityNumberScalar, {
    description: 'Whose need it is: a number that the municipality has or had.',
  })
  municipality: string;

  @Field(() => String, { description: `Short name of the need. ${MOST.title}` })
  title: string;

  @Field(() => String, {
    description: `The effect wanted (ønsket effekt): what shall be better, and for whom. ${MOST.effect}`,
  })
  effect: string;

  @Field(() => String, { description: `Who will use it or notice it (brukere). ${MOST.users}` })
  users: string;

  @Field(() => [String], {
    defaultValue: [],
    description: `What must hold, whatever the solution (rammer): laws, opening hours, what it has to work together with. ${MOST.constraints}`,
  })
  constraints: string[];

  @Field(() => [String], {
    description: `How the municipality will see that the need is met (suksesskriterier), the most important first. ${MOST.successCriteria}`,
  })
  successCriteria: string[];

  @Field(() => String, {
    nullable: true,
    description: `How much it is about, in words (omfang). Leave it out when it is not known yet. ${MOST.volume}`,
  })
  volume?: string | null;
}

@InputType({ description: 'What is to be different in a draft. What is left out stays as it is.' })
export class UpdateNeedInput {
  @Field(() => ID, { description: 'The draft.' })
  id: string;

  @Field(() => String, { nullable: true, description: `Short name of the need. ${MOST.title}` })
  title?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `The effect wanted (ønsket effekt). ${MOST.effect}`,
  })
  effect?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `Who will use it or notice it (brukere). ${MOST.users}`,
  })
  users?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: `All that must hold, whatever the solution (rammer), in place of those before; null or an empty list for none. ${MOST.constraints}`,
  })
  constraints?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: `All success criteria (suksesskriterier), in place of those before. ${MOST.successCriteria}`,
  })
  successCriteria?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: `How much it is about (omfang); null takes away what was said. ${MOST.volume}`,
  })
  volume?: string | null;
}

@InputType({ description: 'A draft to publish.' })
export class PublishNeedInput {
  @Field(() => ID, { description: 'The draft.' })
  id: string;
}

@InputType({ description: 'A draft to throw away.' })
export class DiscardNeedInput {
  @Field(() => ID, { description: 'The draft.' })
  id: string;
}

@InputType({ description: 'A published need (behov) to close.' })
export class CloseNeedInput {
  @Field(() => ID, { description: 'The need.' })
  id: string;

  @Field(() => NeedClosedReason, { description: 'Why.' })
  reason: NeedClosedReason;

  @Field(() => String, {
    description: 'More about why, for suppliers and other municipalities. At most 2000 characters.',
  })
  explanation: string;
}

@InputType({ description: 'Something to make clearer about a published need (behov).' })
export class AddClarificationInput {
  @Field(() => ID, { description: 'The need.' })
  id: string;

  @Field(() => String, { description: 'What everybody is to read. At most 5000 characters.' })
  text: string;
}

@InputType({ description: 'Which procurement a need (behov) belongs to.' })
export class LinkNeedInput {
  @Field(() => ID, { description: 'The need.' })
  needId: string;

  @Field(() => ID, {
    description: 'The procurement (anskaffelse) that is there already, such as one that began with a notice.',
  })
  procurementId: string;
}

@ObjectType({ description: 'What became of throwing a draft away.' })
export class DiscardNeedPayload {
  @Field(() => ID, { nullable: true, description: 'The draft that was; null when nothing was changed.' })
  discardedId: string | null;

  @Field(() => [UserError], {
    description: 'What the user can mend, empty when it was done: NEED_NOT_DRAFT.',
  })
  userErrors: UserError[];
}

@ObjectType({ description: 'What became of a change to a need.' })
export class NeedPayload {
  @Field(() => Need, { nullable: true, description: 'The need afterwards; null when nothing was changed.' })
  need: Need | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was done: TEXT_MISSING, TEXT_TOO_LONG, TOO_MANY_CRITERIA, TOO_MANY_CONSTRAINTS, FINDING_OPEN (one for each finding that nobody has mended or overridden), FINDING_UNKNOWN, ALREADY_LINKED, PROCUREMENT_UNKNOWN, PROCUREMENT_OF_OTHERS, and where the need’s status does not allow it NEED_NOT_DRAFT, NEED_NOT_PUBLISHED, NEED_IN_TENDER or NEED_CLOSED.',
  })
  userErrors: UserError[];
}
