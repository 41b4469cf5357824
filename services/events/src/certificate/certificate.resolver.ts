import { Access, anyone, RequestContext } from '@samspill/subgraph';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { printedCode, readCheckInCode } from '../check-in/code.js';
import { Event } from '../event/event.js';
import { eventById } from '../event/event.loader.js';
import { Certificate } from './certificate.js';
import { isValid } from './certificates.js';

@Resolver(() => Certificate)
export class CertificateResolver {
  @Access(anyone)
  @Query(() => Certificate, {
    nullable: true,
    description:
      'Whether a certificate (kursbevis) is genuine, by the code that stands on it. It says which event, and not who. Null when there is no such code.',
  })
  async certificate(
    @Ctx() context: RequestContext,
    @Arg('code', () => String, {
      description: 'The code, as somebody typed it: small letters, spaces and hyphens do no harm.',
    })
    typed: string,
  ): Promise<Certificate | null> {
    const code = readCheckInCode(typed);
    return code === null ? null : context.store.as('system').findOne(Certificate, { code });
  }

  @FieldResolver(() => String, { description: 'The code (kontrollkode), as it is printed.' })
  code(@Root() certificate: Certificate): string {
    return printedCode(certificate.code);
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether it still holds (gyldig): the event was held, and the organiser stands by that they were there.',
  })
  valid(@Ctx() context: RequestContext, @Root() certificate: Certificate): Promise<boolean> {
    return isValid(context.store.as('system'), certificate, context.clock.now());
  }

  @FieldResolver(() => Event, { nullable: true, description: 'The event (arrangement) that it is for.' })
  event(@Ctx() context: RequestContext, @Root() certificate: Certificate): Promise<Event | null> {
    return eventById(context, certificate.eventId);
  }
}
