import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Real notices, code lists and schemas lie beside the repository, not in it. */
export const sharedData = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
export const hasSharedData = existsSync(sharedData);
/** For the names of tests that need them. */
export const withoutSharedData = hasSharedData ? '' : ' (skipped: ../shared/data is not there)';
