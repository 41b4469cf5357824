import { isIP } from 'node:net';
import { z } from 'zod';

const listed = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Origins as browsers write them in `Origin`: compared letter by letter, so nothing else would ever fit. */
export const origins = z.string().transform((text, context): readonly string[] => {
  const all = listed(text);
  for (const each of all) {
    const problem = problemOfOrigin(each);
    if (problem) context.addIssue({ code: 'custom', message: `"${each}" ${problem}` });
  }
  return all;
});

function problemOfOrigin(text: string): string | null {
  // Everybody's pages would be anybody's: with a token in hand they could do what its owner may.
  if (text.includes('*') || text === 'null') return 'stands for anybody; name the origins one by one';
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return 'is no origin, such as https://example.no';
  return url.origin === text ? null : `is not how a browser writes it; write ${url.origin}`;
}

/** How many proxies stand in a row, or the addresses and networks of those in front. */
export type TrustedProxies = number | readonly string[];

/** Names that the HTTP server knows for networks that are nobody's on the internet. */
const NETWORKS = new Set(['loopback', 'linklocal', 'uniquelocal']);

export const trustedProxies = z.string().transform((text, context): TrustedProxies => {
  if (/^\d{1,2}$/.test(text.trim())) return Number(text);
  const all = listed(text);
  for (const each of all) {
    if (!NETWORKS.has(each) && !isNetwork(each)) {
      context.addIssue({
        code: 'custom',
        message: `"${each}" is no address, no network such as 10.0.0.0/8 and no number of proxies`,
      });
    }
  }
  return all;
});

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (!version || rest.length > 0) return false;
  if (bits === undefined) return true;
  // /0 is everybody: whoever asks could then say to be anybody.
  return /^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (version === 6 ? 128 : 32);
}
