import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatewayEnvironment, gatewayNodeOptions, serviceEnvironment } from '@samspill/environment';
import { issuersOf } from '@samspill/identity';
import { describe, expect, it } from 'vitest';
import { root } from './workspaces.js';

const folder = join(root, 'deploy/kubernetes');
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
const objects = files.flatMap((file) =>
  readFileSync(join(folder, file), 'utf8')
    .split(/^---$/m)
    .map((text) => ({ file, object: readYaml(text) as Manifest })),
);

// biome-ignore lint/suspicious/noExplicitAny: manifests are whatever Kubernetes says that they are
type Manifest = any;

const named = (kind: string) => objects.map(({ object }) => object).filter((object) => object.kind === kind);

/** What stands in for a secret where only a value of a kind is taken. */
const FROM_A_SECRET: Record<string, string> = {
  SMTP_URL: 'smtps://samspill:secret@smtp.example.no:465',
  DATABASE_URL: 'postgres://from-the-secret',
  DATABASE_OWNER_URL: 'postgres://from-the-secret',
  REDIS_URL: 'redis://from-the-secret',
};

const PROCESSES = ['dialogue', 'events', 'gateway', 'suppliers', 'tenders'];

it('names in the kustomization every file but the examples', () => {
  const [kustomization] = named('Kustomization');
  const expected = files.filter((file) => file !== 'kustomization.yaml' && !file.includes('.example.'));
  expect([...kustomization.resources].sort()).toEqual(expected.sort());
});

it.each(['Deployment', 'Service', 'PodDisruptionBudget'])(
  'has a %s for each of the five processes',
  (kind) => {
    expect(
      named(kind)
        .map((object) => object.metadata.name)
        .sort(),
    ).toEqual(PROCESSES);
  },
);

describe.each(named('Deployment').map((object) => [object.metadata.name as string, object] as const))(
  '%s',
  (name, { spec }) => {
    const pod = spec.template.spec;
    const [container] = pod.containers;
    const common = named('ConfigMap')[0].data;
    const own = Object.fromEntries(
      container.env.map((variable: Manifest) => [
        variable.name,
        variable.value ?? FROM_A_SECRET[variable.name] ?? 'from-the-secret',
      ]),
    );
    const environment = name === 'gateway' ? gatewayEnvironment : serviceEnvironment;

    it('sets only variables that the code knows, to values that it takes', () => {
      const known = { ...gatewayEnvironment.shape, ...serviceEnvironment.shape };
      const unknown = Object.keys({ ...common, ...own }).filter((variable) => !(variable in known));
      expect(unknown).toEqual([]);
      expect(Object.keys(own).filter((variable) => !(variable in environment.shape))).toEqual([]);
      expect(environment.safeParse({ ...common, ...own }).error?.issues ?? []).toEqual([]);
    });

    it('runs a program that there is, on the port that it is given', () => {
      const source = container.args.at(-1).replace('/dist/', '/src/').replace(/\.js$/, '.ts');
      expect(existsSync(join(root, source)), source).toBe(true);
      expect(String(container.ports[0].containerPort)).toBe(own.PORT);
      const service = named('Service').find((object) => object.metadata.name === name);
      expect(String(service.spec.ports[0].port)).toBe(own.PORT);
    });

    it('is selected by its own labels', () => {
      const labels = spec.template.metadata.labels;
      const service = named('Service').find((object) => object.metadata.name === name);
      expect(labels).toMatchObject(spec.selector.matchLabels);
      expect(labels).toMatchObject(service.spec.selector);
    });

    it('may do nothing that it need not', () => {
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
      expect(container.securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.resources.limits.memory).toBeTruthy();
      for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
        expect(container[probe].httpGet.path).toMatch(/^\/health\/(live|ready)$/);
      }
    });
  },
);

describe('secrets', () => {
  const references = (name: string) => {
    const deployment = named('Deployment').find((object) => object.metadata.name === name);
    const variables: Manifest[] = deployment.spec.template.spec.containers[0].env;
    return Object.fromEntries(
      variables.flatMap((each) => (each.valueFrom ? [[each.name, each.valueFrom.secretKeyRef]] : [])),
    );
  };

  it.each(PROCESSES.filter((name) => name !== 'gateway'))('%s has a key and a user of its own', (name) => {
    const { ASSERTION_KEYS, DATABASE_URL, AUDIT_KEY, GATEWAY_KEY } = references(name);
    expect(ASSERTION_KEYS).toEqual({ name: `samspill-${name}`, key: 'ASSERTION_KEYS' });
    expect(DATABASE_URL).toEqual({ name: `samspill-database-${name}`, key: 'DATABASE_URL' });
    expect(AUDIT_KEY).toBeDefined();
    // Whoever has this one speaks for anybody.
    expect(GATEWAY_KEY).toBeUndefined();
  });

  it('are kept from the gateway, but its own', () => {
    expect(Object.keys(references('gateway')).sort()).toEqual(['GATEWAY_KEY', 'REDIS_URL']);
  });
});

