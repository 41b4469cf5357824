import type { FilterQuery } from '@mikro-orm/core';
import type { KeysetOrder } from '@samspill/database';
import { Field, InputType } from 'type-graphql';
import type { Registration } from './registration.js';
import { RegistrationStatus } from './registration.status.js';

@InputType({ description: 'Which registrations (påmeldinger).' })
export class RegistrationFilter {
  @Field(() => [RegistrationStatus], {
    nullable: true,
    description: 'One of these statuses now. Without this: all.',
  })
  status?: RegistrationStatus[];
}

/** In the order in which they were asked for, which is that of the line. */
export const firstAskedFirst: KeysetOrder = {
  name: 'PLACE_ASC',
  property: 'place',
  direction: 'asc',
};

export const lastAskedFirst: KeysetOrder = {
  name: 'REGISTERED_DESC',
  property: 'registeredAt',
  direction: 'desc',
};

export function registrationsMatching(
  filter: RegistrationFilter | null | undefined,
  now: Date,
): FilterQuery<Registration>[] {
  if (!filter?.status) return [];
  return [{ $or: filter.status.map((status) => registrationsWithStatus(status, now)) }];
}

/** `registrationStatus` as a condition for the database; a test holds the two together. */
export function registrationsWithStatus(status: RegistrationStatus, now: Date): FilterQuery<Registration> {
  switch (status) {
    case RegistrationStatus.OFFERED:
      return { status, offerExpiresAt: { $gt: now } };
    case RegistrationStatus.EXPIRED:
      return { $or: [{ status }, { status: RegistrationStatus.OFFERED, offerExpiresAt: { $lte: now } }] };
    default:
      return { status };
  }
}
