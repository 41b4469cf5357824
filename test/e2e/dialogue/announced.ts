import { expect, it } from 'vitest';
import { mailOf, numberOf, type Story, supplierIds, suppliers } from './story.js';

export const OPENS = '2027-01-18T07:00:00.000Z';
export const CLOSES = '2027-02-19T11:00:00.000Z';

/** The market is told, and four suppliers join. */
export function theMarketIsInvited(story: () => Story): void {
  it('the dialogue of the need is prepared by officers alone, and announced to all', async () => {
    story().clock.set('2027-01-08T08:00:00Z');
    const { marketDialogue: dialogue } = await story().does(
      'officer',
      'createMarketDialogue',
      {
        ...{ municipality: '3118', needId: story().need, title: 'Trygge netter: hva er mulig?' },
        ...{ opensAt: OPENS, closesAt: CLOSES, expectedTenderDate: '2027-03-01', cpv: '85310000' },
        description: 'Vi vil forstå hva som gir beboerne ro og nattevakten tid. Alle som vil, kan delta.',
        contact: { name: 'Innkjøp', email: 'innkjop@kommune.example' },
      },
      'marketDialogue { id procurement { id } }',
    );
    story().dialogue = dialogue.id;
    expect(dialogue.procurement.id).toBe(story().procurement);
    const { marketDialogue: planned } = await story().does(
      'officer',
      'setDialogueActivities',
      {
        id: dialogue.id,
        activities: [
          {
            ...{ type: 'DIALOGUE_CONFERENCE', title: 'Dialogkonferanse', place: 'Askim kulturhus' },
            ...{ startsAt: '2027-01-20T09:00:00Z', endsAt: '2027-01-20T12:00:00Z' },
          },
          { type: 'WRITTEN_INPUT', title: 'Skriftlige innspill', startsAt: OPENS, endsAt: CLOSES },
          { type: 'ONE_TO_ONE_MEETINGS', title: 'Én-til-én-møter', startsAt: '2027-01-29T08:00:00Z' },
        ],
      },
      'marketDialogue { activities { id title } }',
    );
    expect(planned.activities.map(({ title }: { title: string }) => title)).toEqual([
      ...['Dialogkonferanse', 'Skriftlige innspill', 'Én-til-én-møter'],
    ]);
    const { marketDialogue: asked } = await story().does(
      'officer',
      'setDialogueQuestions',
      {
        id: dialogue.id,
        questions: [
          { text: 'Hva gir god søvn og trygghet?', kind: 'TEXT', wordLimit: 60, isRequired: true },
          { text: 'Kan dere levere uten å filme noen?', kind: 'YES_NO', isRequired: true },
          { text: 'Hvor mange sykehjem kan dere ta samtidig?', kind: 'NUMBER' },
          { text: 'Hva bør vi betale for?', kind: 'CHOICE', choices: ['Per beboer', 'Per oppnådd effekt'] },
        ],
      },
      'marketDialogue { questionnaire { id kind } }',
    );
    story().questions = asked.questionnaire;
    const see = 'query ($id: ID!) { marketDialogue(id: $id) { status need { status } takesAnswers } }';
    for (const who of ['public', 'supplier', 'officer-marker']) {
      expect(await story().sees(who, see, { id: dialogue.id })).toEqual({ marketDialogue: null });
    }
    await story().isRefused('officer-marker', 'announceMarketDialogue', { id: dialogue.id }, ['NOT_FOUND']);
    await story().does('officer', 'announceMarketDialogue', { id: dialogue.id });
    expect(await story().sees('public', see, { id: dialogue.id })).toEqual({
      marketDialogue: { status: 'ANNOUNCED', need: { status: 'IN_DIALOGUE' }, takesAnswers: false },
    });
    await story().receives(mailOf('supplier'), 'Trygge netter på sykehjemmet');
  });

  it('four suppliers join, and nobody sees which before the summary', async () => {
    story().clock.set('2027-01-11T08:00:00Z');
    for (const who of supplierIds) {
      await story().does(who, 'joinMarketDialogue', {
        ...{ dialogueId: story().dialogue, ...suppliers[who] },
        ...{ contactName: `Kontakt for ${who}`, contactEmail: mailOf(who) },
      });
    }
    await story().isRefused(
      'person',
      'joinMarketDialogue',
      {
        ...{ dialogueId: story().dialogue, ...suppliers.supplier },
        ...{ contactName: 'Petra', contactEmail: mailOf('person') },
      },
      ['FORBIDDEN'],
    );
    const see = `query ($id: ID!) { marketDialogue(id: $id) {
      participantCount participants { organisationNumber contactEmail supplier { id } } } }`;
    const seen = async (who: string) =>
      (await story().sees(who, see, { id: story().dialogue })).marketDialogue;
    expect(await seen('public')).toEqual({ participantCount: 4, participants: [] });
    expect(await seen('supplier-2')).toMatchObject({
      participantCount: 4,
      participants: [{ organisationNumber: numberOf('supplier-2'), contactEmail: mailOf('supplier-2') }],
    });
    expect((await seen('officer')).participants).toHaveLength(4);
    const input = { dialogueId: story().dialogue, organisationNumber: numberOf('supplier'), comment: 'x' };
    await story().isRefused('supplier', 'submitInput', input, ['NOT_OPEN']);
  });
}
