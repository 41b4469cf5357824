export { importNotices } from './import/import-notices.js';
export type { ImportRefusal, ImportResult, NoticeFile } from './import/import-result.js';
export { startTenders, tenders } from './subgraph.js';
