import { OrganisationNumberScalar, UserError } from '@samspill/subgraph';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Need } from '../need/need.js';

@InputType({ description: 'A need (behov) to follow.' })
export class FollowNeedInput {
  @Field(() => ID, { description: 'The need, which has to be published.' })
  needId: string;

  @Field(() => OrganisationNumberScalar, {
    nullable: true,
    description:
      'The organisation that one follows it for, which has to be one that one acts for at this log-in. Leave it out to follow for oneself.',
  })
  organisationNumber?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Where to send mail when something happens to the need. Leave it out for no mail. It is used for nothing else, and nobody else sees it.',
  })
  email?: string | null;
}

@InputType({ description: 'A need (behov) not to follow any more.' })
export class UnfollowNeedInput {
  @Field(() => ID, { description: 'The need.' })
  needId: string;
}

@ObjectType({ description: 'What became of following a need, or of no longer doing so.' })
export class NeedFollowingPayload {
  @Field(() => Need, { nullable: true, description: 'The need afterwards; null when nothing was changed.' })
  need: Need | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was done: EMAIL_INVALID, NEED_NOT_PUBLISHED, NEED_CLOSED, NEED_NOT_FOLLOWED or TOO_MANY_FOLLOWED.',
  })
  userErrors: UserError[];
}
