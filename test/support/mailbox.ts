import type { Graph } from './hostings.js';

/** What of a letter the mailbox shows in its list. */
export interface Letter {
  readonly path: string;
  readonly text: string;
}

/** The letters of a service's mailbox, the newest first, as a developer reads them in a browser. */
export async function mailbox(graph: Pick<Graph, 'url'>, service: 'dialogue' | 'events'): Promise<Letter[]> {
  const letters: Letter[] = [];
  let path: string | undefined = `/${service}/mailbox`;
  while (path) {
    const html: string = await (await fetch(new URL(path, graph.url))).text();
    const paths = [...html.matchAll(new RegExp(`href="(/${service}/mailbox/[^"?#]+)"`, 'g'))].map(
      ([, each]) => each as string,
    );
    for (const each of new Set(paths)) {
      letters.push({ path: each, text: textOf(await (await fetch(new URL(each, graph.url))).text()) });
    }
    path = /href="([^"]+)"[^>]*rel="next"|rel="next"[^>]*href="([^"]+)"/.exec(html)?.slice(1).find(Boolean);
  }
  return letters;
}

/** The words of a page, without its marks. */
export function textOf(html: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return html
    .replace(/<(style|head)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim();
}
