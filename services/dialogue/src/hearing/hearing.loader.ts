import type { RequestContext } from '@samspill/subgraph';
import { HearingDocument, HearingVersion } from './hearing-document.js';

/** The drafts of a dialogue, in the order in which they were first published. */
export async function hearingDocumentsOf(
  context: RequestContext,
  dialogueId: string,
): Promise<HearingDocument[]> {
  const documents = await context.batched('hearing-documents', dialogueId, async (ids) => {
    const found = await context.find(
      HearingDocument,
      { dialogueId: { $in: [...ids] } },
      { orderBy: { position: 'asc' } },
    );
    return Map.groupBy(found, (document) => document.dialogueId);
  });
  return documents ?? [];
}

/** All versions of a draft, the newest first. */
export async function hearingVersionsOf(
  context: RequestContext,
  documentId: string,
): Promise<HearingVersion[]> {
  const versions = await context.batched('hearing-versions', documentId, async (ids) => {
    const found = await context.find(
      HearingVersion,
      { documentId: { $in: [...ids] } },
      { orderBy: { version: 'desc' } },
    );
    return Map.groupBy(found, (version) => version.documentId);
  });
  return versions ?? [];
}
