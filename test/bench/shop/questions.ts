import { ANY_SHOP } from './data.ts';

export interface Question {
  readonly name: string;
  readonly query: string;
  /** Those of {@link ANY_SHOP}; those of another have its number instead. */
  readonly variables: Readonly<Record<string, string>>;
}

/** A fetch from one service, and then one of entities from another. */
const small: Question = {
  name: 'small',
  query: `query Small($upc: ID!) {
  product(upc: $upc) { name price reviews { id body } }
}`,
  variables: { upc: `${ANY_SHOP}-p1` },
};

/** The query that gateways are usually compared by: a few levels to and fro between all services. */
const nested: Question = {
  name: 'nested',
  query: `fragment Person on User { id username name }
fragment Opinion on Review { id body }
fragment Goods on Product { inStock name price shippingEstimate upc weight }
query Nested($shop: ID!) {
  users(shop: $shop) {
    ...Person
    reviews {
      ...Opinion
      product {
        ...Goods
        reviews {
          ...Opinion
          author { ...Person reviews { ...Opinion product { ...Goods } } }
        }
      }
    }
  }
  topProducts(shop: $shop) {
    ...Goods
    reviews {
      ...Opinion
      author { ...Person reviews { ...Opinion product { ...Goods } } }
    }
  }
}`,
  variables: { shop: ANY_SHOP },
};

/** A change in one service, whose result is completed by two others. */
const mutation: Question = {
  name: 'mutation',
  query: `mutation Write($upc: ID!, $author: ID!, $body: String!) {
  addReview(upc: $upc, author: $author, body: $body) {
    id
    body
    author { name username }
    product { name price }
  }
}`,
  variables: { upc: `${ANY_SHOP}-p3`, author: `${ANY_SHOP}-u2`, body: 'Better than the last one.' },
};

export const questions = { small, nested, mutation };

/** As it is sent. */
export const bodyOf = ({ query, variables }: Question): string => JSON.stringify({ query, variables });
