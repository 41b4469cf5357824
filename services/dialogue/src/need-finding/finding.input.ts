import { MunicipalityNumberScalar } from '@samspill/subgraph';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'Texts of a need (behov) that is being written. Nothing of it is stored.' })
export class CheckNeedInput {
  @Field(() => MunicipalityNumberScalar, {
    description: 'Whose need it will be: a municipality that one is a procurement officer of.',
  })
  municipality: string;

  @Field(() => String, { nullable: true, description: 'Short name of the need, as far as it is written.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'The effect wanted, as far as it is written.' })
  effect?: string | null;

  @Field(() => String, { nullable: true, description: 'Who will use it, as far as it is written.' })
  users?: string | null;

  @Field(() => [String], { nullable: true, description: 'What must hold, as far as it is written.' })
  constraints?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'The success criteria, as far as they are written.' })
  successCriteria?: string[] | null;

  @Field(() => String, { nullable: true, description: 'How much it is about, as far as it is written.' })
  volume?: string | null;
}

@InputType({ description: 'A finding to let stand.' })
export class OverrideFindingInput {
  @Field(() => ID, { description: 'The draft.' })
  needId: string;

  @Field(() => ID, { description: 'The finding, from the need’s findings.' })
  findingId: string;

  @Field(() => String, {
    description:
      'Why it may stand, such as "we describe what we have, not what we want". Everybody reads it once the need is published. At most 1000 characters.',
  })
  reason: string;
}
