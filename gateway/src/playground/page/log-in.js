import * as oauth from 'oauth4webapi';
import { become } from './session.js';

/** What must be known again when the browser comes back; it is gone after one use. */
const PENDING = 'samspill:log-in';

/** The development issuer speaks plain HTTP, and only on this machine. */
const options = () => ({ [oauth.allowInsecureRequests]: true, signal: AbortSignal.timeout(10_000) });

const comesBackTo = () => new URL('/', location.origin).href;

/** Leaves the page for the issuer, which comes back with a code (OpenID Connect with PKCE). */
export async function logIn({ issuer, clientId }, personaId) {
  const server = await discover(issuer);
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const request = new URL(server.authorization_endpoint);
  request.search = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    scope: 'openid profile',
    redirect_uri: comesBackTo(),
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    login_hint: personaId,
  });
  sessionStorage.setItem(PENDING, JSON.stringify({ verifier, state }));
  location.assign(request);
}

/** Back from the issuer: exchanges the code for a token. Anywhere else it does nothing. */
export async function finishLogIn({ issuer, clientId }) {
  const back = new URL(location.href);
  const pending = JSON.parse(sessionStorage.getItem(PENDING));
  sessionStorage.removeItem(PENDING);
  if (!back.searchParams.has('state')) return;
  history.replaceState(null, '', back.pathname);
  if (!pending) return;
  const server = await discover(issuer);
  const client = { client_id: clientId };
  const parameters = oauth.validateAuthResponse(server, client, back, pending.state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    parameters,
    comesBackTo(),
    pending.verifier,
    options(),
  );
  const result = await oauth.processAuthorizationCodeResponse(server, client, response, {
    requireIdToken: true,
  });
  const { sub, name } = oauth.getValidatedIdTokenClaims(result);
  become({ token: result.access_token, id: sub, name: name ?? sub });
}

/** Whom the issuer lets one log in as. */
export async function personasOf({ issuer }) {
  const response = await fetch(new URL('/personas', issuer), { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return response.json();
}

async function discover(issuer) {
  const address = new URL(issuer);
  return oauth.processDiscoveryResponse(address, await oauth.discoveryRequest(address, options()));
}
