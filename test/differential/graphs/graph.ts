import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GatewayOptions } from '@samspill/gateway';
import { type DocumentNode, execute, GraphQLError, type GraphQLSchema, parse } from 'graphql';

/** A service of a small graph: its schema, and resolvers where the world does not simply have the value. */
export interface Part {
  readonly typeDefs: string;
  readonly resolvers?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A supergraph, and its services in this process. */
export interface Graph {
  readonly supergraphSdl: string;
  readonly dataSource: GatewayOptions['dataSource'];
}

export const FEDERATION = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@shareable", "@external", "@requires", "@provides", "@interfaceObject", "@inaccessible", "@override"
])`;

/** A resolver's error that is meant for clients, so that its words can be compared. */
export function refusal(what: string): GraphQLError {
  const messages = { nb: what, en: what };
  return new GraphQLError(what, { extensions: { code: 'CONFLICT', messages } });
}

/** What a data source throws when its service does not answer. */
export function silence(service: string): GraphQLError {
  const what = `${service} svarer ikke`;
  const messages = { nb: what, en: what };
  return new GraphQLError(what, { extensions: { code: 'SERVICE_UNAVAILABLE', service, messages } });
}

/** Composes the parts, and serves each as over HTTP: every answer is JSON that was read anew. */
export function graphOf(parts: Readonly<Record<string, Part>>): Graph {
  const services = Object.entries(parts).map(([name, { typeDefs, resolvers = {} }]) => {
    const document = parse(`${FEDERATION}\n${typeDefs}`);
    const schema = buildSubgraphSchema([{ typeDefs: document, resolvers: resolvers as never }]);
    return { name, document, schema };
  });
  const { supergraphSdl, errors } = composeServices(
    services.map(({ name, document }) => ({ name, url: `http://${name}.invalid`, typeDefs: document })),
  );
  if (!supergraphSdl) throw new AggregateError(errors ?? [], `It does not compose: ${errors?.join('\n')}`);
  return {
    supergraphSdl,
    dataSource: (name) => {
      const service = services.find((each) => each.name === name);
      if (!service) throw new Error(`There is no service ${name}`);
      return inProcess(service.schema);
    },
  };
}

function inProcess(schema: GraphQLSchema): ReturnType<GatewayOptions['dataSource']> {
  const documents = new Map<string, DocumentNode>();
  return {
    async process({ request, context }) {
      const query = request.query ?? '';
      const document = documents.get(query) ?? parse(query);
      documents.set(query, document);
      const answer = await execute({
        schema,
        document,
        contextValue: context,
        variableValues: JSON.parse(JSON.stringify(request.variables ?? {})),
        operationName: request.operationName,
      });
      return JSON.parse(JSON.stringify(answer));
    },
  };
}
