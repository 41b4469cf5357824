export enum RegistrationStatus {
  CONFIRMED = 'CONFIRMED',
  WAITING = 'WAITING',
  OFFERED = 'OFFERED',
  EXPIRED = 'EXPIRED',
  CANCELLED = 'CANCELLED',
}

/** What, with the clock, says where a registration stands. */
export interface RegistrationState {
  readonly status: RegistrationStatus;
  readonly offerExpiresAt: Date | null;
}

/** An offer ends at its time, also in the second before the seats are passed on. */
export function registrationStatus(
  { status, offerExpiresAt }: RegistrationState,
  now: Date,
): RegistrationStatus {
  const hasEnded = status === RegistrationStatus.OFFERED && offerExpiresAt !== null && offerExpiresAt <= now;
  return hasEnded ? RegistrationStatus.EXPIRED : status;
}

/** Whose seats count as taken. */
export const WITH_SEATS = [RegistrationStatus.CONFIRMED, RegistrationStatus.OFFERED] as const;

/** Those that have not come to an end: whoever is in the line counts as well. */
export const ALIVE = [...WITH_SEATS, RegistrationStatus.WAITING] as const;

export const hasSeats = (status: RegistrationStatus): boolean =>
  (WITH_SEATS as readonly RegistrationStatus[]).includes(status);

export const isAlive = (status: RegistrationStatus): boolean =>
  (ALIVE as readonly RegistrationStatus[]).includes(status);
