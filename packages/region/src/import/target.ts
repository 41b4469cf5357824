import { MendableError } from '@samspill/environment';
import { executeInProcess } from '@samspill/subgraph';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { type Services, serviceNamed, settled } from '../region.js';
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

/** Sends to a gateway that is running somewhere. */
export function gatewayTarget(url: string): ImportTarget {
  return {
    description: `the region at ${url}`,
    send: (files) => sendTogether(files, (batch) => post(`${url}/graphql`, operationFor(batch))),
    finish: async () => undefined,
  };
}

async function post(url: string, operation: object): Promise<FormattedExecutionResult> {
  let status: number | undefined;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'en' },
      body: JSON.stringify(operation),
    });
    status = response.status;
    // Whoever stands in front of the region may refuse it too, in whatever format it likes.
    if (status === 413) return { errors: [tooLarge] };
    return (await response.json()) as FormattedExecutionResult;
  } catch (error) {
    const { message, cause } = error as Error;
    const reason = (cause as Error | undefined)?.message || message;
    throw new MendableError(
      `No region answers at ${url} (${status === undefined ? reason : `status ${status}`}). Start it and import again: what was stored before is not stored twice.`,
    );
  }
}

/** Imports in this process, when no region is running. */
export function localTarget(services: Services): ImportTarget {
  const tenders = serviceNamed(services.services, 'tenders');
  return {
    description: 'the database directly; no region is running',
    send: (files) =>
      sendTogether(files, (batch) =>
        executeInProcess(tenders, operationFor(batch), { 'accept-language': 'en' }),
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
