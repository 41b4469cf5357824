import { settled } from '@samspill/region';
import type { TestRegion } from '../support/region.js';
import { type AskAs, actors, done } from './actors.js';
import { verdicts } from './who-may-do-what.js';

/** What would take away again what the others have made. */
const UNDOING = ['eraseMyPersonalData', 'eraseMember', 'revokeRole', 'importNotices'];

/**
 * Uses the product: everything that can be done in it is done once, by somebody who may, so that there are rows of
 * every kind. A new operation is used as soon as it has a verdict.
 */
export async function useEverything({ region, query }: TestRegion): Promise<AskAs> {
  const as: AskAs = async (who, text, variables) => query(text, variables, await actors[who]());
  for (const [field, cases] of Object.entries(verdicts)) {
    const operation = field.replace('Mutation.', '');
    if (operation === field || UNDOING.includes(operation)) continue;
    for (const { admitted, ask } of cases) {
      const [who] = admitted;
      if (!who) continue;
      const { query: text, variables } = await ask(as);
      await done(as(who, text, variables));
    }
  }
  await settled(region.host);
  return as;
}
