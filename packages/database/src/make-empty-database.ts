import { writeFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { EMPTY_DATABASE } from './empty-database.js';

/** Run by the build, with the very PGlite that will read the result. */
const pglite = await PGlite.create('memory://');
const dump = await pglite.dumpDataDir('gzip');
await writeFile(EMPTY_DATABASE, new Uint8Array(await dump.arrayBuffer()));
await pglite.close();
