import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { type Data, isData, isPlain, own, put } from './data.js';

/** A null that an error was already told about. */
const BROKEN = Symbol('broken');
/** A null where none may be: whatever it stands in becomes null. */
const INVALID = Symbol('invalid');

/** What the services left out or got wrong. */
interface Findings {
  count: number;
  /** Where we are, and what was found there; left out in the first, fast pass. */
  readonly path: (string | number)[] | null;
  readonly errors: GraphQLError[];
}

type Complete = (value: unknown, findings: Findings) => unknown;

interface Field {
  readonly key: string;
  readonly isPlain: boolean;
  readonly isTypename: boolean;
  readonly complete: Complete;
}

/** Puts of what the services gave what was asked for, in the order that it was asked for, and checks it. */
export type Shape = (data: Data) => { readonly data: Data | null; readonly errors: readonly GraphQLError[] };

export interface ShapeOptions {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** What the variables say that `@skip` and `@include` ask about. */
  readonly conditions: ReadonlyMap<string, boolean>;
}

/** The answer's shape, compiled: each field of each type that may turn up is looked up once, not once for each object. */
export function compileShape(options: ShapeOptions): Shape {
  const { schema, operation } = options;
  const root = schema.getRootType(operation.operation) as GraphQLCompositeType;
  const complete = new ShapeCompiler(options).object(root, [{ of: root, set: operation.selectionSet }]);
  return (data) => {
    const fast: Findings = { count: 0, path: null, errors: [] };
    const shaped = complete(data, fast);
    if (fast.count === 0) return { data: shaped as Data, errors: [] };
    // Where everything stands is not worth knowing unless something is wrong.
    const slow: Findings = { count: 0, path: [], errors: [] };
    const again = complete(data, slow);
    return { data: again === BROKEN ? null : (again as Data), errors: slow.errors };
  };
}

/**
 * What one of the places that ask for an object selects of it. They need not agree on its type: beside a field of an
 * interface, a type that implements it may have that field with a narrower type, and select more.
 */
interface Selection {
  readonly of: GraphQLCompositeType;
  readonly set: SelectionSetNode;
}

interface SelectedField {
  readonly node: FieldNode;
  readonly parent: GraphQLCompositeType;
}

class ShapeCompiler {
  constructor(private readonly options: ShapeOptions) {}

  /** An object of a type, or of one of its possible types, with everything that is selected of it. */
  object(type: GraphQLCompositeType, selections: readonly Selection[]): Complete {
    const { schema } = this.options;
    // What is an object's type in one place is its type in all of them, and nobody need have asked for it.
    const surest = selections.find(({ of }) => isObjectType(of))?.of ?? type;
    const byType = new Map<unknown, { fields: readonly Field[]; type: GraphQLCompositeType }>();
    const fieldsOf = (typename: unknown) => {
      const known = byType.get(typename);
      if (known) return known;
      const runtime = typename === undefined ? surest : schema.getType(String(typename));
      if (!isCompositeType(runtime)) return null;
      const found = { type: runtime, fields: this.fields(runtime, selections) };
      byType.set(typename, found);
      return found;
    };
    return (value, findings) => {
      if (value === null || value === undefined) return null;
      if (!isData(value)) return broken(findings, 'Invalid value found for', null, type);
      const input = value;
      const typename = own(input, '__typename') ?? undefined;
      const found = fieldsOf(typename);
      if (!found) return broken(findings, 'Invalid __typename found for object at', null, type);
      const output: Data = {};
      for (const { key, isPlain, isTypename, complete } of found.fields) {
        if (isTypename) {
          const name = typenameOf(schema, own(input, key) ?? typename, found.type);
          if (name === null) {
            findings.count++;
            return BROKEN;
          }
          put(output, key, name);
          continue;
        }
        findings.path?.push(key);
        const part = complete(isPlain ? input[key] : own(input, key), findings);
        findings.path?.pop();
        if (part === INVALID) return BROKEN;
        if (isPlain) output[key] = part === BROKEN ? null : part;
        else put(output, key, part === BROKEN ? null : part);
      }
      return output;
    };
  }

  private fields(runtime: GraphQLCompositeType, selections: readonly Selection[]): Field[] {
    const grouped = new Map<string, SelectedField[]>();
    for (const { of, set } of selections) this.collect(runtime, of, set, grouped);
    return [...grouped].map(([key, selected]) => {
      const [first] = selected as [SelectedField];
      if (first.node.name.value === '__typename')
        return { key, isPlain: isPlain(key), isTypename: true, complete: () => null };
      const inner = selected.flatMap((each): Selection[] => {
        const { selectionSet } = each.node;
        return selectionSet
          ? [{ of: getNamedType(typeOf(each)) as GraphQLCompositeType, set: selectionSet }]
          : [];
      });
      return {
        key,
        isPlain: isPlain(key),
        isTypename: false,
        complete: this.value(typeOf(first), inner, runtime),
      };
    });
  }

