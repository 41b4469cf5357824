import { isDeepStrictEqual } from 'node:util';
import type { RunningGateway } from '@samspill/gateway';
import { everybody, type Identity } from '@samspill/identity';
import type { Operation } from '@samspill/subgraph';
import type { GraphQLFormattedError } from 'graphql';

/** Two gateways over the same services. */
export interface Sides {
  readonly stock: RunningGateway;
  readonly compiled: RunningGateway;
}

interface Told {
  readonly data: string | undefined;
  readonly errors: readonly GraphQLFormattedError[];
}

/**
 * Where the compiled execution answers otherwise on purpose. Each takes what the stock one told and gives what it would
 * have told, had it been as good in this one point. Nothing else may differ.
 */
const BETTER: Readonly<Record<string, (stock: Told, compiled: Told) => Told>> = {
  /** Stock gathers fragments on one type; the specification has fields where they first stand (6.3.2, CollectFields). */
  'fields stand in their order': (stock, compiled) =>
    stock.data !== compiled.data && isDeepStrictEqual(read(stock), read(compiled))
      ? { ...stock, data: compiled.data }
      : stock,
  /** Ten calls that a service does not answer are one thing to tell, and at the place where its parts are missing. */
  'a service that is silent is told of once': (stock, compiled) => {
    const silent = stock.errors.filter(isSilence);
    if (silent.length === 0) return stock;
    const services = new Set(silent.map(serviceOf));
    const once = compiled.errors.filter((each) => isSilence(each) && services.has(serviceOf(each)));
    if (once.length !== services.size) return stock;
    return { ...stock, errors: [...stock.errors.filter((each) => !isSilence(each)), ...once] };
  },
  /** Stock counts objects that were not asked about when it says which of them an error belongs to. */
  'an error stands where it belongs': (stock, compiled) => {
    if (stock.errors.length !== compiled.errors.length) return stock;
    const rough = (told: Told) => told.errors.map((each) => JSON.stringify(brief(each, false))).sort();
    const same = rough(stock).every((each, at) => each === rough(compiled)[at]);
    return same && compiled.errors.every((each) => leadsSomewhere(each, compiled.data))
      ? { ...stock, errors: compiled.errors }
      : stock;
  },
};

const isSilence = ({ extensions }: GraphQLFormattedError) => extensions?.code === 'SERVICE_UNAVAILABLE';
const serviceOf = ({ extensions }: GraphQLFormattedError) => extensions?.service;

const read = ({ data }: Pick<Told, 'data'>): unknown => (data === undefined ? null : JSON.parse(data));

/** Whether the place of an error is there, or lies within a null. */
function leadsSomewhere({ path = [] }: GraphQLFormattedError, data: string | undefined): boolean {
  let value = read({ data });
  for (const step of path) {
    if (value === null) return true;
    if (typeof value !== 'object') return false;
    // Asked of a service for an interface, and of the answer for another type than this object's.
    if (!Object.hasOwn(value, step)) return typeof step === 'string';
    value = (value as Record<string | number, unknown>)[step];
  }
  return true;
}

/** How a difference on purpose was met, and how often. */
export type Tally = Map<string, number>;

export interface Asked {
  readonly operation: Operation;
  readonly identity?: Identity;
}

/** Asks both, and says how they differ; null where they do not, or only on purpose. */
export async function difference(sides: Sides, asked: Asked, tally: Tally): Promise<string | null> {
  const [stock, compiled] = [await toldBy(sides.stock, asked), await toldBy(sides.compiled, asked)];
  tally.set('asked', (tally.get('asked') ?? 0) + 1);
  if (compiled.errors.length > 0) tally.set('with errors', (tally.get('with errors') ?? 0) + 1);
  if (isSame(stock, compiled)) return null;
  let mended = stock;
  for (const [name, mend] of Object.entries(BETTER)) {
    const before = mended;
    mended = mend(mended, compiled);
    if (mended !== before) tally.set(name, (tally.get(name) ?? 0) + 1);
    if (isSame(mended, compiled)) return null;
  }
  return [
    `${asked.operation.query}\nwith ${JSON.stringify(asked.operation.variables)}`,
    `stock:    ${shown(stock)}`,
    `compiled: ${shown(compiled)}`,
  ].join('\n');
}

async function toldBy(gateway: RunningGateway, { operation, identity = everybody }: Asked): Promise<Told> {
  const headers = { 'accept-language': 'en', 'x-request-id': 'differential' };
  const { data, errors = [] } = await gateway.execute(operation, headers, identity);
  return { data: data === undefined ? undefined : JSON.stringify(data), errors };
}

/** In which order parallel fetches fail is nobody's promise. */
function isSame(one: Told, other: Told): boolean {
  const errors = ({ errors }: Told) => errors.map((each) => JSON.stringify(brief(each, true))).sort();
  return one.data === other.data && JSON.stringify(errors(one)) === JSON.stringify(errors(other));
}

function brief({ path, extensions, message }: GraphQLFormattedError, exactly: boolean) {
  const place = exactly ? path : path?.filter((step) => typeof step === 'string');
  return [place, extensions?.code, extensions?.service, message];
}

const shown = ({ data, errors }: Told) =>
  `${data}\n          ${JSON.stringify(errors.map((each) => brief(each, true)))}`;
