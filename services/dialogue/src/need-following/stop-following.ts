import type { RouteCall, ServiceRoute, ServiceStore } from '@samspill/subgraph';
import { inLanguage, type Language, type Messages } from '@samspill/subgraph';
import { removeFollowing } from './follow-needs.js';
import { NeedFollowing } from './need-following.js';

const PATH = '/needs/followings/:id/stop';

/** Where a follower stops following, without logging in: whoever has the letter has the address. */
export const stopPath = (followingId: string): string => PATH.replace(':id', encodeURIComponent(followingId));

/**
 * Asks before it does anything: programs that look through mail for malware open every address in it, and would
 * otherwise end what people follow.
 */
export const stopFollowingRoutes = (store: ServiceStore): ServiceRoute[] => [
  {
    methods: ['GET', 'HEAD'],
    path: PATH,
    handle: async ({ url, context }) => {
      store.links.verify(url);
      return page(ASK, context.language, true);
    },
  },
  { methods: ['POST'], path: PATH, handle: (call) => stop(store, call) },
];

async function stop(store: ServiceStore, { url, params, context }: RouteCall): Promise<Response> {
  store.links.verify(url);
  const id = params.id ?? '';
  await store.change('stop-following', async (change) => {
    const following = await change.em.findOne(NeedFollowing, { id });
    // Stopped before, which is what was asked for.
    if (following) await removeFollowing(store, change, following);
  });
  return page(DONE, context.language, false);
}

const ASK: Messages = {
  nb: 'Vil du slutte å følge behovet? Da får du ingen flere meldinger om det.',
  nn: 'Vil du slutte å følgje behovet? Då får du ingen fleire meldingar om det.',
  en: 'Do you want to stop following the need? You will then get no more messages about it.',
};

const DONE: Messages = {
  nb: 'Du følger ikke behovet lenger, og adressen din er slettet.',
  nn: 'Du følgjer ikkje behovet lenger, og adressa di er sletta.',
  en: 'You no longer follow the need, and your address has been erased.',
};

const BUTTON: Messages = { nb: 'Slutt å følge', nn: 'Slutt å følgje', en: 'Stop following' };

/** Nothing in it comes from anybody but us, so there is nothing to escape. */
function page(text: Messages, language: Language, hasButton: boolean): Response {
  const button = hasButton
    ? `<form method="post"><button type="submit">${inLanguage(BUTTON, language)}</button></form>`
    : '';
  const words = inLanguage(text, language);
  const html = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Samspill</title></head><body><main><h1>Samspill</h1><p>${words}</p>${button}</main></body></html>`;
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
  });
}