it('runs in production, with issuers that production takes', () => {
  const common = named('ConfigMap')[0].data;
  expect(common.NODE_ENV).toBe('production');
  const gateway = named('Deployment').find((object) => object.metadata.name === 'gateway');
  const [container] = gateway.spec.template.spec.containers;
  const { value } = container.env.find((each: Manifest) => each.name === 'ISSUERS');
  const mount = container.volumeMounts.find((each: Manifest) => each.name === 'issuers');
  expect(value).toBe(`${mount.mountPath}/issuers.json`);
  const ISSUERS = join(folder, 'issuers.json');
  expect(issuersOf({ ISSUERS, NODE_ENV: common.NODE_ENV }).length).toBeGreaterThan(0);
});

it('runs the gateway with what Node is told everywhere else', () => {
  const gateway = named('Deployment').find((object) => object.metadata.name === 'gateway');
  const command = [...gatewayNodeOptions, 'gateway/dist/main.js'];
  expect(gateway.spec.template.spec.containers[0].args).toEqual(command);
  const [, image = ''] = /^CMD (.*)$/m.exec(readFileSync(join(root, 'deploy/Dockerfile'), 'utf8')) ?? [];
  expect(JSON.parse(image)).toEqual(command);
});

it('leads the gateway to every service', () => {
  const gateway = named('Deployment').find((object) => object.metadata.name === 'gateway');
  const variables = gateway.spec.template.spec.containers[0].env;
  for (const name of PROCESSES.filter((each) => each !== 'gateway')) {
    const service = named('Service').find((object) => object.metadata.name === name);
    const url = variables.find((each: Manifest) => each.name === `${name.toUpperCase()}_URL`).value;
    expect(url).toBe(`http://${name}:${service.spec.ports[0].port}/graphql`);
  }
});

/**
 * As much of YAML as the manifests are written in: maps, lists and scalars in blocks, comments, `{}`.
 * Whatever else turns up is an error, so that it is not read wrongly.
 */
function readYaml(text: string): unknown {
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'))
    // An item of a list begins a block of its own, two further in.
    .flatMap((line) => {
      const item = /^( *)- (.+)$/.exec(line);
      return item ? [`${item[1]}-`, `${item[1]}  ${item[2]}`] : [line];
    })
    .map((line) => ({ indent: line.length - line.trimStart().length, content: line.trim() }));
  let at = 0;

  const block = (indent: number): unknown => {
    const first = lines[at];
    if (!first || first.indent < indent) return null;
    if (first.content === '-') return list(first.indent);
    return /^[^"'{[].*?:( |$)/.test(first.content)
      ? map(first.indent)
      : scalar((lines[at++] as Line).content);
  };
  const list = (indent: number): unknown[] => {
    const items: unknown[] = [];
    while (lines[at]?.indent === indent && lines[at]?.content === '-') {
      at++;
      items.push(block(indent + 1));
    }
    return items;
  };
  const map = (indent: number): Record<string, unknown> => {
    const entries: Record<string, unknown> = {};
    while (lines[at] && lines[at]?.indent === indent) {
      const match = /^([\w./-]+):(?: (.+))?$/.exec((lines[at] as Line).content);
      if (!match) throw new Error(`Not understood: ${lines[at]?.content}`);
      const [, key, value] = match as unknown as [string, string, string | undefined];
      if (key in entries) throw new Error(`Twice: ${key}`);
      at++;
      entries[key] = value === undefined ? block(indent + 1) : scalar(value);
    }
    return entries;
  };
  const result = block(0);
  if (at < lines.length) throw new Error(`Wrongly indented: ${lines[at]?.content}`);
  return result;
}

type Line = { indent: number; content: string };

function scalar(text: string): unknown {
  if (text === '{}') return {};
  if (/^".*"$/.test(text)) return JSON.parse(text);
  if (/^[&*!|>{[%@`']/.test(text)) throw new Error(`Not understood: ${text}`);
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+$/.test(text) ? Number(text) : text;
}
