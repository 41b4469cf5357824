import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import './page.css';
import { examples } from '../examples.ts';
import { Chooser } from './chooser.jsx';
import { fetcher } from './fetcher.js';
import { finishLogIn } from './log-in.js';
import { become } from './session.js';
import './workers.js';

const tabs = examples.map(({ query, variables }) => ({
  query,
  variables: variables && JSON.stringify(variables, null, 2),
}));

const { logIn, mailboxes } = await (await fetch('/playground-config.json')).json();
if (logIn) {
  await finishLogIn(logIn).catch((error) => become(null, `Innloggingen gikk ikke: ${error.message}`));
} else {
  // A token of an issuer that is not there any more is nobody's.
  become(null);
}

createRoot(document.getElementById('playground')).render(
  <GraphiQL fetcher={fetcher} defaultTabs={tabs} shouldPersistHeaders={false}>
    <GraphiQL.Logo>
      {logIn && <Chooser at={logIn} />}
      {mailboxes.map(({ name, path }) => (
        <a key={path} className="mailbox" href={path} target="_blank" rel="noreferrer">
          {name}
        </a>
      ))}
      <span>Samspill</span>
    </GraphiQL.Logo>
  </GraphiQL>,
);
