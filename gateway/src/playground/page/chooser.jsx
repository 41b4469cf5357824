import { useRef, useState, useSyncExternalStore } from 'react';
import { logIn, personasOf } from './log-in.js';
import { become, current, subscribe } from './session.js';

const PUBLIC = { id: null, name: 'Offentligheten', description: 'Ikke innlogget' };

/** The editor keeps what was typed half a second later, and leaving the page must not lose it. */
const UNTIL_KEPT_MS = 700;

/** Whom the page asks as, and a list of whom else it could. */
export function Chooser({ at }) {
  const { session, notice } = useSyncExternalStore(subscribe, current);
  const [personas, setPersonas] = useState([]);
  const [problem, setProblem] = useState(null);
  const list = useRef(null);
  const opened = useRef(0);

  async function toggled({ newState }) {
    if (newState !== 'open') return;
    opened.current = performance.now();
    list.current.querySelector('[aria-current]').focus();
    try {
      setPersonas(await personasOf(at));
      setProblem(null);
    } catch {
      setPersonas([]);
      setProblem(`Utviklingsutstederen svarer ikke på ${at.issuer}.`);
    }
  }

  async function choose({ id }) {
    if (!id) {
      list.current.hidePopover();
      return become(null);
    }
    const wait = UNTIL_KEPT_MS - (performance.now() - opened.current);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    try {
      await logIn(at, id);
    } catch {
      setProblem(`Innloggingen gikk ikke: utviklingsutstederen svarer ikke på ${at.issuer}.`);
    }
  }

  const me = session ?? PUBLIC;
  // Who one is stands in the list from the beginning, so that the keyboard starts there.
  const others = personas.some(({ id }) => id === me.id) || !session ? personas : [session, ...personas];
  return (
    <div className="who">
      <p className="who-notice" role="status">
        {notice}
      </p>
      <button type="button" className="who-button" popoverTarget="who-list">
        Logg inn som … <strong>{me.name}</strong>
      </button>
      <div id="who-list" className="who-list" popover="auto" ref={list} onToggle={toggled}>
        <h2 id="who-title">Logg inn som …</h2>
        {problem && <p role="alert">{problem}</p>}
        <ul aria-labelledby="who-title">
          {[PUBLIC, ...others].map((persona) => (
            <li key={persona.id}>
              <button
                type="button"
                aria-current={persona.id === me.id ? 'true' : undefined}
                onClick={() => choose(persona)}
              >
                <strong>{persona.name}</strong> <span>{persona.description}</span>
              </button>
            </li>
          ))}
        </ul>
        {session && (
          <button type="button" className="who-out" onClick={() => choose(PUBLIC)}>
            Logg ut
          </button>
        )}
      </div>
    </div>
  );
}
