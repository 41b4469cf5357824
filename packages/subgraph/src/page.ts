import type { EntityClass, FilterQuery } from '@mikro-orm/core';
import {
  countByParent,
  countUpTo,
  InvalidCursor,
  type KeysetOrder,
  type KeysetPage,
  keysetPage,
  keysetPagesByParent,
  type ParentColumn,
} from '@samspill/database';
import { Arg, ArgsType, Directive, Field, Int, ObjectType } from 'type-graphql';
import type { RequestContext } from './context.js';
import { PublicError } from './errors.js';
import { DEFAULT_PAGE, LARGEST_PAGE } from './page-size.js';

@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: `How many to give from the start (or after "after"): 0 to ${LARGEST_PAGE}, ${DEFAULT_PAGE} if neither "first" nor "last" is given.`,
  })
  first?: number;

  @Field(() => String, { nullable: true, description: 'Give what comes after this cursor.' })
  after?: string;

  @Field(() => Int, {
    nullable: true,
    description: `How many to give from the end (or before "before"): 0 to ${LARGEST_PAGE}.`,
  })
  last?: number;

  @Field(() => String, { nullable: true, description: 'Give what comes before this cursor.' })
  before?: string;
}

@Directive('@shareable')
@ObjectType({ description: 'Where a page is in its list (Relay cursor connections).' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there is more after this page.' })
  hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Whether there is more before this page.' })
  hasPreviousPage: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the first of this page; null when the page is empty.',
  })
  startCursor: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last of this page: give it as "after" to get the next.',
  })
  endCursor: string | null;
}

export interface ConnectionOf<T> {
  edges: { node: T; cursor: string }[];
  nodes: T[];
  pageInfo: PageInfo;
  totalCount(upTo?: number | null): Promise<number>;
}

/** Makes the Relay connection type of a node type, such as `TenderConnection` with `TenderEdge`. */
export function connectionType<T extends object>(
  node: new () => T,
  plural: string,
  /** Whether more than one service has it. */
  { isShared = false }: { isShared?: boolean } = {},
) {
  const name = node.name;
  const shared: ClassDecorator = isShared ? (Directive('@shareable') as ClassDecorator) : () => undefined;

  @shared
  @ObjectType(`${name}Edge`, { description: `One of a page of ${plural}, with its cursor.` })
  class Edge {
    @Field(() => node, { description: 'The element itself.' })
    node: T;

    @Field(() => String, { description: 'Where it is in the list, to be given as "after" or "before".' })
    cursor: string;
  }

  @shared
  @ObjectType(`${name}Connection`, { description: `A page of ${plural}.` })
  class Connection implements ConnectionOf<T> {
    @Field(() => [Edge], { description: 'The elements of this page with their cursors.' })
    edges: Edge[];

    @Field(() => [node], { description: 'The elements of this page.' })
    nodes: T[];

    @Field(() => PageInfo, { description: 'Where this page is in the list.' })
    pageInfo: PageInfo;

    @Field(() => Int, {
      description:
        'How many there are on all pages together, exactly, or "upTo" where there are that many or more. Counted only when asked for, one by one: of a large list without "upTo" it may take longer than the page.',
    })
    totalCount(
      @Arg('upTo', () => Int, {
        nullable: true,
        description:
          'Stop counting there, from 1 on: an answer of 1000 to "upTo: 1000" is shown as "1000 or more". Without it everything is counted.',
      })
      _upTo?: number,
    ): Promise<number> {
      throw new Error('A connection is made by connectionFrom.');
    }
  }
  return Connection;
}

/** Checks a page's arguments and fills in the default. */
export function checkedPage(args: PageArgs): PageArgs {
  for (const name of ['first', 'last'] as const) {
    const size = args[name];
    if (size !== undefined && size !== null && (size < 0 || size > LARGEST_PAGE)) {
      throw PublicError.badInput(
        {
          nb: `«${name}» må være fra 0 til ${LARGEST_PAGE}; be om flere sider for å få mer.`,
          nn: `«${name}» må vere frå 0 til ${LARGEST_PAGE}; be om fleire sider for å få meir.`,
          en: `"${name}" must be from 0 to ${LARGEST_PAGE}; ask for more pages to get more.`,
        },
        name,
      );
    }
  }
  if (isGiven(args.first) && isGiven(args.last)) {
    throw PublicError.badInput(
      {
        nb: 'Gi enten «first» eller «last», ikke begge.',
        nn: 'Gje anten «first» eller «last», ikkje begge.',
        en: 'Give either "first" or "last", not both.',
      },
      'last',
    );
  }
  for (const name of ['after', 'before'] as const) {
    // A client that has lost its cursor would otherwise read the first page for ever.
    if (args[name] === '') throw noSuchCursor(name);
  }
  const page: PageArgs = {};
  if (isGiven(args.after)) page.after = args.after;
  if (isGiven(args.before)) page.before = args.before;
  if (isGiven(args.last)) page.last = args.last;
  else page.first = args.first ?? DEFAULT_PAGE;
  return page;
}

