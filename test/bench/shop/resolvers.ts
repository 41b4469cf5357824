import {
  product,
  products,
  type Review,
  review,
  reviews,
  shippingEstimate,
  shopOf,
  user,
  users,
  written,
} from './data.ts';

interface Id {
  readonly id: string;
}
interface Upc {
  readonly upc: string;
}

/** What all services resolve; each takes of it what its schema has. */
export const resolvers = {
  Query: {
    users: (_: unknown, { shop }: { shop: string }) => users(shop),
    product: (_: unknown, { upc }: Upc) => product(upc),
    topProducts: (_: unknown, { shop, first }: { shop: string; first: number }) =>
      products(shop).slice(0, first),
  },
  Mutation: {
    addReview: (_: unknown, { upc, author, body }: { upc: string; author: string; body: string }) =>
      written(upc, author, body),
  },
  User: {
    reviews: ({ id }: Id) => reviews(shopOf(id)).filter(({ author }) => author === id),
  },
  Product: {
    shippingEstimate,
    reviews: ({ upc }: Upc) => reviews(shopOf(upc)).filter(({ product }) => product === upc),
  },
  Review: {
    author: ({ author }: Review) => user(author),
    product: ({ product: upc }: Review) => product(upc),
  },
};

/** What a service is given of an entity that another has found. */
export type Reference = { readonly __typename: string } & Id & Upc;

/** How entities are found again. */
export const references: Readonly<Record<string, (reference: Reference) => object | undefined>> = {
  User: ({ id }) => user(id),
  Product: ({ upc }) => product(upc),
  Review: ({ id }) => review(id),
};
