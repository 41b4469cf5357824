import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceStore } from '@samspill/subgraph';
import { folderFiles } from './folder-files.js';
import type { KeptFiles } from './kept-files.js';

/** The files of a service, where the host says that they are. */
export async function openFiles(
  { host: { files }, name }: ServiceStore,
  sizeOf: (id: string) => Promise<number | null>,
): Promise<KeptFiles> {
  if (files?.kind === 's3') {
    const { s3Files } = await import('./s3-files.js');
    return s3Files(files, name);
  }
  const folder = files?.path ?? folderOfProcess();
  // The upload protocol's store would make it as well, and end the process where it cannot.
  await mkdir(folder, { recursive: true });
  return folderFiles(folder, name, sizeOf);
}

let ofProcess: string | undefined;

function folderOfProcess(): string {
  if (ofProcess === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'samspill-documents-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    ofProcess = folder;
  }
  return ofProcess;
}
