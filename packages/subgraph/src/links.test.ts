import { AdjustableClock } from '@samspill/values';
import { expect, it } from 'vitest';
import { linksOf } from './links.js';

const clock = new AdjustableClock('2026-01-01T00:00:00Z');
const options = { publicUrl: () => 'https://samspill.test', key: new Uint8Array(32).fill(1), clock };
const links = linksOf({ service: 'events', ...options });

const reasonOf = (url: string, by = links): unknown => {
  try {
    by.verify(new URL(url));
    return 'good';
  } catch (error) {
    return (error as { extensions: { reason: string } }).extensions.reason;
  }
};

it('gives addresses below the service’s name', () => {
  expect(links.to('/calendar/all.ics')).toBe('https://samspill.test/events/calendar/all.ics');
});

it('knows its own links again, whatever name the world knows us by', () => {
  const link = links.signed('/documents/æ 1', 60);
  expect(reasonOf(link)).toBe('good');
  const { pathname, search } = new URL(link);
  expect(reasonOf(`http://samspill.internal${pathname}${search}`)).toBe('good');
});

it('believes a link until it ends', () => {
  const link = links.signed('/documents/1', 60);
  clock.advance(59_000);
  expect(reasonOf(link)).toBe('good');
  clock.advance(1_000);
  expect(reasonOf(link)).toBe('LINK_EXPIRED');
});

it('does not believe what was changed, or signed by another', () => {
  const link = links.signed('/documents/1', 60);
  const changed = (name: string, value: string) => {
    const url = new URL(link);
    url.searchParams.set(name, value);
    return url.href;
  };
  const others = linksOf({ ...options, service: 'events', key: new Uint8Array(32).fill(2) });
  for (const wrong of [
    link.replace('/documents/1', '/documents/2'),
    link.replace('/events/', '/dialogue/'),
    changed('expires', '99999999999'),
    changed('signature', ''),
    changed('signature', 'AAAA'),
    links.to('/documents/1'),
    others.signed('/documents/1', 60),
  ]) {
    expect(reasonOf(wrong), wrong).toBe('LINK_NOT_SIGNED');
  }
});
