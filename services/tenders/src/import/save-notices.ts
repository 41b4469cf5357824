import type { EntityManager } from '@mikro-orm/postgresql';
import type { ParsedNotice } from '@samspill/eforms';
import { partyId } from '@samspill/values';
import { Notice } from '../notice/notice.js';
import { buyersOf } from './fold-tender.js';
import type { NoticeFile } from './import-result.js';

interface NewNotice {
  id: string;
  notice: ParsedNotice;
  digest: string;
  xml: string;
  file: NoticeFile;
}

export async function insertNotices(
  em: EntityManager,
  notices: readonly NewNotice[],
  procurementOf: (noticeId: string) => string,
  importedAt: Date,
): Promise<void> {
  await em.insertMany(
    Notice,
    notices.map(({ id, notice, digest, xml, file }) => ({
      id,
      noticeId: notice.noticeId,
      version: notice.version,
      procedureId: notice.procedureId,
      publicationId: notice.publicationId,
      procurementId: procurementOf(id),
      tenderId: null,
      formType: notice.formType,
      noticeType: notice.noticeType,
      subtype: notice.subtype,
      sdkVersion: notice.sdkVersion,
      language: notice.language,
      title: notice.title.value,
      publishedAt: new Date(notice.dispatchedAt),
      buyerIds: [...new Set(buyersOf(notice).map(partyId))],
      isCorrection: notice.change !== null,
      content: notice,
      digest,
      xml,
      source: file.name,
      importedAt,
    })),
  );
}
