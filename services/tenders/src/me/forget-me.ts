import { personForgotten } from '@samspill/messages';
import {
  Access,
  anyPerson,
  type Mendable,
  RequestContext,
  toUserErrors,
  UserError,
} from '@samspill/subgraph';
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';

@InputType({ description: 'The wish to be forgotten (sletting).' })
export class EraseMyPersonalDataInput {
  @Field(() => Boolean, {
    description:
      'True: yes, I want this, and know that it cannot be undone. Ask the user before you send it.',
  })
  confirm: boolean;
}

@ObjectType({ description: 'What becomes of the wish to be forgotten.' })
export class EraseMyPersonalDataPayload {
  @Field(() => Boolean, {
    description:
      'True: every service has been told, and forgets within seconds. What is counted stays counted, without you.',
  })
  accepted: boolean;

  @Field(() => [UserError], {
    description: 'What the user can mend, empty when it was accepted: CONFIRMATION_MISSING.',
  })
  userErrors: UserError[];
}

@Resolver()
export class ForgetMeResolver {
  @Access(anyPerson)
  @Mutation(() => EraseMyPersonalDataPayload, {
    description:
      'Forgets you (sletting, GDPR article 17): names, addresses and codes at events, dialogues, followed needs and mails. What you did in a role of a municipality is the municipality’s to keep or erase (eraseMember), and what you submitted for an organisation stays the organisation’s.',
  })
  async eraseMyPersonalData(
    @Ctx() context: RequestContext,
    @Arg('input', () => EraseMyPersonalDataInput, { description: 'The wish.' })
    { confirm }: EraseMyPersonalDataInput,
  ): Promise<EraseMyPersonalDataPayload> {
    const { personId } = context.actor;
    // The rule has let nobody else come this far; without it, there is nobody to forget.
    if (personId === null) throw await context.refusal(context.operation ?? 'unknown', {});
    if (!confirm) return { accepted: false, userErrors: toUserErrors([notConfirmed], context) };
    await context.change(async ({ em, audit }) => {
      await context.store.host.bus.publish(em, personForgotten, [{ personId }]);
      // Not whom: the log is kept for ever.
      audit({ object: { type: 'Person', id: 'forgotten' } });
    });
    return { accepted: true, userErrors: [] };
  }
}

const notConfirmed: Mendable = {
  code: 'CONFIRMATION_MISSING',
  path: ['input', 'confirm'],
  messages: {
    nb: 'Sletting kan ikke angres. Send «confirm: true» når du er sikker.',
    nn: 'Sletting kan ikkje angrast. Send «confirm: true» når du er sikker.',
    en: 'What is erased cannot be brought back. Send "confirm: true" when you are sure.',
  },
};
