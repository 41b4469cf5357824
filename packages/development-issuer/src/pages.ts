import type { Persona } from '@samspill/identity';
import type { KoaContextWithOIDC } from 'oidc-provider';

/**
 * Nothing but its own style. There is no `form-action`, because browsers hold the redirect back to the front end
 * against it as well, and front ends are at any port of this machine.
 */
export const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** Who to log in as, a button each. `unknown` is a `login_hint` that fits nobody. */
export function choicePage(personas: readonly Persona[], unknown?: string): string {
  const choices = personas.map(
    ({ id, name, description }) =>
      `<li><button name="persona" value="${escaped(id)}"><strong>${escaped(name)}</strong><span>${escaped(description)}</span></button></li>`,
  );
  return page(
    'Logg inn som …',
    `${unknown === undefined ? '' : `<p role="alert">Det finnes ingen persona som heter «${escaped(unknown)}». Velg en av disse.</p>`}
    <p>Oppdiktede personer, bare for utvikling. Det trengs ikke noe passord.</p>
    <form method="post"><ul>${choices.join('')}</ul></form>`,
  );
}

/** What went wrong, for the developer whose front end asked wrongly. */
export function errorPage(facts: object): string {
  const rows = Object.entries(facts).map(
    ([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(String(value))}</dd>`,
  );
  return page('Innloggingen stoppet', `<dl>${rows.join('')}</dl>`);
}

/** The provider's own errors, such as an address to come back to that is not allowed. */
export function renderError(ctx: KoaContextWithOIDC, facts: object): void {
  ctx.set(PAGE_HEADERS);
  ctx.type = 'html';
  ctx.body = errorPage(facts);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="nb">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <meta name="color-scheme" content="light dark">
    <title>${title} – Samspill, utvikling</title>
    <style>
      body { max-width: 34rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color: CanvasText; background: Canvas; }
      ul { display: grid; gap: 0.5rem; padding: 0; list-style: none; }
      button { display: grid; width: 100%; padding: 0.75rem 1rem; border: 1px solid currentColor; border-radius: 0.5rem; font: inherit; color: inherit; background: none; text-align: start; cursor: pointer; }
      button:hover { background: color-mix(in srgb, currentColor 10%, transparent); }
      button:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
      dt { font-weight: bold; }
      dd { margin: 0 0 0.5rem; overflow-wrap: anywhere; }
    </style>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      ${body}
    </main>
  </body>
</html>
`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}