/** How far to count, as the client says; null is to the end. */
export function checkedLimit(upTo: number | null | undefined): number | null {
  if (!isGiven(upTo)) return null;
  if (upTo >= 1) return upTo;
  throw PublicError.badInput(
    {
      nb: '«upTo» må være minst 1. Utelat den for å telle alle.',
      nn: '«upTo» må vere minst 1. Utelat han for å telje alle.',
      en: '"upTo" must be at least 1. Leave it out to count all.',
    },
    'upTo',
  );
}

const isGiven = <T>(value: T | null | undefined): value is T => value !== undefined && value !== null;

/** A page of a list at the root of the graph. */
export async function connection<T extends { id: string }>(
  context: RequestContext,
  entity: EntityClass<T>,
  where: FilterQuery<T>[],
  order: KeysetOrder,
  args: PageArgs,
): Promise<ConnectionOf<T>> {
  const list = { entity, where, fields: context.fieldsOf(entity) };
  const page = await withCursorErrors(args, () => keysetPage(context.em, list, order, checkedPage(args)));
  context.noteRows(page.rows);
  return connectionFrom(page, (upTo) => countUpTo(context.em, list, checkedLimit(upTo)));
}

/** A list inside a list: its order, and what of it the client asked for. */
export interface ListOfParent<T> {
  readonly order: KeysetOrder;
  readonly where?: FilterQuery<T>[];
  /** The filter that `where` was made of: lists with another filter are not answered together. */
  readonly filter?: unknown;
}

/**
 * A page of a list that belongs to a parent, such as the events of a dialogue. All parents of one
 * request that ask with the same arguments are answered together. `values` are what the parent column
 * holds in the rows of this parent, mostly its id alone.
 */
export async function connectionOfParent<T extends { id: string }>(
  context: RequestContext,
  entity: EntityClass<T>,
  parent: ParentColumn & { values: readonly string[] },
  { order, where = [], filter }: ListOfParent<T>,
  args: PageArgs,
): Promise<ConnectionOf<T>> {
  const request = checkedPage(args);
  const list = { entity, where, fields: context.fieldsOf(entity) };
  const name = `${entity.name}.${parent.property}(${JSON.stringify([request, filter, order.name])})`;
  const key = JSON.stringify(parent.values);
  const groupsOf = (keys: readonly string[]) =>
    new Map(keys.map((each) => [each, JSON.parse(each) as string[]]));
  const page = await withCursorErrors(args, () =>
    context.batched(name, key, async (keys) => {
      const pages = await keysetPagesByParent(context.em, list, parent, groupsOf(keys), order, request);
      for (const { rows } of pages.values()) context.noteRows(rows);
      return pages;
    }),
  );
  return connectionFrom(page as KeysetPage<T>, async (upTo) => {
    const limit = checkedLimit(upTo);
    const total = await context.batched(`${name}#total ${limit}`, key, (keys) =>
      countByParent(context.em, list, parent, groupsOf(keys), limit),
    );
    return total ?? 0;
  });
}

function connectionFrom<T extends { id: string }>(
  page: KeysetPage<T>,
  totalCount: (upTo?: number | null) => Promise<number>,
): ConnectionOf<T> {
  const { rows, hasNextPage, hasPreviousPage, cursorOf } = page;
  const cursorAt = (place: number) => {
    const row = rows.at(place);
    return row ? cursorOf(row) : null;
  };
  // Cursors are written only when they are asked for.
  return {
    get edges() {
      return rows.map((node) => ({ node, cursor: cursorOf(node) }));
    },
    nodes: rows,
    get pageInfo() {
      return { hasNextPage, hasPreviousPage, startCursor: cursorAt(0), endCursor: cursorAt(-1) };
    },
    totalCount,
  };
}

async function withCursorErrors<T>(args: PageArgs, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InvalidCursor)) throw error;
    throw noSuchCursor(error.cursor === args.after ? 'after' : 'before');
  }
}

export function noSuchCursor(argument: 'after' | 'before'): PublicError {
  return PublicError.badInput(
    {
      nb: 'Markøren hører ikke til denne listen i denne rekkefølgen. Begynn på første side.',
      nn: 'Markøren høyrer ikkje til denne lista i denne rekkjefølgja. Byrj på første side.',
      en: 'The cursor does not belong to this list in this order. Start from the first page.',
    },
    argument,
  );
}