  private collect(
    runtime: GraphQLCompositeType,
    parent: GraphQLCompositeType,
    { selections }: SelectionSetNode,
    grouped: Map<string, SelectedField[]>,
  ): void {
    const { schema, fragments } = this.options;
    for (const node of selections) {
      if (this.isLeftOut(node)) continue;
      if (node.kind === 'Field') {
        const key = node.alias?.value ?? node.name.value;
        const group = grouped.get(key);
        if (group) group.push({ node, parent });
        else grouped.set(key, [{ node, parent }]);
        continue;
      }
      const fragment = node.kind === 'FragmentSpread' ? fragments.get(node.name.value) : node;
      const condition = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
      const narrowed = (condition ?? parent) as GraphQLCompositeType;
      if (!fragment || (condition && !isSubtype(schema, narrowed, runtime))) continue;
      this.collect(runtime, narrowed, fragment.selectionSet, grouped);
    }
  }

  private isLeftOut({ directives }: { readonly directives?: FieldNode['directives'] }): boolean {
    for (const { name, arguments: [argument] = [] } of directives ?? []) {
      if ((name.value !== 'skip' && name.value !== 'include') || !argument) continue;
      const { value } = argument;
      const given =
        value.kind === 'Variable'
          ? this.options.conditions.get(value.name.value)
          : valueFromASTUntyped(value);
      if (given === (name.value === 'skip')) return true;
    }
    return false;
  }

  /** `owner` is for what errors say. */
  private value(
    type: GraphQLOutputType,
    selections: readonly Selection[],
    owner: GraphQLCompositeType,
  ): Complete {
    if (isNonNullType(type)) {
      const inner = this.value(type.ofType, selections, owner);
      return (value, findings) => {
        const complete = inner(value, findings);
        if (complete === BROKEN) return INVALID;
        if (complete !== null) return complete;
        broken(findings, 'Cannot return null for non-nullable', owner, type.ofType);
        return INVALID;
      };
    }
    if (isListType(type)) {
      const inner = this.value(type.ofType, selections, owner);
      return (value, findings) => {
        if (value === null || value === undefined) return null;
        if (!Array.isArray(value)) return broken(findings, 'Invalid value found for', owner, type);
        let isInvalid = false;
        const elements = new Array<unknown>(value.length);
        for (let i = 0; i < value.length; i++) {
          findings.path?.push(i);
          const element = inner(value[i] ?? null, findings);
          findings.path?.pop();
          if (element === INVALID) isInvalid = true;
          elements[i] = element === BROKEN ? null : element;
        }
        return isInvalid ? BROKEN : elements;
      };
    }
    if (isCompositeType(type)) return this.object(type, selections);
    const fits = leafCheck(type);
    if (!fits) return (value) => value ?? null;
    return (value, findings) => {
      if (value === null || value === undefined) return null;
      return fits(value) ? value : broken(findings, 'Invalid value found for', owner, type);
    };
  }
}

function typeOf({ node, parent }: SelectedField): GraphQLOutputType {
  const name = node.name.value;
  const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  if (!field) throw new Error(`There is no field ${parent.name}.${name}.`);
  return field.type;
}

function isSubtype(
  schema: GraphQLSchema,
  condition: GraphQLCompositeType,
  type: GraphQLCompositeType,
): boolean {
  if (condition === type) return true;
  const isSub = isObjectType(type) || isInterfaceType(type);
  return isAbstractType(condition) && isSub && schema.isSubType(condition, type);
}

function typenameOf(schema: GraphQLSchema, given: unknown, parent: GraphQLCompositeType): string | null {
  const type = (typeof given === 'string' ? schema.getType(given) : undefined) ?? parent;
  return isObjectType(type) ? type.name : null;
}

const INTEGER = /^-?\d+$/;

/** What a leaf of this type may be; null where anything may. What our own scalars look like is their service's to know. */
function leafCheck(type: GraphQLOutputType): ((value: unknown) => boolean) | null {
  if (isEnumType(type)) {
    const values = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => values.has(value);
  }
  const { name } = getNamedType(type);
  if (!isSpecifiedScalarType(type as never)) return null;
  return (value) => {
    switch (typeof value) {
      case 'boolean':
        return name === 'Boolean';
      case 'string':
        return name === 'String' || name === 'ID';
      case 'number':
        if (!Number.isFinite(value)) return false;
        return name === 'Float' || ((name === 'Int' || name === 'ID') && INTEGER.test(String(value)));
      default:
        return false;
    }
  };
}

function broken(
  findings: Findings,
  what: string,
  owner: GraphQLCompositeType | null,
  type: GraphQLOutputType,
): typeof BROKEN {
  findings.count++;
  const { path } = findings;
  if (path) {
    const last = path.at(-1);
    const where =
      typeof last === 'number'
        ? `array element of type ${type} at index ${last}`
        : `field ${owner?.name ?? type}.${last}`;
    const extensions = { code: 'INVALID_GRAPHQL' };
    findings.errors.push(new GraphQLError(`${what} ${where}.`, { path: [...path], extensions }));
  }
  return BROKEN;
}
