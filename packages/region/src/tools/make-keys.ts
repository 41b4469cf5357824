import { randomBytes } from 'node:crypto';
import { keyOf, MendableError } from '@samspill/environment';
import { createToolKey, serviceKey } from '@samspill/identity';
import { publicHalfOf } from './audit-keys.js';
import { serviceNames } from './service-names.js';
import { ownKeyIssuer, TOOLS } from './tool-key.js';

/** What belongs together because one process, or one person, gets it. */
export interface KeySection {
  /** As a secret is called, `samspill-<name>`. */
  readonly name: string;
  /** Who gets it, and what it is good for. */
  readonly about: readonly string[];
  /** Variables of the environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** Files, by their name. */
  readonly files?: Readonly<Record<string, string>>;
  /** What goes with it and is no secret. */
  readonly notes?: readonly string[];
}

export const KINDS = ['gateway', 'audit', 'tool'] as const;
export type Kind = (typeof KINDS)[number];

const newKey = () => randomBytes(32).toString('base64url');

/** The gateway's key and what each service gets of it; of a key that is there already, only the latter. */
export function gatewayKeys(given?: string): KeySection[] {
  const master = given ?? newKey();
  const bytes = keyOf(master, 'GATEWAY_KEY');
  const own: KeySection = {
    name: 'gateway',
    about: [
      'The gateway on its own; a region in one process needs none. Whoever has it can speak for anybody.',
    ],
    variables: { GATEWAY_KEY: master },
  };
  const services = serviceNames.map((service): KeySection => {
    const key = Buffer.from(serviceKey(bytes, service)).toString('base64url');
    return {
      name: service,
      about: [`The service ${service} on its own port, and nobody else: how it believes the gateway.`],
      variables: { ASSERTION_KEYS: key },
    };
  });
  return given === undefined ? [own, ...services] : services;
}

/** The key that signs checkpoints; of one that is there already, only its public half. */
export function auditKey(given?: string): KeySection {
  const seed = given ?? newKey();
  const { text, keyId } = publicHalfOf(keyOf(seed, 'AUDIT_KEY'));
  return {
    name: 'audit',
    about: [
      'The region, or each service: signs where the audit log stands.',
      'The public half is for whoever verifies it: npm run audit:verify -- --key <public half>',
    ],
    variables: given === undefined ? { AUDIT_KEY: seed } : {},
    notes: [`public half: ${text}`, `id: ${keyId}`],
  };
}

/** A key for a tool, such as the import, and how a region comes to believe it. */
export async function toolKeys(name: string): Promise<KeySection[]> {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name)) {
    throw new MendableError('--name is a lower-case letter, then letters, digits and hyphens, at most 40.');
  }
  // A region knows the key of its data directory by this name, and no two issuers may share one.
  if (name === TOOLS.name) {
    throw new MendableError(
      `--name ${name} is that of the key in a region's data directory. Choose another.`,
    );
  }
  const { privateKey } = await createToolKey();
  const names = { issuer: `https://${name}.tools.samspill.local`, audience: TOOLS.audience };
  const file = `${name}.jwk`;
  return [
    {
      name: `tool-${name}`,
      about: [
        `The tool: keep it as the file ${file}, for its user alone (chmod 600), and name it in SERVICE_KEY_FILE.`,
      ],
      variables: {},
      files: { [file]: JSON.stringify({ ...privateKey, ...names, clientId: name }) },
    },
    {
      name: `issuer-${name}`,
      about: ['The gateway, or the region: add the entry to the list in ISSUERS. There is no secret in it.'],
      variables: { ISSUERS: JSON.stringify([ownKeyIssuer({ name, ...names }, privateKey)]) },
    },
  ];
}

/** Lines that a shell can read (`set -a; . ./file`); what it is not to do is a comment. */
export function forShell(sections: readonly KeySection[]): string {
  return sections
    .map(({ about, variables, files = {}, notes = [] }) => {
      const lines = [
        ...about.map((line) => `# ${line}`),
        ...Object.entries(variables).map(([name, value]) => `${name}=${quoted(value)}`),
        ...Object.entries(files).map(
          ([file, text]) => `# (umask 077; printf '%s\\n' ${quoted(text)} > ${file})`,
        ),
        ...notes.map((note) => `#   ${note}`),
      ];
      return `${lines.join('\n')}\n`;
    })
    .join('\n');
}

/** Nothing in a key or in its JSON is a single quote. */
const quoted = (text: string) => (/^[\w-]+$/.test(text) ? text : `'${text}'`);

/** Secrets for `kubectl apply -f -`. JSON is YAML, and leaves no doubt about what is quoted. */
export function forKubernetes(sections: readonly KeySection[]): string {
  return sections
    .map(({ name, about, variables, files = {}, notes = [] }) => {
      const data = Object.entries({ ...variables, ...files });
      const comments = [...about, ...notes].map((line) => `# ${line}`);
      const manifest = [
        'apiVersion: v1',
        'kind: Secret',
        'metadata:',
        `  name: samspill-${name}`,
        'stringData:',
        ...data.map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`),
      ];
      return `${[...comments, ...(data.length > 0 ? manifest : [])].join('\n')}\n`;
    })
    .join('---\n');
}
