import { afterAll, beforeAll, describe } from 'vitest';
import { databaseKinds } from '../support/databases.js';
import { whatIsLeft } from './conference/afterwards.js';
import { isAnnounced } from './conference/announced.js';
import { calendarsFollow } from './conference/calendars-follow.js';
import { Conference } from './conference/conference.js';
import { hoursAsSeconds } from './conference/hours-as-seconds.js';
import { groupsRegister } from './conference/registering.js';
import { peopleCome } from './conference/the-day.js';
import { seatsPassOn } from './conference/waiting-list.js';

/*
 * The conference in Askim on 17 October 2017, run in the product from the first draft until nothing is left but the
 * numbers: through the gateway, over HTTP, by 180 people with tokens of their own and the host of the event. The time
 * is the test's. After each step the product is held against bookkeeping that shares nothing with it. Each chapter
 * goes on where the one before ended.
 */

const SEED = Number(process.env.CONFERENCE_SEED ?? 20171017);

describe.each(databaseKinds)(`the conference on the %s database, seed ${SEED}`, (kind) => {
  let conference: Conference;
  let hours: Disposable;
  beforeAll(async () => {
    hours = hoursAsSeconds();
    conference = await Conference.open(kind, SEED);
  });
  afterAll(async () => {
    hours?.[Symbol.dispose]();
    await conference?.[Symbol.asyncDispose]();
  });

  const place = () => conference;
  isAnnounced(place);
  groupsRegister(place);
  seatsPassOn(place);
  calendarsFollow(place);
  peopleCome(place);
  whatIsLeft(place);
});
