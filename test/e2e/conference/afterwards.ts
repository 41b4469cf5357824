import { createHash } from 'node:crypto';
import { extractText, getDocumentProxy } from 'unpdf';
import { expect, it } from 'vitest';
import { mailbox } from '../../support/mailbox.js';
import { eventually } from '../../support/programs.js';
import { upload } from '../../support/upload.js';
import {
  type Conference,
  DAY,
  HOUR,
  MINUTE,
  oslo,
  type Seen,
  type SeenAttendee,
  TITLE,
} from './conference.js';
import type { Group } from './groups.js';
import { type Asked, sum } from './line.js';

/** Certificates, material, letters; and in the end nothing but numbers. */
export function whatIsLeft(conference: () => Conference): void {
  it('gives certificates to those who came, by name, and only once it is held', async () => {
    const later = conference().now;
    conference().clock.set(oslo('2017-10-17', '15:59'));
    for (const { attendees } of await conference().registrations()) {
      for (const { certificateUrl } of attendees) expect(certificateUrl).toBeNull();
    }
    conference().clock.set(new Date(later));
    expect((await conference().event()).status).toBe('HELD');
    const seen = await conference().registrations();
    for (const each of seen.flatMap(({ attendees }) => attendees)) {
      expect(each.certificateUrl !== null, each.id).toBe(each.checkedInAt !== null && each.name !== null);
    }
    // One of each language, fetched by the people themselves.
    for (const language of ['nb', 'nn', 'en'] as const) {
      const asked = conference()
        .line.with('CONFIRMED')
        .find(({ id }) => {
          const { attendees } = seen.find((each) => each.id === id) as Seen;
          return (
            conference().groupOf(id).language === language && attendees.some((each) => each.certificateUrl)
          );
        }) as Asked;
      const { event } = await conference().reads(
        conference().groupOf(asked.id),
        `{ event(id: "${conference().id}") { myRegistrations { id attendees { name organisationName certificateUrl } } } }`,
      );
      const attendee: SeenAttendee = event.myRegistrations
        .find(({ id }: Seen) => id === asked.id)
        .attendees.find(({ certificateUrl }: SeenAttendee) => certificateUrl);
      const { code, text } = await certificateAt(attendee.certificateUrl as string);
      expect(text).toContain({ nb: 'Kursbevis', nn: 'Kursbevis', en: 'Certificate of attendance' }[language]);
      for (const words of [attendee.name, attendee.organisationName, TITLE, '2017']) {
        if (words) expect(text.replaceAll(/\s+/g, ' ')).toContain(words);
      }
      const check = await conference().reads(
        'public',
        `{ certificate(code: "${code}") { valid event { title } } }`,
      );
      expect(check.certificate).toEqual({ valid: true, event: { title: TITLE } });
      conference().clock.advance(6 * MINUTE);
      expect((await fetch(attendee.certificateUrl as string)).status).toBe(403);
    }
  });

  it('publishes its material and its summary to everybody, present or not', async () => {
    const files = [
      [
        'Oppsummering.txt',
        'Oppsummering av konferansen: 150 plasser, og flere som ville komme.\n'.repeat(500),
      ],
      ['Spørsmål og svar.csv', 'spørsmål;svar\nNår?;I oktober.\n'],
    ] as const;
    const documentIds: string[] = [];
    for (const [name, words] of files) {
      const bytes = Buffer.from(words);
      const document = await conference().did(
        'event-host',
        'createEventDocument',
        { eventId: conference().id, name, size: bytes.length },
        'document { id uploadUrl }',
      );
      await upload(document.uploadUrl, bytes);
      documentIds.push(document.id);
    }
    const input = { eventId: conference().id, documentIds };
    await eventually(
      async () => {
        const { codes } = await conference().does('event-host', 'publishMaterial', input, 'event { id }');
        return codes.length === 0;
      },
      { what: 'the documents to be ready' },
    );
    const query = `{ event(id: "${conference().id}") { material { document { name size sha256 downloadUrl } } } }`;
    const { event } = await conference().reads('public', query);
    expect(event.material).toHaveLength(2);
    for (const { document } of event.material) {
      const words = files.find(([name]) => name === document.name)?.[1];
      const response = await fetch(document.downloadUrl);
      const bytes = Buffer.from(await response.arrayBuffer());
      expect([response.status, bytes.toString()]).toEqual([200, words]);
      expect(document.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
    conference().clock.advance(6 * MINUTE);
    expect((await fetch(event.material[0].document.downloadUrl)).status).toBe(403);
    const again = await conference().reads('public', query);
    expect((await fetch(again.event.material[0].document.downloadUrl)).status).toBe(200);
  });

  it('has written one letter for each thing, none twice, each in the language of whom it is to', async () => {
    const expected = [
      ...conference().line.letters,
      ...conference().changeLetters.map((email) => `event-changed ${email}`),
    ].sort();
    const received = async () =>
      (await conference().letters()).flatMap(({ text }) => {
        const [, kindOf] = /Mal ([\w-]+)/.exec(text) ?? [];
        const [email] = /kontakt-\d+@firma\.example/.exec(text) ?? [];
        return kindOf && email ? [{ line: `${kindOf} ${email}`, kindOf, email, text }] : [];
      });
    const letters = await eventually(
      async () => {
        const some = (await received()).filter(({ text }) => text.includes(TITLE));
        return some.length >= expected.length && some;
      },
      { every: 1_000, patience: 60_000, what: `${expected.length} letters` },
    );
    expect(letters.map(({ line }) => line).sort()).toEqual(expected);
    const others = (await received()).filter(({ email }) => email === conference().guest.email);
    expect(others.map(({ kindOf }) => kindOf).sort()).toEqual(['event-cancelled', 'registration-confirmed']);
    const byEmail = new Map(conference().everybody.map((each) => [each.email, each]));
    for (const { email, kindOf, text } of letters) {
      const { language } = byEmail.get(email) as Group;
      expect(text, `${kindOf} ${email}`).toContain(`${SUBJECTS[kindOf]?.[language]}`);
    }
    // The codes that let people in are the ones that were written to them.
    const seen = await conference().registrations();
    for (const { id, attendees } of seen.filter(({ status }) => status === 'CONFIRMED').slice(0, 20)) {
      const { email } = conference().groupOf(id);
      const letter = letters.find(({ line }) => line === `registration-confirmed ${email}`);
      for (const { checkInCode } of attendees) expect(letter?.text).toContain(checkInCode);
    }
  });

  it('forgets who they were after the days it said, and keeps every number', async () => {
    const before = await conference().event();
    const counted = (await conference().registrations()).map(({ id, status, seats }) => ({
      id,
      status,
      seats,
    }));
    expect(before.attendance.registered).toBe(sum(conference().line.with('CONFIRMED')));
    conference().clock.set(new Date(Date.parse(oslo('2017-10-17', '16:00')) + 2 * DAY - HOUR));
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect((await conference().registrations())[0]?.contactName).not.toBeNull();
    conference().clock.advance(HOUR);
    const seen = await eventually(
      async () => {
        const some = await conference().registrations();
        return some.every(({ contactName }) => contactName === null) && some;
      },
      { what: 'personal data to be erased' },
    );
    expect(seen.map(({ id, status, seats }) => ({ id, status, seats }))).toEqual(counted);
    for (const each of seen) {
      expect(each.contactEmail).toBeNull();
      for (const { name, checkInCode, certificateUrl } of each.attendees) {
        expect([name, checkInCode, certificateUrl]).toEqual([null, null, null]);
      }
    }
    const after = await conference().event();
    for (const same of ['seatsTaken', 'attendance', 'waiting'] as const) {
      expect(after[same]).toEqual(before[same]);
    }
    // The letters go with the event that they are about, and no others.
    const texts = (await mailbox(conference().place, 'events')).map(({ text }) => text).join('\n');
    expect(new Set(texts.match(/[\w-]+@firma\.example/g))).toEqual(new Set([conference().guest.email]));
  });
}

const SUBJECTS: Readonly<Record<string, Record<'nb' | 'nn' | 'en', string>>> = {
  'registration-confirmed': { nb: 'Bekreftet: ', nn: 'Stadfesta: ', en: 'Confirmed: ' },
  'registration-waiting': { nb: 'På venteliste: ', nn: 'På venteliste: ', en: 'On the waiting list: ' },
  'seats-offered': {
    nb: 'Ledig plass, svar innen ',
    nn: 'Ledig plass, svar innan ',
    en: 'Free seats, answer by ',
  },
  'offer-expired': { nb: 'Tilbudet er utløpt: ', nn: 'Tilbodet er utgått: ', en: 'The offer has expired: ' },
  'registration-cancelled': { nb: 'Avmeldt: ', nn: 'Avmeld: ', en: 'Cancelled: your registration for ' },
  'event-changed': { nb: 'Endret tid eller sted: ', nn: 'Endra tid eller stad: ', en: 'New time or place: ' },
};

async function certificateAt(url: string): Promise<{ text: string; code: string }> {
  const response = await fetch(url);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  const pdf = await getDocumentProxy(new Uint8Array(await response.arrayBuffer()));
  const { text } = await extractText(pdf, { mergePages: true });
  const [code = ''] = /[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}/.exec(text) ?? [];
  return { text, code };
}
