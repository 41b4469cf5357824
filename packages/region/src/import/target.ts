import { MendableError } from '@samspill/environment';
import { type ServiceIdentity, scopes } from '@samspill/identity';
import { executeInProcess } from '@samspill/subgraph';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { type Services, serviceNamed, settled } from '../region.js';
import type { Credentials } from '../tools/credentials.js';
import type { NamedXml } from './batches.js';

export interface ImportedFile {
  name: string;
  outcome: 'IMPORTED' | 'UNCHANGED' | 'REFUSED';
  formType: string | null;
  noticeType: string | null;
  remarks: number;
  refusal: { code: string; rule: string | null; line: number | null; message: string } | null;
}

/** Where notices are sent. Both ways are the same mutation, so both give the same answers. */
export interface ImportTarget {
  readonly description: string;
  send(files: readonly NamedXml[]): Promise<ImportedFile[]>;
  /** Waits until what was sent has reached everybody, and lets go. */
  finish(): Promise<void>;
}

const MUTATION = `mutation ImportNotices($input: ImportNoticesInput!) {
  importNotices(input: $input) {
    files { name outcome formType noticeType remarks refusal { code rule line message } }
  }
}`;

interface Answer {
  importNotices: { files: ImportedFile[] } | null;
}

/** Sends to a gateway that is running somewhere; without credentials as anybody, whom it will tell what is missing. */
export function gatewayTarget(url: string, credentials: Credentials | null = null): ImportTarget {
  return {
    description: `the region at ${url}${credentials ? `, with ${credentials.description}` : ''}`,
    send: (files) => sendTogether(files, (batch) => post(url, operationFor(batch), credentials)),
    finish: async () => undefined,
  };
}

async function post(
  url: string,
  operation: object,
  credentials: Credentials | null,
): Promise<FormattedExecutionResult> {
  const identified = credentials && { authorization: `Bearer ${await credentials.token()}` };
  let status: number | undefined;
  let answer: FormattedExecutionResult | null = null;
  try {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'en', ...identified },
      body: JSON.stringify(operation),
    });
    status = response.status;
    // Whoever stands in front of the region may refuse it too, in whatever format it likes.
    if (status === 413) return { errors: [tooLarge] };
    const refused = status === 401 || status === 403;
    answer = (await (refused
      ? response.json().catch(() => null)
      : response.json())) as FormattedExecutionResult | null;
  } catch (error) {
    const { message, cause } = error as Error;
    const reason = (cause as Error | undefined)?.message || message;
    throw new MendableError(
      `No region answers at ${url}/graphql (${status === undefined ? reason : `status ${status}`}). Start it and import again: what was stored before is not stored twice.`,
    );
  }
  const [error] = answer?.errors ?? [];
  if (status === 401 || status === 403 || NOT_ALLOWED.has(String(error?.extensions?.code))) {
    throw notAllowed(url, error?.message ?? `status ${status}`, credentials);
  }
  return answer ?? {};
}

const NOT_ALLOWED = new Set(['UNAUTHENTICATED', 'FORBIDDEN']);

function notAllowed(url: string, reason: string, credentials: Credentials | null): MendableError {
  const used = credentials
    ? `The import identified itself with ${credentials.description}. ${credentials.remedy}`
    : 'The import had nothing to identify itself with. Give it a key (SERVICE_KEY_FILE), a client at Maskinporten (MASKINPORTEN_CLIENT_ID), or the data directory of the region (DATA_DIR); "npm run import -- --help" says more.';
  return new MendableError(`The region at ${url} does not take these notices from us: ${reason}\n${used}`);
}

/** The command, when it holds the data itself: nobody has to vouch for it. */
const ITSELF: ServiceIdentity = {
  kind: 'SERVICE',
  issuer: 'samspill',
  clientId: 'import',
  organisation: null,
  scopes: [scopes.importNotices],
};

/** Imports in this process, when no region is running. */
export function localTarget(services: Services): ImportTarget {
  const tenders = serviceNamed(services.services, 'tenders');
  return {
    description: 'the database directly; no region is running',
    send: (files) =>
      sendTogether(files, (batch) =>
        executeInProcess(tenders, operationFor(batch), {
          headers: { 'accept-language': 'en' },
          identity: ITSELF,
        }),
      ),
    finish: async () => {
      await settled(services.host, 300_000);
      await services.close();
    },
  };
}

const operationFor = (files: readonly NamedXml[]) => ({ query: MUTATION, variables: { input: { files } } });

const TOO_LARGE = 'TOO_LARGE';
const tooLarge = {
  message: 'The file is larger than what the region takes. Send attachments as links.',
  extensions: { code: TOO_LARGE },
};

/**
 * Sends files in one request. When the region stumbles over it, they are sent one by one, so that the one that
 * it stumbles over is a refused file and not the end of an import of thousands.
 */
export async function sendTogether(
  files: readonly NamedXml[],
  request: (files: readonly NamedXml[]) => Promise<FormattedExecutionResult>,
): Promise<ImportedFile[]> {
  const answer = await request(files);
  const imported = (answer.data as Answer | null | undefined)?.importNotices?.files;
  if (imported) return imported;
  const [error] = answer.errors ?? [];
  const code = error?.extensions?.code;
  if (!error || (code !== TOO_LARGE && code !== 'INTERNAL')) {
    throw new MendableError(
      `The region did not take the notices: ${error?.message ?? 'it gave no answer'}. Import again when that is mended: what was stored before is not stored twice.`,
    );
  }
  const [only] = files;
  if (only && files.length === 1) return [refused(only, code, reasonOf(error))];
  const each: ImportedFile[] = [];
  for (const file of files) each.push(...(await sendTogether([file], request)));
  return each;
}

/** With the number under which the region's log says more. */
function reasonOf({ message, extensions }: GraphQLFormattedError): string {
  return extensions?.requestId ? `${message} (${extensions.requestId})` : message;
}

function refused({ name }: NamedXml, code: string, message: string): ImportedFile {
  const rule = code === TOO_LARGE ? 'LIMIT-SIZE' : null;
  const refusal = { code, rule, line: null, message };
  return { name, outcome: 'REFUSED', formType: null, noticeType: null, remarks: 0, refusal };
}
