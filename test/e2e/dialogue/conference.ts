import { expect, it } from 'vitest';
import { mailOf, type Story, supplierIds, suppliers } from './story.js';

/** A dialogue conference: an event of the events service, in the same chain. */
export function aConferenceIsHeld(story: () => Story): void {
  it('the host invites to a dialogue conference, and the suppliers register', async () => {
    const { event } = await story().does(
      'event-host',
      'createEvent',
      {
        ...{ municipality: '3118', dialogueId: story().dialogue, procurementId: story().procurement },
        ...{ title: 'Dialogkonferanse om trygge netter', kind: 'DIALOGUE_CONFERENCE' },
        ...{ description: 'Kommunen forteller hva den trenger, og alle spør.', capacity: 10 },
        ...{ startsAt: '2027-01-20T09:00:00Z', endsAt: '2027-01-20T12:00:00Z' },
        ...{ registrationOpensAt: '2027-01-11T08:00:00Z', organiser: 'Indre Østfold kommune' },
        venue: { name: 'Askim kulturhus', municipality: '3118' },
      },
      'event { id }',
    );
    story().conference = event.id;
    const see = `query ($id: ID!) { marketDialogue(id: $id) {
      events(first: 5) { nodes { id title status seatsTaken seatsFree venue { name } } } } }`;
    const seen = async () =>
      (await story().sees('public', see, { id: story().dialogue })).marketDialogue.events.nodes;
    expect(await seen()).toEqual([]);
    await story().does('event-host', 'publishEvent', { id: event.id });
    for (const [at, who] of supplierIds.entries()) {
      const { registration } = await story().does(
        who,
        'registerForEvent',
        {
          ...{ eventId: event.id, ...suppliers[who], seats: 1 + (at % 2) },
          ...{ contactName: `Kontakt for ${who}`, contactEmail: mailOf(who) },
        },
        'registration { status }',
      );
      expect(registration.status).toBe('CONFIRMED');
    }
    expect(await seen()).toMatchObject([{ id: event.id, seatsTaken: 6, seatsFree: 4 }]);
  });

  it('what is said there is told to all at once', async () => {
    story().clock.set('2027-01-20T12:30:00Z');
    const text = 'Kommunen sa på konferansen at sykehjemmene har trådløst nett i alle rom.';
    const { disclosure } = await story().does(
      'officer',
      'disclose',
      { dialogueId: story().dialogue, text, channel: 'CONFERENCE', toldAt: '2027-01-20T10:00:00Z' },
      'disclosure { number toldTo publishedAt }',
    );
    expect(disclosure).toEqual({ number: 1, toldTo: 'ALL', publishedAt: '2027-01-20T12:30:00.000Z' });
    story().told.push(text);
    for (const who of supplierIds) await story().receives(mailOf(who), text);
  });
}
