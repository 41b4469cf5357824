/**
 * Whom the page asks as: a token, and whose it is. It lives in this tab only, so that each may be somebody else, and
 * goes with it.
 */
const KEY = 'samspill:session';

let state = { session: JSON.parse(sessionStorage.getItem(KEY)), notice: null };
const listeners = new Set();

/** `{ token, id, name }`, or null for the public. */
export const session = () => state.session;

/** The session and what there is to say about it, for React to look at. */
export const current = () => state;

export function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** `notice` is a sentence for the reader: why it is not, or not any more, as wished. */
export function become(session, notice = null) {
  state = { session, notice };
  if (session) sessionStorage.setItem(KEY, JSON.stringify(session));
  else sessionStorage.removeItem(KEY);
  for (const listener of listeners) listener();
}

/** The gateway does not take this token. Asking on silently as the public would show something else than expected. */
export function refused(token, reason) {
  if (state.session?.token !== token) return;
  const why = reason === 'EXPIRED' ? 'er utløpt' : 'gjelder ikke lenger';
  become(null, `Innloggingen som ${state.session.name} ${why}. Logg inn på nytt.`);
}
