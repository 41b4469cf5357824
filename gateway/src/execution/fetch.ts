import type { FetchNode, ResponsePath } from '@apollo/query-planner';
import {
  type FieldNode,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  parse,
} from 'graphql';
import { type Data, isData, merge } from './data.js';
import { fieldsOf, objectsAt, type Path, placesAt } from './paths.js';
import { compilePicker, type Picker } from './representations.js';
import { compileRewrites, type Rewrite } from './rewrites.js';
import type { Run, Step } from './run.js';
import { callOf, otherNumber, questionOf, type ServiceAnswer, type ServiceCall } from './service-call.js';

/** A fetch of a plan, for the objects at a path of the answer, compiled. */
export function compileFetch(node: FetchNode, schema: GraphQLSchema, at: ResponsePath): Step {
  return node.requires ? entityFetch(node, schema, at, node.requires) : rootFetch(node, schema, at);
}

function rootFetch(node: FetchNode, schema: GraphQLSchema, at: ResponsePath): Step {
  const question = questionOf(node);
  const rewrite = compileRewrites(schema, node.outputRewrites);
  const place = [...fieldsOf(at), ...onlyField(node)];
  return async (run) => {
    const targets = at.length === 0 ? [run.data] : objectsAt(run.data, at);
    if (targets.length === 0) return;
    const answer = await asked(run, callOf(question, run.variables, null), place);
    for (const error of answer?.errors ?? []) {
      run.errors.push(downstream(error, question.service, error.path && [...at, ...error.path]));
    }
    if (!answer?.data) return;
    rewrite?.(answer.data);
    for (const target of targets) merge(target, answer.data);
  };
}

function entityFetch(
  node: FetchNode,
  schema: GraphQLSchema,
  at: ResponsePath,
  requires: NonNullable<FetchNode['requires']>,
): Step {
  const question = questionOf(node);
  const pick = compilePicker(schema, requires);
  const rewriteInput = compileRewrites(schema, node.inputRewrites);
  const rewriteOutput = compileRewrites(schema, node.outputRewrites);
  const place = fieldsOf(at);
  return async (run) => {
    const wanted = wantedOf(objectsAt(run.data, at), pick, rewriteInput);
    const { representations } = wanted;
    if (representations.length === 0) return;
    const answer = await asked(run, callOf(question, run.variables, representations), place);
    // Where the objects stand is looked up once, and only where there is an error to tell.
    let places: Map<Data, Path[]> | undefined;
    for (const error of answer?.errors ?? []) {
      places ??= placesByObject(run.data, at);
      for (const path of pathsOf(error, places, at, wanted)) {
        run.errors.push(downstream(error, question.service, path));
      }
    }
    if (!answer?.data) return;
    const found = answer.data._entities;
    if (!Array.isArray(found) || found.length !== representations.length) {
      return run.failures.add(question.service, otherNumber(representations.length), place);
    }
    for (let i = 0; i < found.length; i++) {
      const entity: unknown = found[i];
      if (!isData(entity)) continue;
      const those = wanted.objects[i] as Data[];
      if (!entity.__typename) entity.__typename = those[0]?.__typename;
      rewriteOutput?.(entity);
      for (const object of those) merge(object, entity);
    }
  };
}

/** A call that fails costs its own part of the answer. */
async function asked(run: Run, call: ServiceCall, place: Path): Promise<ServiceAnswer | null> {
  try {
    return await run.send(call);
  } catch (error) {
    run.failures.add(call.service, error, place);
    return null;
  }
}

interface Wanted {
  readonly representations: Data[];
  /** The objects of the answer that each representation stands for. */
  readonly objects: Data[][];
}

/** Each entity is asked about once, however often it stands in the answer. */
function wantedOf(objects: readonly Data[], pick: Picker, rewrite: Rewrite | null): Wanted {
  const wanted: Wanted = { representations: [], objects: [] };
  const known = new Map<string, Data[]>();
  for (const object of objects) {
    const representation = pick(object);
    if (!representation?.__typename) continue;
    rewrite?.(representation);
    const key = JSON.stringify(representation);
    const same = known.get(key);
    if (same) {
      same.push(object);
      continue;
    }
    const those = [object];
    known.set(key, those);
    wanted.representations.push(representation);
    wanted.objects.push(those);
  }
  return wanted;
}

/** Where in the client's answer an error of `_entities` stands: at every object that the entity is. */
function pathsOf(
  { path }: GraphQLFormattedError,
  places: ReadonlyMap<Data, readonly Path[]>,
  at: ResponsePath,
  { objects }: Wanted,
): (Path | undefined)[] {
  if (!path) return [undefined];
  if (typeof path[1] !== 'number') return [[...at, ...path]];
  const those = objects[path[1]];
  // An error about what was not asked for is one all the same.
  if (!those) return [fieldsOf(at)];
  return those.flatMap((object) => (places.get(object) ?? []).map((place) => [...place, ...path.slice(2)]));
}

function placesByObject(data: unknown, at: ResponsePath): Map<Data, Path[]> {
  const places = new Map<Data, Path[]>();
  for (const { object, path } of placesAt(data, at)) {
    const known = places.get(object);
    if (known) known.push(path);
    else places.set(object, [path]);
  }
  return places;
}

function downstream(error: GraphQLFormattedError, serviceName: string, path: Path | undefined): GraphQLError {
  const { extensions } = error;
  return new GraphQLError(error.message || `Error while fetching subquery from service "${serviceName}"`, {
    originalError: error as Error & GraphQLFormattedError,
    path,
    extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', ...extensions, serviceName },
  });
}

/** The one field that is asked for at a service's root, to say where its part of the answer is; none of several. */
function onlyField(node: FetchNode): Path {
  const operation = parse(node.operation).definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
  const fields = operation.selectionSet.selections.filter(
    (each): each is FieldNode => each.kind === Kind.FIELD,
  );
  const [field] = fields;
  if (!field || operation.selectionSet.selections.length > 1) return [];
  return [field.alias?.value ?? field.name.value];
}
