import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { mailOf, numberOf, type Story, type SupplierId, supplierIds, supplierWith } from './story.js';

interface Lot {
  organisationNumber: string;
  digest: string;
  hadMeetingBefore: boolean;
  slot: { id: string } | null;
}

const ROUND = `query ($id: ID!) { meetingRound(id: $id) {
  status seedCommitment seed requestCount slots { id startsAt room }
  requests(first: 9) { nodes { organisationNumber } } meetings(first: 9) { nodes { id organisationNumber status
    minutes { text isConfirmed } tradeSecrets { text } } }
  draw { seed order { position organisationNumber digest hadMeetingBefore unavailable slot { id } } } } }`;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Two rounds of meetings, each with fewer times than wishes; anyone can replay the lot. */
export function meetingsAreDrawn(story: () => Story): void {
  let met: SupplierId[] = [];

  it('two of four get a meeting in the first round, by a lot that anyone can replay', async () => {
    story().clock.set('2027-01-25T09:00:00Z');
    const { id } = await newRound(
      { from: '2027-01-29T09:00', to: '2027-01-29T10:45' },
      '2027-01-27T11:00:00Z',
    );
    const order = await drawn(id, '2027-01-27T11:00:00Z', {});
    expect(order.map(({ hadMeetingBefore }) => hadMeetingBefore)).toEqual([false, false, false, false]);
    expect(order.map(({ slot }) => slot !== null)).toEqual([true, true, false, false]);
    met = order.slice(0, 2).map(({ organisationNumber }) => supplierWith(organisationNumber));
  });

  it('what is told in a meeting stands in the ledger, for that supplier and the officers alone', async () => {
    story().clock.set('2027-01-29T12:00:00Z');
    const [one, other] = met as [SupplierId, SupplierId];
    const secret = 'Prototypen heter Nattugle og er ikke patentert.';
    story().secrets.push(secret);
    const told = [
      `Kommunen sa til ${one} at fem sykehjem blir fire fra 2028.`,
      `Kommunen sa til ${one} at nattevakten er to personer.`,
    ];
    const meeting = await meetingOf(one);
    const text = 'Vi gikk gjennom behovet.';
    await story().isRefused('officer', 'recordMinutes', { meetingId: meeting, text, told: [] }, [
      'NOTHING_TOLD_UNSAID',
    ]);
    await story().does('officer', 'recordMinutes', { meetingId: meeting, text, told, tradeSecrets: secret });
    await story().does(one, 'commentOnMinutes', { meetingId: meeting, confirms: true });
    story().told.push(...told);
    const also = `Kommunen sa til ${other} at anlegget skal være på plass i oktober.`;
    await story().does('officer', 'recordMinutes', { meetingId: await meetingOf(other), text, told: [also] });
    story().told.push(also);
    const ledger = `query ($id: ID!) { marketDialogue(id: $id) { openDisclosures
      ledger(first: 50) { nodes { number text toldTo organisationNumber channel publishedAt } } } }`;
    const seenBy = async (who: string) =>
      (await story().sees(who, ledger, { id: story().dialogue })).marketDialogue;
    const textsFor = async (who: string) =>
      (await seenBy(who)).ledger.nodes.map((entry: { text: string }) => entry.text);
    const [toAll] = story().told;
    expect(await textsFor(one)).toEqual([toAll, ...told]);
    expect(await textsFor(other)).toEqual([toAll, also]);
    for (const who of ['public', 'officer-marker']) expect(await textsFor(who)).toEqual([toAll]);
    expect((await seenBy('officer')).openDisclosures).toBe(3);
    expect((await seenBy('public')).openDisclosures).toBeNull();
    expect((await seenBy('officer')).ledger.nodes[1]).toMatchObject({
      ...{
        number: 2,
        toldTo: 'ONE',
        organisationNumber: numberOf(one),
        channel: 'MEETING',
        publishedAt: null,
      },
    });
    for (const letter of story().letters.values()) expect(letter.text).not.toContain('anlegget skal');
  });

  it('whoever had none comes first in the second round', async () => {
    const { id, slots } = await newRound(
      { from: '2027-02-03T09:00', to: '2027-02-03T11:45' },
      '2027-02-01T11:00:00Z',
    );
    const without = supplierIds.filter((each) => !met.includes(each));
    // The first time does not suit one of them.
    const order = await drawn(id, '2027-02-01T11:00:00Z', {
      [without[0] as SupplierId]: [slots[0]?.id as string],
    });
    expect(order.map(({ hadMeetingBefore }) => hadMeetingBefore)).toEqual([false, false, true, true]);
    expect(
      new Set(order.slice(0, 2).map(({ organisationNumber }) => supplierWith(organisationNumber))),
    ).toEqual(new Set(without));
    expect(order.map(({ slot }) => slot !== null)).toEqual([true, true, true, false]);
    met = order.slice(0, 3).map(({ organisationNumber }) => supplierWith(organisationNumber));
  });

  let latest = '';
  async function newRound(day: { from: string; to: string }, requestsCloseAt: string) {
    const { meetingRound } = await story().does(
      'officer',
      'createMeetingRound',
      {
        dialogueId: story().dialogue,
        minutes: 45,
        pauseMinutes: 15,
        days: [day],
        rooms: ['Rom 2'],
        requestsCloseAt,
      },
      'meetingRound { id seedCommitment seed slots { id startsAt } }',
    );
    expect(meetingRound).toMatchObject({
      seed: null,
      seedCommitment: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    latest = meetingRound.id;
    return meetingRound as { id: string; slots: { id: string }[] };
  }

  /** All ask, the lot is drawn, and the test comes to the same by its own arithmetic. */
  async function drawn(id: string, closes: string, unavailable: Partial<Record<SupplierId, string[]>>) {
    for (const who of supplierIds) {
      const input = { roundId: id, organisationNumber: numberOf(who), unavailable: unavailable[who] ?? [] };
      await story().does(who, 'requestMeeting', input);
    }
    await story().isRefused('officer', 'drawMeetings', { roundId: id }, ['REQUESTS_STILL_OPEN']);
    const { meetingRound: before } = await story().sees('public', ROUND, { id });
    expect(before).toMatchObject({ seed: null, draw: null, requestCount: 4, requests: { nodes: [] } });
    const beforehand = new Set(met.map(numberOf));
    story().clock.set(closes);
    await story().isRefused('supplier', 'drawMeetings', { roundId: id }, ['FORBIDDEN']);
    await story().does('officer', 'drawMeetings', { roundId: id });
    await story().isRefused('officer', 'drawMeetings', { roundId: id }, ['ROUND_DRAWN']);
    const { meetingRound: round } = await story().sees('public', ROUND, { id });
    // Who meets whom is for the two; the lot is for everybody.
    expect(round.meetings.nodes).toEqual([]);
    const { seed, order } = round.draw as { seed: string; order: Lot[] };
    expect(sha256(seed)).toBe(before.seedCommitment);
    const lot = (number: string) => `${beforehand.has(number) ? 1 : 0}${sha256(`${seed}:${number}`)}`;
    const numbers = supplierIds.map(numberOf).sort((a, b) => (lot(a) < lot(b) ? -1 : 1));
    const left = (round.slots as { id: string; startsAt: string }[]).toSorted((a, b) =>
      a.startsAt < b.startsAt ? -1 : 1,
    );
    const replayed = numbers.map((organisationNumber, at) => {
      const cannot = unavailable[supplierWith(organisationNumber)] ?? [];
      const suits = left.findIndex((slot) => !cannot.includes(slot.id));
      const slot = suits < 0 ? null : { id: left.splice(suits, 1)[0]?.id };
      return {
        ...{ position: at + 1, organisationNumber, digest: sha256(`${seed}:${organisationNumber}`) },
        ...{ hadMeetingBefore: beforehand.has(organisationNumber), unavailable: cannot, slot },
      };
    });
    expect(order).toEqual(replayed);
    for (const { organisationNumber, slot } of order) {
      const email = mailOf(supplierWith(organisationNumber));
      await story().receives(email, slot ? 'Rom 2' : 'møte');
    }
    return order;
  }

  /** Only the two see it. */
  async function meetingOf(who: SupplierId): Promise<string> {
    const own = (await story().sees(who, ROUND, { id: latest })).meetingRound.meetings.nodes;
    expect(own).toMatchObject([{ organisationNumber: numberOf(who), status: 'HELD' }]);
    return own[0].id;
  }
}
