import { AdjustableClock } from '@samspill/values';
import { afterAll, beforeAll, describe } from 'vitest';
import { startTestRegion } from '../support/region.js';
import { theMarketIsInvited } from './dialogue/announced.js';
import { theChainIsShown } from './dialogue/chain.js';
import { closingIsRefused, theTalkIsEnded } from './dialogue/closing.js';
import { theCompetitionIsAnnounced } from './dialogue/competition.js';
import { aConferenceIsHeld } from './dialogue/conference.js';
import { suppliersAnswer } from './dialogue/input.js';
import { meetingsAreDrawn } from './dialogue/meetings.js';
import { aNeedIsWritten } from './dialogue/need.js';
import { Story } from './dialogue/story.js';
import { theDialogueIsSummarised } from './dialogue/summary.js';

/*
 * A market dialogue from need to summary and to the competition that carries it, as front ends go through it: over
 * HTTP, with the tokens of those who do it. Each step goes on where the one before it stopped.
 */
const courses = [
  ['embedded', { tie: 'BY_PLANNING_NOTICE', closes: 'BEFORE' }],
  ['postgresql', { tie: 'BY_LINK', closes: 'AFTER' }],
] as const;

describe.each(courses)('a dialogue on the database %s', (kind, course) => {
  let story: Story;
  beforeAll(async () => {
    const clock = new AdjustableClock('2027-01-04T07:00:00Z');
    story = new Story(await startTestRegion(kind, { clock }), clock, course);
  });
  afterAll(async () => {
    await story?.region[Symbol.asyncDispose]();
  });
  const told = () => story;

  aNeedIsWritten(told);
  theMarketIsInvited(told);
  aConferenceIsHeld(told);
  suppliersAnswer(told);
  meetingsAreDrawn(told);
  closingIsRefused(told);
  if (course.closes === 'BEFORE') theTalkIsEnded(told);
  theCompetitionIsAnnounced(told);
  if (course.closes === 'AFTER') theTalkIsEnded(told);
  theDialogueIsSummarised(told);
  theChainIsShown(told);
});
