import { type NoticeDraft, writeNotice } from '@samspill/eforms';
import type { NoticeFile } from '../import/import-result.js';
import { kindergarten, school2017, snow2018 } from './before-and-after-the-merger.js';
import { ended } from './ended.js';
import { homeFollowUp } from './home-follow-up.js';
import { openNow } from './open-now.js';

const DAY = 24 * 60 * 60 * 1000;

/** The demo competitions as eForms notices; open ones have deadlines relative to `now`. */
export function demoNotices(now: Date): NoticeFile[] {
  return drafts(now).map((draft) => ({
    name: `demo-${draft.noticeId}-${draft.version ?? '01'}.xml`,
    xml: writeNotice(draft),
  }));
}

function drafts(now: Date): NoticeDraft[] {
  const days = (count: number) => new Date(Math.floor(now.getTime() / 3_600_000) * 3_600_000 + count * DAY);
  return [
    ...homeFollowUp(),
    ...school2017(),
    snow2018(),
    ...kindergarten(),
    ...openNow(days),
    ...ended(days),
  ];
}
