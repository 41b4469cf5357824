import type { RequestContext } from './context.js';

/** How long a path may be, and a query with a signature in it. Nobody's address of ours is longer. */
const LONGEST_URL = 4_096;

export type RouteMethod = 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE' | 'OPTIONS';

/**
 * What a service answers at an address of its own, beside GraphQL: a document, a calendar, a page to print.
 * Addresses are those of the web's own `Request` and `Response`, so nothing here knows by what it is served.
 */
export interface ServiceRoute {
  readonly methods: readonly RouteMethod[];
  /** Below `/<service>`, such as `/calendar/events/:id.ics`; a `:name` is one part of the path, without slashes. */
  readonly path: string;
  handle(call: RouteCall): Promise<Response>;
}

/** One request to a route. */
export interface RouteCall {
  readonly request: Request;
  readonly url: URL;
  /** The parts of the path that have a name. */
  readonly params: Readonly<Record<string, string>>;
  /** Who asks, and the unit of work that sees what they may see. */
  readonly context: RequestContext;
}

export interface FoundRoute {
  readonly route: ServiceRoute;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * The route of a path below the service's name; the methods that it has where the one asked for is not among
 * them; null where there is nothing.
 */
export function findRoute(
  routes: readonly ServiceRoute[],
  method: string,
  path: string,
): FoundRoute | { readonly allowed: readonly RouteMethod[] } | null {
  const allowed: RouteMethod[] = [];
  if (path.length > LONGEST_URL) return null;
  for (const route of routes) {
    const params = paramsIn(route.path, path);
    if (!params) continue;
    if ((route.methods as readonly string[]).includes(method)) return { route, params };
    allowed.push(...route.methods);
  }
  return allowed.length > 0 ? { allowed } : null;
}

const patterns = new Map<string, RegExp>();

function paramsIn(pattern: string, path: string): Record<string, string> | null {
  let expression = patterns.get(pattern);
  if (!expression) {
    const text = pattern
      .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll(/:(\w+)/g, (_, name: string) => `(?<${name}>[^/]+?)`);
    expression = new RegExp(`^${text}$`);
    patterns.set(pattern, expression);
  }
  const match = expression.exec(path);
  if (!match) return null;
  try {
    const parts = Object.entries(match.groups ?? {}).map(([name, value]) => [
      name,
      decodeURIComponent(value),
    ]);
    return Object.fromEntries(parts) as Record<string, string>;
  } catch {
    // A percent sign that begins nothing.
    return null;
  }
}
