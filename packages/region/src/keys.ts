import { parseArgs } from 'node:util';
import { gatewayEnvironment, MendableError, readEnvironment, run } from '@samspill/environment';
import {
  auditKey,
  forKubernetes,
  forShell,
  gatewayKeys,
  KINDS,
  type Kind,
  toolKeys,
} from './tools/make-keys.js';

const HELP = `Makes the keys that a deployment needs, and prints them. Nothing is written to disk.

  npm run --silent keys -- [options]

  gateway  GATEWAY_KEY, and for each service the ASSERTION_KEYS that is made of it
  audit    AUDIT_KEY, with its public half and id for whoever verifies the audit log
  tool     a key for a tool such as the import (SERVICE_KEY_FILE), and the entry in ISSUERS that trusts it

  --only <kind>   only one of these: ${KINDS.join(', ')}
  --name <name>   what the tool is called, in ISSUERS and in the audit log (importer)
  --kubernetes    print Secrets, for "kubectl apply -f -", instead of lines for a shell
  --help          show this

With GATEWAY_KEY set, only the services' keys are printed, made of it; with AUDIT_KEY set, that key's public
half and id instead of a new key's.
`;

/** `npm run keys` */
run(async () => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      name: { type: 'string', default: 'importer' },
      kubernetes: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const { GATEWAY_KEY, AUDIT_KEY } = readEnvironment(
    gatewayEnvironment.pick({ GATEWAY_KEY: true, AUDIT_KEY: true }),
  );
  // Whoever has a key for the gateway has the rest as well, and misses those of a new service.
  const only = kindNamed(values.only) ?? (GATEWAY_KEY === undefined ? null : 'gateway');
  const sections = [
    ...(only === null || only === 'gateway' ? gatewayKeys(GATEWAY_KEY) : []),
    ...(only === null || only === 'audit' ? [auditKey(AUDIT_KEY)] : []),
    ...(only === null || only === 'tool' ? await toolKeys(values.name) : []),
  ];
  process.stdout.write(values.kubernetes ? forKubernetes(sections) : forShell(sections));
});

function kindNamed(name: string | undefined): Kind | null {
  if (name === undefined) return null;
  const kind = KINDS.find((each) => each === name);
  if (kind) return kind;
  throw new MendableError(`--only ${name}: there are ${KINDS.join(', ')}.`);
}
