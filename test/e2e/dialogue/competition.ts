import { expect, it } from 'vitest';
import { competition, fileOf, importInto } from '../../support/notices.js';
import { eventually } from '../../support/programs.js';
import { buyer, PLANNING_NOTICE } from './need.js';
import { mailOf, numberOf, type Story, suppliers } from './story.js';

const TITLE = 'Trygghet om natten på sykehjem';
const STATE = `query ($id: ID!) { marketDialogue(id: $id) {
  status closedAt openDisclosures participantCount ledger(first: 50) { nodes { id publishedAt } }
  inputs(first: 50) { nodes { id version } } hearingDocuments { id } meetingRounds { id } } }`;

/** The competition of the same procurement is announced, which ends what may be talked about. */
export function theCompetitionIsAnnounced(story: () => Story): void {
  it('the need is in the competition, and the competition carries the dialogue', async () => {
    story().clock.set('2027-03-01T10:00:00Z');
    const byNotice = story().course.tie === 'BY_PLANNING_NOTICE';
    const lot = { id: 'LOT-0001', title: TITLE, description: 'Fire sykehjem.' };
    const notice = competition({
      ...{ buyer, title: TITLE, dispatchedAt: new Date('2027-03-01T09:00:00Z'), cpv: '85310000' },
      ...(byNotice && { previousPlanning: `${PLANNING_NOTICE}-01` }),
      lots: [{ ...lot, deadline: new Date('2027-04-01T10:00:00Z') }],
    });
    expect(await importInto(story().graph, [fileOf(notice)])).toMatchObject([{ outcome: 'IMPORTED' }]);
    const found = await eventually(async () => {
      const ask = 'query ($id: ID!) { notice(id: $id) { tender { id } procurement { id } } }';
      return (await story().sees('public', ask, { id: `${notice.noticeId}-01` })).notice;
    });
    if (!byNotice) {
      const link = { needId: story().need, procurementId: found.procurement.id };
      await story().isRefused('officer-marker', 'linkNeed', link, ['FORBIDDEN']);
      await story().does('officer', 'linkNeed', link);
    }
    const chain = `query ($need: ID!, $tender: ID!) {
      need(id: $need) { status procurement { id } }
      tender(id: $tender) { title procurement { id } dialogue {
        id isLedHere ledger(first: 50) { totalCount } announcedTender { title tender { id } }
      } } }`;
    const { need, tender } = await eventually(async () => {
      const seen = await story().sees('public', chain, { need: story().need, tender: found.tender.id });
      return seen.need.status === 'IN_TENDER' && seen.tender.dialogue?.announcedTender && seen;
    });
    story().tender = found.tender.id;
    story().procurement = need.procurement.id;
    expect(tender.procurement).toEqual(need.procurement);
    expect(tender.dialogue).toMatchObject({
      ...{ id: story().dialogue, isLedHere: true },
      announcedTender: { title: TITLE, tender: { id: found.tender.id } },
    });
    await story().receives(mailOf('supplier'), 'konkurranse');
  });

  it('from then on there is no talk: each attempt is refused with the reason, and changes nothing', async () => {
    const { dialogue: dialogueId, hearing: documentId } = story();
    const state = () => story().sees('officer', STATE, { id: dialogueId });
    const before = await state();
    const { organisationNumber } = suppliers.supplier;
    const [mine] = story().inputs as [Story['inputs'][number]];
    const day = { from: '2027-03-10T09:00', to: '2027-03-10T12:00' };
    const attempts: [who: string, mutation: string, input: object][] = [
      [
        'officer',
        'disclose',
        { dialogueId, text: 'Bare til dere.', toldTo: organisationNumber, channel: 'EMAIL' },
      ],
      ['supplier', 'submitInput', { dialogueId, organisationNumber, comment: 'Et svar til.' }],
      ['supplier', 'replaceInput', { inputId: mine.id, comment: 'Et annet svar.' }],
      ['supplier', 'withdrawInput', { inputId: mine.id }],
      [
        'supplier-3',
        'commentOnDraft',
        {
          ...{ documentId, organisationNumber: numberOf('supplier-3'), paragraph: 2, text: 'Bra.' },
          ...{ from: 0, to: 7, quote: 'Kameraer' },
        },
      ],
      ['supplier', 'createDialogueDocument', { dialogueId, organisationNumber, name: 'mer.txt', size: 3 }],
      [
        'supplier',
        'joinMarketDialogue',
        { dialogueId, ...suppliers.supplier, contactName: 'N', contactEmail: mailOf('supplier') },
      ],
      ['officer', 'publishHearingDocument', { dialogueId, title: 'Nytt utkast', text: 'Nytt.' }],
      ['officer', 'extendMarketDialogue', { id: dialogueId, closesAt: '2027-03-20T11:00:00Z' }],
      [
        'officer',
        'createMeetingRound',
        { dialogueId, minutes: 30, days: [day], rooms: ['Rom 2'], requestsCloseAt: '2027-03-08T11:00:00Z' },
      ],
      [
        'officer',
        'createMarketDialogue',
        { municipality: '3118', needId: story().need, title: 'En dialog til' },
      ],
    ];
    for (const [who, mutation, input] of attempts) {
      // A dialogue that is closed says that first: whoever wants to tell something tells all.
      if (mutation === 'disclose' && story().course.closes === 'BEFORE') {
        await story().isRefused(who, mutation, input, ['ALREADY_CLOSED']);
        continue;
      }
      const [said] = await story().isRefused(who, mutation, input, ['TENDER_ANNOUNCED']);
      expect(said, mutation).toMatch(new RegExp(`«${TITLE}».*bare lovlig før`));
    }
    expect(await state()).toEqual(before);
    const see = 'query ($id: ID!) { marketDialogue(id: $id) { takesAnswers } }';
    expect(await story().sees('public', see, { id: dialogueId })).toEqual({
      marketDialogue: { takesAnswers: false },
    });
  });
}
