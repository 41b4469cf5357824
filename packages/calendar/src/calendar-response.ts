import { createHash } from 'node:crypto';

/** How long a calendar programme may show what it has without asking, in seconds. */
const FRESH = 300;

/** A calendar as an answer; 304 when the reader has this very one already. */
export function calendarResponse(request: Request, ics: string): Response {
  const etag = `"${createHash('sha256').update(ics).digest('base64url')}"`;
  const headers = {
    etag,
    'cache-control': `private, max-age=${FRESH}`,
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': 'inline; filename="samspill.ics"',
    'x-content-type-options': 'nosniff',
  };
  if (knows(request.headers.get('if-none-match'), etag)) {
    return new Response(null, { status: 304, headers: { etag, 'cache-control': headers['cache-control'] } });
  }
  return new Response(request.method === 'HEAD' ? null : ics, { headers });
}

/** Proxies that compress make a weak tag of a strong one; it is the same calendar all the same. */
function knows(header: string | null, etag: string): boolean {
  if (header === null) return false;
  return header.split(',').some((each) => ['*', etag, `W/${etag}`].includes(each.trim()));
}
