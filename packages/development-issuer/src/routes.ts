import { isLoopback } from '@samspill/environment';
import { type Persona, personas } from '@samspill/identity';
import type { JWK } from 'jose';
import type { Provider } from 'oidc-provider';
import { isLoopbackUrl } from './loopback.js';
import { errors } from './oidc-provider.js';
import { choicePage, errorPage, PAGE_HEADERS } from './pages.js';
import { SESSION_COOKIE } from './provider.js';
import type { Tokens } from './tokens.js';

type Context = Parameters<Parameters<Provider['use']>[0]>[0];

export interface RouteOptions extends Pick<Tokens, 'tokenFor' | 'grantAll'> {
  /** The private keys of the machines by client id. */
  readonly machineKeys: ReadonlyMap<string, JWK>;
}

/** What the development issuer answers besides what OpenID Connect prescribes. */
export function useOwnRoutes(provider: Provider, options: RouteOptions): void {
  provider.use(async (ctx, next) => {
    // A name of another's that leads here (DNS rebinding) would let any web page read tokens.
    if (!isLoopback(ctx.hostname)) return answer(ctx, 421, 'Only for this machine.\n');
    forgetSession(ctx);
    const [, first = '', second, ...rest] = ctx.path.split('/');
    if (rest.length > (first === 'machines' ? 1 : 0)) return next();
    if (first === 'interaction' && second) return logIn(provider, ctx, options);
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next();
    if (first === 'personas' && second === undefined) return listPersonas(ctx);
    if (first === 'tokens')
      return second ? giveToken(ctx, second, options) : listTokens(ctx, provider.issuer);
    if (first === 'machines' && second && rest[0] === 'key') return giveKey(ctx, second, options);
    return next();
  });
}

/**
 * Who logged in before does not matter: choosing somebody else must work at once, and asking first whether to log
 * out is what the provider would do. Cookies do not know ports either, so two regions on a machine share them.
 */
function forgetSession(ctx: Context): void {
  const { headers } = ctx.req;
  const others = headers.cookie?.split(/;\s*/).filter((cookie) => !cookie.startsWith(SESSION_COOKIE));
  if (others?.length) headers.cookie = others.join('; ');
  else delete headers.cookie;
}

/** Whoever is hinted at is logged in without a question; otherwise one chooses. */
async function logIn(provider: Provider, ctx: Context, { grantAll }: RouteOptions): Promise<void> {
  const interaction = await provider.interactionDetails(ctx.req, ctx.res).catch((error: Error) => {
    if (error instanceof errors.SessionNotFound) return null;
    throw error;
  });
  ctx.set(PAGE_HEADERS);
  ctx.type = 'html';
  if (!interaction) {
    ctx.status = 400;
    ctx.body = errorPage({
      'Hva nå?': 'Det gikk for lang tid. Gå tilbake til siden du kom fra, og logg inn på nytt.',
    });
    return;
  }
  const { client_id: clientId, login_hint: hint } = interaction.params as Record<string, string | undefined>;
  const chosen = ctx.method === 'POST' ? new URLSearchParams(await text(ctx)).get('persona') : hint;
  const persona = personas.find(({ id }) => id === chosen);
  if (!persona) {
    ctx.body = choicePage(personas, chosen ?? undefined);
    return;
  }
  const returnTo = await provider.interactionResult(
    ctx.req,
    ctx.res,
    {
      login: { accountId: persona.id, acr: 'high', remember: false },
      consent: { grantId: await grantAll(persona.id, clientId as string) },
    },
    { mergeWithLastSubmission: false },
  );
  ctx.status = 303;
  ctx.redirect(returnTo);
}

function listPersonas(ctx: Context): void {
  const origin = ctx.get('origin');
  ctx.vary('origin');
  if (isLoopbackUrl(origin)) ctx.set('access-control-allow-origin', origin);
  ctx.set('cache-control', 'no-store');
  ctx.body = personas.map(({ id, name, description }) => ({ id, name, description }));
}

function listTokens(ctx: Context, issuer: string): void {
  answer(ctx, 200, personas.map((persona) => line(issuer, persona)).join(''));
}

async function giveToken(ctx: Context, personaId: string, { tokenFor }: RouteOptions): Promise<void> {
  if (personas.some(({ id }) => id === personaId)) return answer(ctx, 200, await tokenFor(personaId));
  const known = personas.map(({ id }) => id).join(', ');
  answer(ctx, 404, `There is no persona of that name. There are: ${known}.\n`);
}

/** A private key over HTTP: made for this run, worth nothing anywhere else. */
function giveKey(ctx: Context, clientId: string, { machineKeys }: RouteOptions): void {
  const key = machineKeys.get(clientId);
  if (key) {
    ctx.set('cache-control', 'no-store');
    ctx.body = key;
  } else {
    answer(ctx, 404, `There is no such machine. There are: ${[...machineKeys.keys()].join(', ')}.\n`);
  }
}

const line = (issuer: string, { id, name, description }: Persona) =>
  `${issuer}/tokens/${id}\t${name}: ${description}\n`;

function answer(ctx: Context, status: number, body: string): void {
  ctx.status = status;
  ctx.set({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  ctx.type = 'text/plain; charset=utf-8';
  ctx.body = body;
}

async function text(ctx: Context): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of ctx.req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
