import { expect } from 'vitest';
import type { Graph } from './hostings.js';

type Asker = Pick<Graph, 'query'>;

/** Every node of a list of the graph, page by page. `list` is the field with its arguments but those of the page. */
export async function everyNode<T>(
  graph: Asker,
  {
    list,
    nodes,
    pageSize = 100,
    from = 'start',
    variables = {},
    declare = '',
  }: {
    list: string;
    nodes: string;
    pageSize?: number;
    from?: 'start' | 'end';
    /** Further variables, with their declarations, such as `$filter: TenderFilter`. */
    variables?: object;
    declare?: string;
  },
): Promise<{ nodes: T[]; totalCount: number; pages: number }> {
  const [field, rest = ''] = list.split(/(?=\()/);
  const page = from === 'start' ? 'first: $size, after: $cursor' : 'last: $size, before: $cursor';
  const call = `${field}(${page}${rest ? `, ${rest.slice(1, -1)}` : ''})`;
  const query = `query ($size: Int, $cursor: String${declare ? `, ${declare}` : ''}) {
    list: ${call} { totalCount nodes { ${nodes} } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
  }`;
  const found: T[] = [];
  let cursor: string | null = null;
  for (let pages = 1; ; pages++) {
    const { data, errors } = await graph.query(query, { ...variables, size: pageSize, cursor });
    expect(errors).toBeUndefined();
    const { nodes: some, pageInfo, totalCount, edges } = data.list;
    expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([
      edges[0]?.cursor ?? null,
      edges.at(-1)?.cursor ?? null,
    ]);
    if (from === 'start') found.push(...some);
    else found.unshift(...some);
    const more = from === 'start' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage;
    if (!more) return { nodes: found, totalCount, pages };
    expect(some).toHaveLength(pageSize);
    cursor = from === 'start' ? pageInfo.endCursor : pageInfo.startCursor;
  }
}
