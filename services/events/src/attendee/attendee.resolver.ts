import { Access, anyPerson, RequestContext, UserError } from '@samspill/subgraph';
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import { certificateLink } from '../certificate/certificates.js';
import { printedCode } from '../check-in/code.js';
import { Session } from '../event/session.js';
import { Registration } from '../registration/registration.js';
import { registrationById } from '../registration/registration.loader.js';
import { demandAttendee } from '../registration/registration.permission.js';
import { RegistrationStatus } from '../registration/registration.status.js';
import { Unchanged } from '../registration/update-registration.js';
import { Attendee } from './attendee.js';
import { chosenSessionsOf } from './attendee.loader.js';
import { eraseAttendee } from './erase-attendee.js';

@InputType({ description: 'Somebody who has asked to be forgotten.' })
export class EraseAttendeeInput {
  @Field(() => ID, { description: 'The attendee.' })
  attendeeId: string;
}

@ObjectType({ description: 'What became of a wish to be forgotten.' })
export class EraseAttendeePayload {
  @Field(() => ID, { description: 'The attendee, who is still counted and has no name any more.' })
  erasedId: string;

  @Field(() => [UserError], { description: 'Always empty so far: whoever asks twice gets the same.' })
  userErrors: UserError[];
}

@ObjectType({ description: 'An item of the programme that an attendee has chosen (valgt programpost).' })
export class ChosenSession {
  @Field(() => Session, { description: 'The item.' })
  session: Session;

  @Field(() => Boolean, {
    description:
      'Whether they have a seat there (har plass). Else it is a wish, while the registration waits.',
  })
  held: boolean;
}

@Resolver(() => Attendee)
export class AttendeeResolver {
  @Access(anyPerson)
  @Mutation(() => EraseAttendeePayload, {
    description:
      'Erases who an attendee was, on request (slett personopplysninger): name, code and letters, and for a private person the registration’s contact. The counts stay. For the registration’s own people and the hosts of the event.',
  })
  async eraseAttendee(
    @Ctx() context: RequestContext,
    @Arg('input', () => EraseAttendeeInput, { description: 'Who.' }) { attendeeId }: EraseAttendeeInput,
  ): Promise<EraseAttendeePayload> {
    await demandAttendee(context, attendeeId);
    try {
      await context.change((change) => eraseAttendee(context.store, change, attendeeId));
    } catch (error) {
      // Asked again, it is done already.
      if (!(error instanceof Unchanged)) throw error;
    }
    return { erasedId: attendeeId, userErrors: [] };
  }

  @FieldResolver(() => Registration, {
    nullable: true,
    description: 'The registration (påmelding) that the seat is part of.',
  })
  registration(@Ctx() context: RequestContext, @Root() attendee: Attendee): Promise<Registration | null> {
    return registrationById(context, attendee.registrationId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The code to show at the entrance (innsjekkingskode), such as 7K3QM-90VXD. Null until the registration is confirmed, and once erased.',
  })
  async checkInCode(@Ctx() context: RequestContext, @Root() attendee: Attendee): Promise<string | null> {
    if (attendee.checkInCode === null) return null;
    const registration = await registrationById(context, attendee.registrationId);
    return registration?.status === RegistrationStatus.CONFIRMED ? printedCode(attendee.checkInCode) : null;
  }

  @FieldResolver(() => [ChosenSession], {
    description: 'The items of the programme that they have chosen (valgte programposter), in order.',
  })
  sessions(@Ctx() context: RequestContext, @Root() attendee: Attendee): Promise<ChosenSession[]> {
    return chosenSessionsOf(context, attendee);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Where to fetch the certificate (kursbevis) as PDF, for five minutes. Null until the event has been held, and for those who did not come or have no name.',
  })
  certificateUrl(@Ctx() context: RequestContext, @Root() attendee: Attendee): Promise<string | null> {
    return certificateLink(context, attendee.id);
  }
}
