import { BigIntType } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import {
  connectionType,
  DateTimeScalar,
  type Language,
  OrganisationNumberScalar,
  type Restricted,
  type Restriction,
  Uncached,
} from '@samspill/subgraph';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { RegistrationStatus } from './registration.status.js';

registerEnumType(RegistrationStatus, {
  name: 'RegistrationStatus',
  description: 'Where a registration (påmelding) stands, at the moment of the question.',
  valuesConfig: {
    CONFIRMED: { description: 'Has its seats (bekreftet).' },
    WAITING: { description: 'In the line (på venteliste), at `placeInLine`.' },
    OFFERED: {
      description:
        'Has been offered its seats and has to accept them (tilbud om plass) before `offerExpiresAt`. They are held until then.',
    },
    EXPIRED: { description: 'The offer was not accepted in time, and the seats were passed on (utløpt).' },
    CANCELLED: {
      description:
        'Has left, from the line too, has declined an offer, or was cancelled by the host (avmeldt).',
    },
  },
});

@Uncached()
@ObjectType({
  description:
    'Seats at an event that somebody has asked for (påmelding): for an organisation, or one for a private person. All of them or none.',
})
@Entity({ tableName: 'registration' })
export class Registration implements Restricted {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  eventId: string;

  @Property({ type: 'text', nullable: true })
  municipalityNumber: string | null;

  @Field(() => OrganisationNumberScalar, {
    nullable: true,
    description: 'The organisation (virksomhet) that it is for. Null for a private person.',
  })
  @Property({ type: 'text', nullable: true })
  organisationNumber: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the organisation is called. Null for a private person.',
  })
  @Property({ type: 'text', nullable: true })
  organisationName: string | null;

  @Property({ type: 'text', nullable: true })
  personId: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Whom to ask about it (kontaktperson). Null for somebody who came without registering, and once erased.',
  })
  @Property({ type: 'text', nullable: true })
  contactName: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Where letters about it go (e-post). Null for somebody who came without registering, and once erased.',
  })
  @Property({ type: 'text', nullable: true })
  contactEmail: string | null;

  @Field(() => Int, { description: 'How many seats (antall plasser).' })
  @Property({ type: 'int' })
  seats: number;

  /** As stored; ask `registrationStatus` for what holds now. */
  @Property({ type: 'text' })
  status: RegistrationStatus;

  /** The order of requests, of all of an event. */
  @Property({ type: new BigIntType('number'), columnType: 'bigint' })
  place: number;

  @Field(() => Boolean, {
    description: 'Whether somebody came without having registered, and was let in (møtte uten påmelding).',
  })
  @Property({ type: 'boolean' })
  walkIn: boolean;

  @Property({ type: 'text', nullable: true })
  clientKey: string | null;

  @Property({ type: 'text' })
  language: Language;

  @Field(() => DateTimeScalar, { description: 'When it was asked for (påmeldt).' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  registeredAt: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When it was offered seats that had become free. Null when it did not have to wait, or still does.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  offeredAt: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when the offer has or had to be accepted (svarfrist). Null when there was none.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  offerExpiresAt: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was cancelled (avmeldt).' })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  cancelledAt: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why the host cancelled it (begrunnelse). Null when its own people did.',
  })
  @Property({ type: 'text', nullable: true })
  cancellationReason: string | null;

  /** When names and addresses were erased. */
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  erasedAt: Date | null;

  restriction(): Restriction {
    return {
      object: { type: 'Registration', id: this.id },
      owner: { municipality: this.municipalityNumber, organisation: this.organisationNumber },
    };
  }
}

export const RegistrationConnection = connectionType(Registration, 'registrations');
