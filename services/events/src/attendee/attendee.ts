import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import {
  connectionType,
  DateTimeScalar,
  type Restricted,
  type Restriction,
  Uncached,
} from '@samspill/subgraph';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum CheckInMethod {
  CODE = 'CODE',
  BY_HAND = 'BY_HAND',
}

registerEnumType(CheckInMethod, {
  name: 'CheckInMethod',
  description: 'How it is known that somebody came.',
  valuesConfig: {
    CODE: { description: 'By the code of the confirmation (kode).' },
    BY_HAND: { description: 'Ticked off by a host, perhaps afterwards from paper (manuelt).' },
  },
});

@Uncached()
@ObjectType({
  description:
    'One seat of a registration and whoever has it (deltaker). Only for the registration’s own people and the hosts of the event.',
})
@Entity({ tableName: 'attendee' })
export class Attendee implements Restricted {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  registrationId: string;

  @Property({ type: 'text' })
  eventId: string;

  @Property({ type: 'text', nullable: true })
  municipalityNumber: string | null;

  @Property({ type: 'text', nullable: true })
  organisationNumber: string | null;

  /** The order within the registration. */
  @Property({ type: 'int' })
  number: number;

  @Field(() => String, {
    nullable: true,
    description: 'Name. Null while it is not said who comes, and once erased.',
  })
  @Property({ type: 'text', nullable: true })
  name: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The organisation (virksomhet) that they come from. Null for a private person.',
  })
  @Property({ type: 'text', nullable: true })
  organisationName: string | null;

  @Property({ type: 'text', nullable: true })
  checkInCode: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When they came (møtt). Null when not, or not yet.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  checkedInAt: Date | null;

  @Field(() => CheckInMethod, {
    nullable: true,
    description: 'How that is known. Null when they have not come.',
  })
  @Property({ type: 'text', nullable: true })
  checkInMethod: CheckInMethod | null;

  /** Attendees are read and logged as what they are part of. */
  restriction(): Restriction {
    const { registrationId: id, municipalityNumber: municipality, organisationNumber: organisation } = this;
    return { object: { type: 'Registration', id }, owner: { municipality, organisation } };
  }
}

export const AttendeeConnection = connectionType(Attendee, 'attendees');
