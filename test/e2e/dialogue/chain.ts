import ICAL from 'ical.js';
import { expect, it } from 'vitest';
import { everyNode } from '../../support/pages.js';
import type { Story } from './story.js';

interface Entry {
  id: string;
  at: string;
  kind: string;
  title: string;
  subject: Record<string, string | null>;
}

const ENTRY = `id at kind title subject { __typename
  ... on Need { words: title effect } ... on MarketDialogue { words: title dialogueCalendarUrl }
  ... on Event { words: title startsAt } ... on Tender { words: title deadline }
  ... on Notice { words: title publishedAt } }`;

/** The whole chain as one line of time, and as calendars. */
export function theChainIsShown(story: () => Story): void {
  it('the timeline shows need, dialogue, conference and competition in order, each by whoever owns it', async () => {
    const { course, told, procurement } = story();
    const list = `timeline`;
    const all = await story().sees(
      'public',
      `query ($id: ID!) { procurement(id: $id) { ${list}(first: 200) { totalCount nodes { ${ENTRY} } } } }`,
      { id: procurement },
    );
    const { nodes, totalCount } = all.procurement.timeline as { nodes: Entry[]; totalCount: number };
    const disclosed = (texts: string[]) => texts.map((text) => ['DIALOGUE_DISCLOSED', text]);
    const dialogue = 'Trygge netter: hva er mulig?';
    const ended = [...disclosed(told.slice(1)), ['DIALOGUE_CLOSED', dialogue]];
    const announced = ['TENDER_ANNOUNCED', 'Trygghet om natten på sykehjem'];
    expect(nodes.map(({ kind, title }) => [kind, title])).toEqual([
      ['NEED_PUBLISHED', 'Trygge netter på sykehjemmet'],
      ['NEED_JOINED', 'Trygge netter på sykehjemmet'],
      ...(course.tie === 'BY_PLANNING_NOTICE'
        ? ['DIALOGUE_ANNOUNCED', 'TENDER_PLANNED'].map((kind) => [kind, 'Trygghet om natten: veiledende'])
        : []),
      ['DIALOGUE_ANNOUNCED', dialogue],
      ['EVENT_PUBLISHED', 'Dialogkonferanse om trygge netter'],
      ['DIALOGUE_OPENED', dialogue],
      ['DIALOGUE_ACTIVITY', 'Skriftlige innspill'],
      ['DIALOGUE_ACTIVITY', 'Dialogkonferanse'],
      ['EVENT_HELD', 'Dialogkonferanse om trygge netter'],
      ...disclosed(told.slice(0, 1)),
      ['MEETINGS_DRAWN', 'Møterunde 1'],
      ['DIALOGUE_ACTIVITY', 'Én-til-én-møter'],
      ['MEETINGS_DRAWN', 'Møterunde 2'],
      ...(course.closes === 'BEFORE' ? [...ended, announced] : [announced, ...ended]),
      ['DIALOGUE_SUMMARISED', dialogue],
      ['TENDER_DEADLINE', 'Trygghet om natten på sykehjem'],
    ]);
    expect(totalCount).toBe(nodes.length);
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
    expect(nodes.map(({ at }) => at)).toEqual(nodes.map(({ at }) => at).toSorted());
    const owner: Record<string, string> = {
      ...{ NEED: 'Need', DIALOGUE: 'MarketDialogue', MEETINGS: 'MarketDialogue', EVENT: 'Event' },
      TENDER: 'Notice',
    };
    for (const { kind, subject } of nodes) {
      const type = kind === 'TENDER_DEADLINE' ? 'Tender' : owner[kind.split('_')[0] as string];
      expect(subject, kind).toMatchObject({ __typename: type });
      // Something that nobody but its own service knows.
      expect(Object.values(subject).filter(Boolean), kind).toHaveLength(3);
    }
    story().expectNoSecret(JSON.stringify(nodes), 'the timeline');
    const paged = await everyNode<Entry>(
      {
        query: async (query, variables) => {
          const { data, errors } = await story().graph.query(
            query
              .replace('list: timeline', 'list: procurement(id: $id) { list: timeline')
              .replace(/\}\s*$/, '} }'),
            { ...variables, id: procurement },
          );
          return { data: data && { list: data.list.list }, errors };
        },
      },
      { list, nodes: 'id', pageSize: 4, declare: '$id: ID!' },
    );
    expect(paged.nodes.map(({ id }) => id)).toEqual(nodes.map(({ id }) => id));
    const some = await story().sees(
      'public',
      `query ($id: ID!) { procurement(id: $id) { timeline(kinds: [NEED_PUBLISHED, TENDER_ANNOUNCED], first: 1) {
        totalCount nodes { kind } pageInfo { hasNextPage } } } }`,
      { id: procurement },
    );
    expect(some.procurement.timeline).toEqual({
      totalCount: 2,
      nodes: [{ kind: 'NEED_PUBLISHED' }],
      pageInfo: { hasNextPage: true },
    });
  });

  it('the calendar of the dialogue is one that another programme reads', async () => {
    const ask = 'query ($id: ID!) { marketDialogue(id: $id) { dialogueCalendarUrl } }';
    const { marketDialogue } = await story().sees('public', ask, { id: story().dialogue });
    const addresses = [marketDialogue.dialogueCalendarUrl, '/dialogue/calendar/municipalities/3118.ics'];
    for (const [at, address] of addresses.entries()) {
      const ics = new TextDecoder().decode(await story().fetches(address, 'text/calendar'));
      const calendar = new ICAL.Component(ICAL.parse(ics));
      const entries = calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));
      const titles = entries.map(({ summary }) => summary);
      expect(titles).toEqual(expect.arrayContaining(['Dialogkonferanse: Trygge netter: hva er mulig?']));
      if (at === 0)
        expect(titles.filter((title) => /Svarfrist|Frist for å be om møte/.test(title))).toHaveLength(3);
      const conference = entries.find(({ summary }) => summary.startsWith('Dialogkonferanse: Trygge'));
      expect(conference?.location).toBe('Askim kulturhus');
      expect(conference?.startDate.toJSDate().toISOString()).toBe('2027-01-20T09:00:00.000Z');
      expect(conference?.endDate.toJSDate().toISOString()).toBe('2027-01-20T12:00:00.000Z');
      expect(new Set(entries.map(({ uid }) => uid)).size).toBe(entries.length);
      story().expectNoSecret(ics, 'the calendar');
    }
  });
}
