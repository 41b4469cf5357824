export { decodeXml } from './decode.js';
export type * from './notice.js';
export { type ParseOptions, parseNotice } from './parse-notice.js';
export { type NoticeReference, normaliseReference, parseReference } from './reference.js';
export { NoticeRefused, type RefusalCode } from './refusal.js';
export { type DraftOrganisation, type NoticeDraft, writeNotice } from './write-notice.js';
export { LARGEST_NOTICE_BYTES, type XmlLimits } from './xml-tree.js';
