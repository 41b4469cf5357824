import type { ResponsePath } from '@apollo/query-planner';
import { type Data, isData, own } from './data.js';

/** A place in an answer, as errors name it. */
export type Path = readonly (string | number)[];

/** Objects of the answer in the making, and where in it each one stands. */
export interface Place {
  readonly object: Data;
  readonly path: Path;
}

/**
 * All objects at a path, where `@` is every element of a list. A list that the path does not name is walked through
 * as well, for it stands in the answer.
 */
export function objectsAt(data: unknown, path: ResponsePath): Data[] {
  const found: Data[] = [];
  collect(data, path, 0, found);
  return found;
}

function collect(value: unknown, path: ResponsePath, at: number, found: Data[]): void {
  if (Array.isArray(value)) {
    const next = path[at] === '@' ? at + 1 : at;
    for (const element of value) collect(element, path, next, found);
  } else if (isData(value)) {
    if (at === path.length) found.push(value);
    else collect(own(value, path[at] as string), path, at + 1, found);
  }
}

/** The same with their places, which only errors need. */
export function placesAt(data: unknown, path: ResponsePath): Place[] {
  const found: Place[] = [];
  const walk = (value: unknown, at: number, here: Path): void => {
    if (Array.isArray(value)) {
      const next = path[at] === '@' ? at + 1 : at;
      for (const [i, element] of value.entries()) walk(element, next, [...here, i]);
    } else if (isData(value)) {
      if (at === path.length) found.push({ object: value, path: here });
      else walk(own(value, path[at] as string), at + 1, [...here, path[at] as string]);
    }
  };
  walk(data, 0, []);
  return found;
}

/** How far a path goes without going into a list, whose elements a plan does not count. */
export function fieldsOf(path: ResponsePath): Path {
  const end = path.indexOf('@');
  return end < 0 ? path : path.slice(0, end);
}
