import { type EntityClass, type EntityMetadata, type EntityProperty, ReferenceKind } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

/** What the table is called in every statement of ours, which formulas of entities are told too. */
export const ALIAS = 'one';

/** A property of an entity as a statement asks for it, and what is made of the value that comes back. */
interface Column {
  readonly property: string;
  readonly expression: string;
  /** Null where the driver's value is taken as it is. */
  readonly read: ((value: never) => unknown) | null;
  /** Asked for only by name: long, or of no use but to the database. */
  readonly isLazy: boolean;
}

/** Some columns of an entity, put together once. */
export interface Selection {
  readonly columns: readonly Column[];
  /** `"one"."published_at" as "publishedAt", …` */
  readonly sql: string;
  /** The same names without where they come from, for a statement around another. */
  readonly names: string;
  /** What the objects inherit. */
  readonly prototype: object;
}

/** Clients decide which fields they ask for; past so many combinations each is put together anew. */
const MOST_SELECTIONS = 1_000;

/**
 * What plain rows of an entity are like: its columns as MikroORM knows them, and objects with the class's getters and
 * methods that no unit of work watches. What is written into one is never stored.
 */
export class RowShape<T extends object> {
  readonly table: string;
  readonly #columns: ReadonlyMap<string, Column>;
  readonly #selections = new Map<string, Selection>();

  constructor(
    private readonly meta: EntityMetadata<T>,
    em: EntityManager,
  ) {
    this.table = `"${meta.schema ?? em.config.get('schema')}"."${meta.tableName}"`;
    const stored = (meta.props as EntityProperty[]).filter(isColumn);
    this.#columns = new Map(stored.map((property) => [property.name, columnOf(property, meta, em)]));
  }

  /** The column of a property, as conditions and orders name it. */
  column(property: string): string {
    return this.#column(property).expression;
  }

  /** These properties with the primary key, or else all that are not lazy; and some lazy ones besides. */
  selection(properties?: readonly string[], lazy: readonly string[] = []): Selection {
    const key = `${properties?.join() ?? '*'} ${lazy.join()}`;
    const known = this.#selections.get(key);
    if (known) return known;
    const named = new Set([...this.meta.primaryKeys, ...(properties ?? []), ...lazy]);
    for (const property of named) this.#column(property);
    const all = [...this.#columns.values()];
    const columns = all.filter(({ property, isLazy }) => named.has(property) || (!properties && !isLazy));
    const selection = {
      columns,
      sql: columns.map(({ expression, property }) => `${expression} as "${property}"`).join(', '),
      names: columns.map(({ property }) => `"${property}"`).join(', '),
      prototype: this.#prototypeOf(all, new Set(columns)),
    };
    if (this.#selections.size < MOST_SELECTIONS) this.#selections.set(key, selection);
    return selection;
  }

  /** The object that a row of a selection makes. */
  read(row: Readonly<Record<string, unknown>>, { columns, prototype }: Selection): T {
    const object = Object.create(prototype) as Record<string, unknown>;
    for (const { property, read } of columns) {
      const value = row[property];
      object[property] = read === null || value === null ? value : read(value as never);
    }
    return object as T;
  }

  /**
   * Stands in front of the ORM's setters, which would tell a unit of work, and make entities of what is only an id.
   * What was left out is no null: whoever reads it all the same has not said so.
   */
  #prototypeOf(all: readonly Column[], selected: ReadonlySet<Column>): object {
    const { className } = this.meta;
    const properties = all.map((column): [string, PropertyDescriptor] => {
      const { property, isLazy } = column;
      if (isLazy || selected.has(column)) return [property, { value: undefined, writable: true }];
      return [
        property,
        {
          get() {
            throw new TypeError(`${className}.${property} was not read: say so with @Reads or \`own\`.`);
          },
        },
      ];
    });
    return Object.create(this.meta.prototype as object, Object.fromEntries(properties));
  }

  #column(property: string): Column {
    const column = this.#columns.get(property);
    if (!column) throw new TypeError(`${this.meta.className} has no column for "${property}".`);
    return column;
  }
}

const shapes = new WeakMap<object, unknown>();

export function shapeOf<T extends object>(em: EntityManager, entity: EntityClass<T>): RowShape<T> {
  const meta = em.getMetadata(entity) as EntityMetadata<T>;
  const known = shapes.get(meta) as RowShape<T> | undefined;
  if (known) return known;
  const shape = new RowShape(meta, em);
  shapes.set(meta, shape);
  return shape;
}

/** @throws TypeError when one of these is no column of the entity. */
export function assertColumns(
  em: EntityManager,
  entity: EntityClass<object>,
  properties: readonly string[],
): void {
  for (const property of properties) shapeOf(em, entity).column(property);
}

function isColumn({ kind, fieldNames, persist, formula }: EntityProperty): boolean {
  const isStored = kind === ReferenceKind.SCALAR || kind === ReferenceKind.MANY_TO_ONE;
  return isStored && fieldNames?.length === 1 && (persist !== false || formula !== undefined);
}

function columnOf(property: EntityProperty, meta: EntityMetadata, em: EntityManager): Column {
  return {
    property: property.name,
    expression: property.formula
      ? formulaOf(property.formula, meta)
      : `"${ALIAS}"."${property.fieldNames[0]}"`,
    read: readerOf(property, em),
    isLazy: property.lazy === true,
  };
}

function formulaOf(formula: NonNullable<EntityProperty['formula']>, meta: EntityMetadata): string {
  const written = formula(meta.createColumnMappingObject(ALIAS) as never, undefined as never);
  if (typeof written !== 'string') throw new TypeError(`A formula of ${meta.className} is not plain text.`);
  return `(${written})`;
}

/** As MikroORM reads a value, from what the driver leaves as text. */
function readerOf(property: EntityProperty, em: EntityManager): Column['read'] {
  const { customType, runtimeType, kind, targetMeta } = property;
  if (kind !== ReferenceKind.SCALAR) {
    const key = targetMeta?.primaryKeys[0] as string;
    return (id) => ({ [key]: id });
  }
  if (customType) {
    const platform = em.getPlatform();
    return (value) => customType.convertToJSValue(value, platform, { mode: 'serialization' });
  }
  if (runtimeType === 'Date') return (value: string) => new Date(value);
  return null;
}
