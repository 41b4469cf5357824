import { CpvCodeScalar, OrganisationNumberScalar, UserError } from '@samspill/subgraph';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Capability } from './capability.js';
import { LONGEST_DESCRIPTION } from './change-capabilities.js';

const WORDS = `The supplier’s own words about it, at most ${LONGEST_DESCRIPTION} characters.`;

@InputType({
  description: 'Something that a supplier can deliver (kapabilitet), to be written down as a draft.',
})
export class CreateCapabilityInput {
  @Field(() => OrganisationNumberScalar, { description: 'The supplier, by its organisation number.' })
  organisationNumber: string;

  @Field(() => CpvCodeScalar, { description: 'What it is, as a CPV code.' })
  cpv: string;

  @Field(() => String, { nullable: true, description: WORDS })
  description?: string | null;
}

@InputType({ description: 'What is to be different in a capability. What is left out stays as it is.' })
export class UpdateCapabilityInput {
  @Field(() => ID, { description: 'The capability.' })
  id: string;

  @Field(() => CpvCodeScalar, { nullable: true, description: 'What it is, as a CPV code.' })
  cpv?: string | null;

  @Field(() => String, { nullable: true, description: `${WORDS} Null takes away what was said.` })
  description?: string | null;
}

@InputType({ description: 'A capability to publish.' })
export class PublishCapabilityInput {
  @Field(() => ID, { description: 'The draft.' })
  id: string;
}

@InputType({ description: 'A capability to remove.' })
export class RemoveCapabilityInput {
  @Field(() => ID, { description: 'The capability, draft or published.' })
  id: string;
}

@ObjectType({ description: 'What became of a change to a capability.' })
export class CapabilityPayload {
  @Field(() => Capability, {
    nullable: true,
    description: 'The capability afterwards; null when nothing was changed.',
  })
  capability: Capability | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was done: SUPPLIER_UNKNOWN, TOO_MANY_CAPABILITIES, TEXT_MISSING, TEXT_TOO_LONG, CPV_MISSING or CAPABILITY_ALREADY_PUBLISHED.',
  })
  userErrors: UserError[];
}

@ObjectType({ description: 'What became of the removal of a capability.' })
export class RemoveCapabilityPayload {
  @Field(() => ID, {
    nullable: true,
    description: 'The capability that is gone; null when nothing was removed.',
  })
  removedId: string | null;

  @Field(() => [UserError], { description: 'What the user can mend; empty when it was done.' })
  userErrors: UserError[];
}
