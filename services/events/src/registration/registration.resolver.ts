import { Access, anyPerson, type Mendable, RequestContext, toUserErrors } from '@samspill/subgraph';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { unlessUndone } from '../event/event-to-change.js';
import { acceptOffer, cancelRegistration, declineOffer } from './end-registration.js';
import { Repeated, register } from './register.js';
import {
  AnswerOfferInput,
  CancelRegistrationInput,
  RegisterForEventInput,
  RegistrationPayload,
  UpdateRegistrationInput,
} from './registration.input.js';
import { Registration } from './registration.js';
import { registrationByKey } from './registration.loader.js';
import {
  demandPublishedEvent,
  demandRegistration,
  isOwn,
  noSuchRegistration,
} from './registration.permission.js';
import { reasonMissing, textTooLong } from './registration-messages.js';
import { registrationRequest } from './registration-request.js';
import { Unchanged, updateRegistration } from './update-registration.js';

const LONGEST_REASON = 1_000;

@Resolver(() => Registration)
export class RegistrationResolver {
  @Access(anyPerson)
  @Mutation(() => RegistrationPayload, {
    description:
      'Asks for seats at an event (påmelding), for an organisation or for oneself: CONFIRMED with all of them, or WAITING for all of them. While anybody waits, nobody passes them.',
  })
  async registerForEvent(
    @Ctx() context: RequestContext,
    @Arg('input', () => RegisterForEventInput, { description: 'What is asked for.' })
    input: RegisterForEventInput,
  ): Promise<RegistrationPayload> {
    const event = await demandPublishedEvent(context, input.eventId);
    const { organisationNumber, clientKey } = input;
    if (organisationNumber && context.isPermissionChecked && !context.actor.represents(organisationNumber)) {
      const operation = context.operation ?? 'unknown';
      throw await context.refusal(operation, {}, { type: 'Event', id: event.id });
    }
    const before = await registrationByKey(context, event.id, clientKey);
    if (before) return { registration: before, userErrors: [] };
    const { request, mend } = registrationRequest(input);
    if (mend.length > 0) return payload(context, { mend });
    // Where the rule does not ask, the database does: nobody is not somebody.
    const registrant = { personId: context.actor.personId ?? '', language: context.language };
    try {
      const work = context.change((change) => register(context.store, change, request, registrant));
      return payload(context, await unlessUndone(work));
    } catch (error) {
      if (!(error instanceof Repeated)) throw error;
      const registration = await registrationByKey(context, event.id, clientKey);
      if (!registration) throw noSuchRegistration();
      return { registration, userErrors: [] };
    }
  }

  @Access(anyPerson)
  @Mutation(() => RegistrationPayload, {
    description:
      'Changes names, the contact, chosen sessions, or to fewer seats (endre påmelding). The place in line stays. For the registration’s own people and the hosts of the event.',
  })
  async updateRegistration(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateRegistrationInput, { description: 'What is to be different.' })
    input: UpdateRegistrationInput,
  ): Promise<RegistrationPayload> {
    const registration = await demandRegistration(context, input.id);
    try {
      const work = context.change((change) => updateRegistration(context.store, change, input));
      return payload(context, await unlessUndone(work));
    } catch (error) {
      if (error instanceof Unchanged) return { registration, userErrors: [] };
      throw error;
    }
  }

  @Access(anyPerson)
  @Mutation(() => RegistrationPayload, {
    description:
      'Leaves an event or its waiting list (avmelding); seats that were held pass on at once. Hosts may cancel for others and say why, also while the event is on when somebody did not come.',
  })
  async cancelRegistration(
    @Ctx() context: RequestContext,
    @Arg('input', () => CancelRegistrationInput, { description: 'Which.' })
    { id, reason: given }: CancelRegistrationInput,
  ): Promise<RegistrationPayload> {
    const registration = await demandRegistration(context, id);
    const path = ['input', 'reason'];
    const reason = given?.trim() || null;
    if (reason === null && !isOwn(context, registration))
      return payload(context, { mend: [reasonMissing(path)] });
    if (reason !== null && reason.length > LONGEST_REASON) {
      return payload(context, { mend: [textTooLong(path, LONGEST_REASON)] });
    }
    // A reason is a host's; whoever leaves owes nobody one.
    const why = isOwn(context, registration) ? null : reason;
    const work = context.change((change) => cancelRegistration(context.store, change, { id, reason: why }));
    return payload(context, await unlessUndone(work));
  }

  @Access(anyPerson)
  @Mutation(() => RegistrationPayload, {
    description: 'Accepts seats that were offered (si ja til ledig plass), before `offerExpiresAt`.',
  })
  async acceptOffer(
    @Ctx() context: RequestContext,
    @Arg('input', () => AnswerOfferInput, { description: 'Which.' }) { id }: AnswerOfferInput,
  ): Promise<RegistrationPayload> {
    await demandRegistration(context, id);
    const work = context.change((change) => acceptOffer(context.store, change, id));
    return payload(context, await unlessUndone(work));
  }

  @Access(anyPerson)
  @Mutation(() => RegistrationPayload, {
    description:
      'Declines seats that were offered (si nei til ledig plass): they pass on to the next in line at once, and the registration is cancelled.',
  })
  async declineOffer(
    @Ctx() context: RequestContext,
    @Arg('input', () => AnswerOfferInput, { description: 'Which.' }) { id }: AnswerOfferInput,
  ): Promise<RegistrationPayload> {
    await demandRegistration(context, id);
    const work = context.change((change) => declineOffer(context.store, change, id));
    return payload(context, await unlessUndone(work));
  }
}

function payload(
  context: RequestContext,
  result: Registration | { readonly mend: readonly Mendable[] },
): RegistrationPayload {
  if ('mend' in result) return { registration: null, userErrors: toUserErrors(result.mend, context) };
  return { registration: result, userErrors: [] };
}
