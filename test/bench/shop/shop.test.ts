import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { expect, it, onTestFinished } from 'vitest';
import { ANY_SHOP } from './data.ts';
import { expectedData } from './expected.ts';
import { questions } from './questions.ts';
import { type ServiceName, shopSupergraph } from './schemas.ts';
import { shopServices } from './service.ts';

const OTHER_SHOP = '27182818';

/** The stock gateway, in this process. */
async function stockGateway() {
  const answer = shopServices();
  const calls: string[] = [];
  const server = new ApolloServer({
    gateway: new ApolloGateway({
      supergraphSdl: shopSupergraph('http://nowhere.invalid'),
      buildService: ({ name }) => ({
        process: async ({ request: { query, variables, operationName } }) => {
          calls.push(name);
          return JSON.parse(answer(name as ServiceName, JSON.stringify({ query, variables, operationName })));
        },
      }),
    }),
  });
  await server.start();
  onTestFinished(() => server.stop());
  return {
    calls,
    async ask(query: string, variables: Readonly<Record<string, string>>) {
      const { body } = await server.executeOperation({ query, variables });
      return JSON.stringify(body.kind === 'single' && body.singleResult);
    },
  };
}

it.each(Object.values(questions))('expects of $name what the stock gateway answers', async (question) => {
  const gateway = await stockGateway();
  const expected = JSON.stringify({ data: expectedData(question) });
  expect(JSON.parse(await gateway.ask(question.query, question.variables))).toEqual(JSON.parse(expected));

  // The services answer for a second shop from what they remember of the first.
  const inOther = (text: string) => text.replaceAll(ANY_SHOP, OTHER_SHOP);
  const variables = JSON.parse(inOther(JSON.stringify(question.variables)));
  expect(JSON.parse(await gateway.ask(question.query, variables))).toEqual(JSON.parse(inOther(expected)));
});

it('asks as many calls of a gateway as the tables say', async () => {
  const calls = async (name: keyof typeof questions) => {
    const gateway = await stockGateway();
    await gateway.ask(questions[name].query, questions[name].variables);
    return gateway.calls;
  };
  expect(await calls('small')).toEqual(['products', 'reviews']);
  expect(await calls('nested')).toHaveLength(16);
  expect((await calls('mutation')).toSorted()).toEqual(['accounts', 'products', 'reviews']);
});

it('keeps shops apart that one call asks for', () => {
  const answer = shopServices();
  const query = 'query ($a: ID!, $b: ID!) { a: product(upc: $a) { upc } b: product(upc: $b) { upc name } }';
  const ask = (a: string, b: string) =>
    JSON.parse(answer('products', JSON.stringify({ query, variables: { a: `${a}-p1`, b: `${b}-p2` } })));
  const data = (a: string, b: string) => ({
    data: { a: { upc: `${a}-p1` }, b: { upc: `${b}-p2`, name: 'Wing chair' } },
  });
  expect(ask(ANY_SHOP, OTHER_SHOP)).toEqual(data(ANY_SHOP, OTHER_SHOP));
  expect(ask(OTHER_SHOP, ANY_SHOP)).toEqual(data(OTHER_SHOP, ANY_SHOP));
  expect(ask(OTHER_SHOP, OTHER_SHOP)).toEqual(data(OTHER_SHOP, OTHER_SHOP));
});
