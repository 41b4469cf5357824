import type { ParsedNotice } from '@samspill/eforms';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
/** Doffin's own numbers, `2023-684186`. */
const DOFFIN = /^\d{4}-\d{6}$/;
/** TED's publication numbers, before and after eForms: `2023/S 193-601506`, `00163529-2024`. */
const TED = /^(\d{4}\/S \d{3}-\d{6}|\d{1,8}-\d{4})$/;

/**
 * Everything in a notice that says which procurement it belongs to: its procedure, its own number, and
 * the notices that it refers to. Two notices with a key in common belong together. The first key names a
 * procurement that is new.
 *
 * Real notices hold anything in these fields (`n.a.`, free text); what does not look like a reference is
 * none, because joining two strangers is worse than missing a link.
 */
export function procurementKeys(notice: ParsedNotice): string[] {
  const keys = [
    notice.procedureId && `procedure:${notice.procedureId.toLowerCase()}`,
    `notice:${notice.noticeId.toLowerCase()}`,
    notice.publicationId && TED.test(notice.publicationId) ? `publication:${notice.publicationId}` : null,
    ...notice.previousPlanning.map((previous) => reference(previous.noticeId)),
    reference(notice.change?.previousNotice),
    reference(notice.modification?.previousNotice),
  ];
  return [...new Set(keys.filter((key): key is string => Boolean(key)))];
}

function reference(text: string | null | undefined): string | null {
  const value = text?.trim() ?? '';
  const uuid = UUID.exec(value)?.[0];
  if (uuid) return `notice:${uuid.toLowerCase()}`;
  if (DOFFIN.test(value)) return `notice:${value}`;
  return TED.test(value) ? `publication:${value}` : null;
}
