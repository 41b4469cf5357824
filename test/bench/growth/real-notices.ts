import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ServiceIdentity, scopes } from '@samspill/identity';
import { executeInProcess, type Service } from '@samspill/subgraph';

const folder = fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const BATCH = 10;

const importer: ServiceIdentity = {
  kind: 'SERVICE',
  issuer: 'bench',
  clientId: 'bench',
  organisation: null,
  scopes: [scopes.importNotices],
};

/** Imports the real notices that lie beside the repository, where they do; the demo's are there in any case. */
export async function importRealNotices(service: Service): Promise<void> {
  if (!existsSync(folder)) return;
  const files = globSync(`${folder}/{eforms-no-doffin,eforms-ted-real}/**/*.xml`).sort();
  for (let at = 0; at < files.length; at += BATCH) {
    const batch = files.slice(at, at + BATCH).map((file) => ({
      name: basename(file),
      xml: readFileSync(file, 'utf8'),
    }));
    const { errors } = await executeInProcess(
      service,
      {
        query:
          'mutation ($input: ImportNoticesInput!) { importNotices(input: $input) { files { outcome } } }',
        variables: { input: { files: batch } },
      },
      { headers: {}, identity: importer },
    );
    if (errors) throw new Error(`Not imported: ${JSON.stringify(errors)}`);
  }
}
