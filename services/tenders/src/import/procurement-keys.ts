import { type ParsedNotice, parseReference } from '@samspill/eforms';

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
    notice.procedureId && `procedure:${notice.procedureId}`,
    `notice:${notice.noticeId}`,
    publicationKey(notice.publicationId),
    ...notice.previousPlanning.map((previous) => referenceKey(previous.noticeId)),
    referenceKey(notice.change?.previousNotice),
    referenceKey(notice.modification?.previousNotice),
  ];
  return [...new Set(keys.filter((key): key is string => Boolean(key)))];
}

function publicationKey(publicationId: string | null): string | null {
  const reference = publicationId ? parseReference(publicationId) : null;
  return reference?.kind === 'publication' ? `publication:${reference.id}` : null;
}

function referenceKey(text: string | null | undefined): string | null {
  const reference = text ? parseReference(text) : null;
  return reference && `${reference.kind}:${reference.id}`;
}
