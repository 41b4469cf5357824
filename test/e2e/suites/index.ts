import { afterAll, beforeAll, describe } from 'vitest';
import { type Graph, type Hosting, hostings } from '../../support/hostings.js';
import { givesListsPageByPage } from './lists.js';
import { answersTheOneQuestion } from './one-question.js';
import { importsRealNotices } from './real-notices.js';

/** The end-to-end suite, the same for every hosting: started once, with demo data, asked over HTTP. */
export function endToEnd(hosting: Hosting): void {
  describe(hosting, () => {
    let graph: Graph;
    beforeAll(async () => {
      graph = await hostings[hosting]();
    });
    afterAll(() => graph?.[Symbol.asyncDispose]());

    answersTheOneQuestion(() => graph);
    importsRealNotices(() => graph);
    givesListsPageByPage(() => graph);
  });
}
