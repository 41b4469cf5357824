import { describe, expect, it } from 'vitest';
import { calendarResponse } from './calendar-response.js';

const ics = 'BEGIN:VCALENDAR\r\nNAME:blåbær\r\nEND:VCALENDAR\r\n';
const ask = (headers: Record<string, string> = {}, method = 'GET') =>
  calendarResponse(new Request('https://a.example.no/c.ics', { headers, method }), ics);

describe('the answer', () => {
  it('is the calendar, under a tag', async () => {
    const response = ask();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(response.headers.get('cache-control')).toMatch(/max-age=\d+/);
    expect(await response.text()).toBe(ics);
    expect(response.headers.get('etag')).toMatch(/^"[\w-]{43}"$/);
  });

  it.each([
    ['the tag itself', (tag: string) => tag],
    ['a weak one', (tag: string) => `W/${tag}`],
    ['one of several', (tag: string) => `"other", ${tag}`],
    ['any', () => '*'],
  ])('is nothing new to whoever has it already: %s', async (_, header) => {
    const tag = ask().headers.get('etag') as string;
    const response = ask({ 'if-none-match': header(tag) });
    expect(response.status).toBe(304);
    expect(await response.text()).toBe('');
    expect(response.headers.get('etag')).toBe(tag);
  });

  it('is the calendar to whoever has another', () => {
    expect(ask({ 'if-none-match': '"other"' }).status).toBe(200);
    const changed = calendarResponse(new Request('https://a.example.no/c.ics'), `${ics} `);
    expect(changed.headers.get('etag')).not.toBe(ask().headers.get('etag'));
  });

  it('has no body when only its head is asked for', async () => {
    const response = ask({}, 'HEAD');
    expect(response.headers.get('etag')).toBe(ask().headers.get('etag'));
    expect(await response.text()).toBe('');
  });
});
