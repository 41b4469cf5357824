import type { ParsedNotice } from '@samspill/eforms';
import type { RequestContext } from '@samspill/subgraph';
import { Notice } from './notice.js';

export function noticeById(context: RequestContext, id: string): Promise<Notice | null> {
  return context.batched('notice', id, async (ids) => {
    const found = await context.find(Notice, { id: { $in: [...ids] } });
    return new Map(found.map((notice) => [notice.id, notice]));
  });
}

/** The notices of a tender, in the order of their publication. */
export async function noticesOf(context: RequestContext, tenderId: string): Promise<Notice[]> {
  const notices = await context.batched('Tender.notices', tenderId, async (ids) => {
    const found = await context.find(
      Notice,
      { tenderId: { $in: [...ids] } },
      { orderBy: { publishedAt: 'asc', version: 'asc', id: 'asc' } },
    );
    return Map.groupBy(found, (notice) => notice.tenderId as string);
  });
  return notices ?? [];
}

/** The XML is large and seldom asked for, so it is read on its own. */
export async function xmlOf(context: RequestContext, id: string): Promise<string> {
  const xml = await context.batched('Notice.xml', id, async (ids) => {
    const found = await context.find(Notice, { id: { $in: [...ids] } }, { fields: ['xml'] });
    return new Map(found.map((notice) => [notice.id, notice.xml]));
  });
  return xml as string;
}

/** Some hundred kB for a large notice, and a list of titles needs none of it, so it is read where a field does. */
export async function contentOf(context: RequestContext, id: string): Promise<ParsedNotice> {
  const content = await context.batched('Notice.content', id, async (ids) => {
    const found = await context.find(Notice, { id: { $in: [...ids] } }, { fields: ['content'] });
    return new Map(found.map((notice) => [notice.id, notice.content]));
  });
  return content as ParsedNotice;
}

/** All versions of a notice and the notices that it names as changed or that name it, by publication. */
export async function relatedNotices(context: RequestContext, notice: Notice): Promise<Notice[]> {
  const related = await context.batched('Notice.related', notice.procurementId, async (ids) => {
    const found = await context.find(
      Notice,
      { procurementId: { $in: [...ids] } },
      { also: ['content'], orderBy: { publishedAt: 'asc', version: 'asc', id: 'asc' } },
    );
    return Map.groupBy(found, (each) => each.procurementId);
  });
  return related ?? [];
}
