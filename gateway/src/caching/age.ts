/**
 * When something ends that began at a time, in milliseconds, and may be so many seconds old. Ages end with a second of
 * the clock. What is kept for one second never reaches into the next, so that what happens at ten o'clock has happened
 * at ten o'clock in every answer: deadlines are set to the second.
 */
export const endOf = (began: number, seconds: number): number => Math.floor(began / 1_000 + seconds) * 1_000;

/** From when until when something is right, in milliseconds. */
export interface Span {
  readonly since: number;
  readonly until: number;
}

/** A clock that is set back would make everything young again. */
export const isWithin = ({ since, until }: Span, time: number): boolean => time >= since && time < until;
