import { spawnSync } from 'node:child_process';
import { keyOf } from '@samspill/environment';
import { issuersConfiguration, serviceKey, signToolToken, tokenVerifier } from '@samspill/identity';
import { expect, it } from 'vitest';
import { definitions } from '../region.js';
import { publicHalfOf } from './audit-keys.js';
import { auditKey, forKubernetes, forShell, gatewayKeys, type KeySection, toolKeys } from './make-keys.js';
import { serviceNames } from './service-names.js';

const given = Buffer.alloc(32, 9).toString('base64url');

it('knows every service', () => {
  expect([...serviceNames].sort()).toEqual(definitions.map(({ name }) => name).sort());
});

it('makes each service’s key of the gateway’s', () => {
  const [gateway, ...services] = gatewayKeys() as [KeySection, ...KeySection[]];
  const master = keyOf(gateway.variables.GATEWAY_KEY as string, 'GATEWAY_KEY');
  expect(services.map(({ name }) => name)).toEqual(serviceNames);
  for (const { name, variables } of services) {
    expect(keyOf(variables.ASSERTION_KEYS as string, 'ASSERTION_KEYS')).toEqual(
      Buffer.from(serviceKey(master, name)),
    );
  }
  expect(gatewayKeys(given).map(({ name }) => name)).toEqual(serviceNames);
  expect(gatewayKeys(given)).toEqual(gatewayKeys(given));
  expect(() => gatewayKeys('short')).toThrow(/GATEWAY_KEY is 3 bytes/);
});

it('shows the public half of the audit key, and no secret of one that is there already', () => {
  const made = auditKey();
  const { text, keyId } = publicHalfOf(keyOf(made.variables.AUDIT_KEY as string, 'AUDIT_KEY'));
  expect(made.notes).toEqual([`public half: ${text}`, `id: ${keyId}`]);
  const shown = forShell([auditKey(given)]);
  expect(shown).toContain(publicHalfOf(Buffer.alloc(32, 9)).text);
  expect(shown).not.toContain(given);
});

it('makes a key for a tool that its own entry in ISSUERS believes', async () => {
  const [tool, issuer] = (await toolKeys('nightly')) as [KeySection, KeySection];
  const file = JSON.parse(tool.files?.['nightly.jwk'] as string);
  const text = issuer.variables.ISSUERS as string;
  expect(text).not.toContain(file.d);
  const issuers = issuersConfiguration.parse(JSON.parse(text));
  const { issuer: iss, audience, clientId, ...key } = file;
  const token = await signToolToken({
    key,
    issuer: iss,
    audience,
    clientId,
    scopes: [],
    lifetimeSeconds: 60,
  });
  expect(await tokenVerifier({ issuers }).verify(token)).toMatchObject({
    issuer: 'nightly',
    clientId: 'nightly',
  });
  await expect(toolKeys('tools')).rejects.toThrow(/Choose another/);
  await expect(toolKeys("a'b")).rejects.toThrow(/--name/);
});

it('is text that a shell reads as it is meant', async () => {
  const sections = [...gatewayKeys().slice(0, 1), auditKey(), ...(await toolKeys('nightly'))];
  const script = `set -eu\n${forShell(sections)}\nprintf '%s\\n' "$GATEWAY_KEY" "$AUDIT_KEY" "$ISSUERS"`;
  const { stdout, status } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
  const wanted = sections.flatMap(({ variables }) => Object.values(variables));
  expect({ status, lines: stdout.trimEnd().split('\n') }).toEqual({ status: 0, lines: wanted });
});

it('is a Secret for each who gets one, with nothing of the others', async () => {
  const sections = [...gatewayKeys(), auditKey(given), ...(await toolKeys('nightly'))];
  const documents = forKubernetes(sections).split('---\n');
  const names = documents.map((document) => /^ {2}name: (.*)$/m.exec(document)?.[1] ?? null);
  const services = serviceNames.map((name) => `samspill-${name}`);
  // The audit key is there already: there is nothing to make a Secret of.
  expect(names).toEqual([
    'samspill-gateway',
    ...services,
    null,
    'samspill-tool-nightly',
    'samspill-issuer-nightly',
  ]);
  sections.forEach(({ variables, files }, at) => {
    const data = [...(documents[at] as string).matchAll(/^ {2}([\w.]+): (".*")$/gm)];
    expect(Object.fromEntries(data.map(([, key, value]) => [key, JSON.parse(value as string)]))).toEqual({
      ...variables,
      ...files,
    });
  });
});
