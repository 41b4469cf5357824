import { type DocumentNode, executeSync, parse } from 'graphql';
import { type ServiceName, serviceNames, serviceSchema } from './schemas.ts';

/** How many shapes of calls are remembered. A gateway that makes a new one of every request pays for that itself. */
const MOST = 10_000;

const SHOP = /\b\d{8}\b/g;

/**
 * The services of the shop, as a function from a call's body to the answer's. A call is executed once, by graphql-js;
 * every other one that differs by the shop's number only gets the same answer with that number in it, as all shops
 * are alike. So the services cost little, whatever is asked, and the gateway is the narrow place.
 */
export function shopServices(): (service: ServiceName, body: string) => string {
  const answers = new Map(serviceNames.map((name) => [name, remembering(serviceSchema(name))] as const));
  return (service, body) => {
    const answer = answers.get(service);
    if (!answer) throw new Error(`The shop has no service "${service}"`);
    return answer(body);
  };
}

function remembering(schema: ReturnType<typeof serviceSchema>): (body: string) => string {
  const documents = new Map<string, DocumentNode>();
  const templates = new Map<string, readonly (string | number)[]>();

  return (body) => {
    // Several shops in one call, should a gateway ever gather calls of several requests, are told apart.
    const shops: string[] = [];
    const shape = body.replace(SHOP, (shop) => {
      let place = shops.indexOf(shop);
      if (place < 0) place = shops.push(shop) - 1;
      return `\0${place}`;
    });
    let template = templates.get(shape);
    if (!template) {
      template = templateOf(execute(body), shops);
      if (templates.size < MOST) templates.set(shape, template);
    }
    let answer = '';
    for (const part of template) answer += typeof part === 'string' ? part : shops[part];
    return answer;
  };

  function execute(body: string): string {
    const { query, variables, operationName } = JSON.parse(body) as {
      query: string;
      variables?: Record<string, unknown>;
      operationName?: string;
    };
    let document = documents.get(query);
    if (!document) {
      document = parse(query);
      documents.set(query, document);
    }
    return JSON.stringify(executeSync({ schema, document, variableValues: variables, operationName }));
  }
}

/** An answer in pieces, with a place among the shops of the call where a shop's number stands. */
function templateOf(answer: string, shops: readonly string[]): (string | number)[] {
  const parts: (string | number)[] = [];
  let from = 0;
  for (const { 0: shop, index } of answer.matchAll(SHOP)) {
    parts.push(answer.slice(from, index), shops.indexOf(shop));
    from = index + shop.length;
  }
  return [...parts, answer.slice(from)];
}
