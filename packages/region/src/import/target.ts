import { MendableError } from '@samspill/hosting';
import { executeInProcess } from '@samspill/subgraph';
import type { FormattedExecutionResult } from 'graphql';
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
    send: async (files) => {
      const operation = { query: MUTATION, variables: { input: { files } } };
      return filesOf(await post(`${url}/graphql`, operation));
    },
    finish: async () => undefined,
  };
}

async function post(url: string, operation: object): Promise<FormattedExecutionResult> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'en' },
      body: JSON.stringify(operation),
    });
    return (await response.json()) as FormattedExecutionResult;
  } catch (error) {
    const { message, cause } = error as Error;
    throw new MendableError(
      `No region answers at ${url} (${(cause as Error | undefined)?.message || message}). Start it and import again: what was stored before is not stored twice.`,
    );
  }
}

/** Imports in this process, when no region is running. */
export function localTarget(services: Services): ImportTarget {
  const tenders = serviceNamed(services.services, 'tenders');
  return {
    description: 'the database directly; no region is running',
    send: async (files) => {
      const operation = { query: MUTATION, variables: { input: { files } } };
      return filesOf(await executeInProcess(tenders, operation, { 'accept-language': 'en' }));
    },
    finish: async () => {
      await settled(services.host, 300_000);
      await services.close();
    },
  };
}

function filesOf(answer: FormattedExecutionResult): ImportedFile[] {
  const files = (answer.data as Answer | null | undefined)?.importNotices?.files;
  if (files) return files;
  throw new Error(answer.errors?.map((error) => error.message).join('\n') ?? 'The region gave no answer.');
}
