import { all, inExtension, textOf, textsOf } from './find.js';
import type { ParsedChange, ParsedNotice } from './notice.js';
import { parseReference, withLowerCaseUuid } from './reference.js';
import type { Reading } from './remarks.js';
import { localised } from './text.js';
import type { XmlElement } from './xml-tree.js';

/** Filled in when the notice corrects, completes or cancels an earlier one. */
export function readChange(root: XmlElement, reading: Reading): ParsedChange | null {
  return readBlocks(inExtension(root, 'efac:Changes'), ['BT-762', 'BT-141'], reading);
}

/** Filled in when the notice modifies a signed contract; several contracts may be modified at once. */
export function readModification(root: XmlElement, reading: Reading): ParsedChange | null {
  return readBlocks(inExtension(root, 'efac:ContractModification'), ['BT-201', 'BT-202'], reading);
}

/** Both have the same shape: which notice, why, and what where. Templates leave empty blocks: null. */
function readBlocks(
  blocks: readonly XmlElement[],
  [reasonField, changeField]: readonly [string, string],
  reading: Reading,
): ParsedChange | null {
  const previous = textOf(blocks, 'efbc:ChangedNoticeIdentifier');
  const change: ParsedChange = {
    previousNotice: previous === null ? null : withLowerCaseUuid(previous),
    reasonCode: textOf(blocks, 'efac:ChangeReason', 'cbc:ReasonCode'),
    reason: localised(all(blocks, 'efac:ChangeReason', 'efbc:ReasonDescription'), reasonField, reading),
    changes: all(blocks, 'efac:Change').flatMap((element): ParsedChange['changes'] => {
      const description = localised(all(element, 'efbc:ChangeDescription'), changeField, reading);
      const sections = textsOf(element, 'efac:ChangedSection', 'efbc:ChangedSectionIdentifier');
      if (sections.length > 0) return sections.map((section) => ({ section, description }));
      return description === null ? [] : [{ section: null, description }];
    }),
  };
  const { previousNotice, reasonCode, reason, changes } = change;
  const empty = previousNotice === null && reasonCode === null && reason === null && changes.length === 0;
  return empty ? null : change;
}

/**
 * BT-125 at the lot, part or (older notices) procedure. `<uuid>-01` is a notice and its version; anything
 * else is a publication number and stays whole.
 */
export function readPreviousPlanning(root: XmlElement): ParsedNotice['previousPlanning'] {
  const processes = [
    ...all(root, 'cac:TenderingProcess'),
    ...all(root, 'cac:ProcurementProjectLot', 'cac:TenderingProcess'),
  ];
  const found = new Map<string, ParsedNotice['previousPlanning'][number]>();
  for (const reference of all(processes, 'cac:NoticeDocumentReference')) {
    const raw = textOf(reference, 'cbc:ID');
    if (raw === null || isFiller(raw)) continue;
    const part = textOf(reference, 'cbc:ReferencedDocumentInternalAddress');
    const parsed = parseReference(raw);
    const noticeId = parsed?.kind === 'notice' ? parsed.id : raw;
    const version = parsed?.version ?? null;
    found.set(`${noticeId} ${version} ${part}`, { noticeId, version, part });
  }
  return [...found.values()];
}

/** What converters write where there is no number. */
export function isFiller(id: string): boolean {
  return /^(?:n\.?\/?a\.?|-+|none|missing)$/i.test(id);
}
