import { MunicipalityNumberScalar, UserError } from '@samspill/subgraph';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Need } from '../need/need.js';

@InputType({ description: 'That one’s own municipality has the same need (behov).' })
export class JoinNeedInput {
  @Field(() => ID, { description: 'The need, which another municipality has published.' })
  needId: string;

  @Field(() => MunicipalityNumberScalar, {
    description: 'The municipality that has the same need: a number that it has or had.',
  })
  municipality: string;

  @Field(() => String, {
    description: 'How much it is about there, in words (omfang). At most 500 characters.',
  })
  volume: string;

  @Field(() => String, {
    nullable: true,
    description: 'What is different there, if anything. At most 1000 characters.',
  })
  comment?: string | null;
}

@InputType({ description: 'That one’s own municipality does not have the same need (behov) any more.' })
export class LeaveNeedInput {
  @Field(() => ID, { description: 'The need.' })
  needId: string;

  @Field(() => MunicipalityNumberScalar, {
    description: 'The municipality that leaves: a number that it has or had.',
  })
  municipality: string;
}

@ObjectType({ description: 'What became of joining a need, or of leaving it.' })
export class NeedJoiningPayload {
  @Field(() => Need, { nullable: true, description: 'The need afterwards; null when nothing was changed.' })
  need: Need | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was done: TEXT_MISSING, TEXT_TOO_LONG, OWN_NEED, NEED_NOT_JOINED, NEED_NOT_PUBLISHED, NEED_IN_TENDER or NEED_CLOSED.',
  })
  userErrors: UserError[];
}
