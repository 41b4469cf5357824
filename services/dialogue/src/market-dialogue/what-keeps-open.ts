import type { EntityManager } from '@mikro-orm/postgresql';
import type { Mendable } from '@samspill/subgraph';
import { whatStandsOpen } from '../closing/what-stands-open.js';
import { Disclosure } from '../disclosure/disclosure.js';
import { openInputs } from '../input/input.loader.js';
import { meetingsWithoutMinutes } from '../meeting/meeting.loader.js';
import type { MarketDialogue } from './market-dialogue.js';

/**
 * What stands in the way of calling a dialogue off: the same as of closing it, but for the deadline, which nobody waits
 * for any more. Asked as the service: what an officer does not see would be taken for done.
 */
export async function whatKeepsOpen(
  em: EntityManager,
  dialogue: MarketDialogue,
  now: Date,
): Promise<Mendable[]> {
  const { id, ledHere, announcedAt, closedAt, summarisedAt } = dialogue;
  const untold = await em.find(
    Disclosure,
    { dialogueId: id, publishedAt: null },
    { fields: ['number'], orderBy: { number: 'asc' } },
  );
  const facts = {
    ...{ ledHere, announcedAt, closedAt, summarisedAt, closesAt: null, tenderAnnounced: false },
    openDisclosures: untold.map(({ number }) => number),
    openInputs: await openInputs(em, id),
    meetingsWithoutMinutes: await meetingsWithoutMinutes(em, id),
  };
  return whatStandsOpen(facts, now).map((open) => ({ ...open, path: ['input', 'id'] }));
}
