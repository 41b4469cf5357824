import { type Graph, graphOf, refusal } from './graph.js';

/** Keys of every kind (several, nested, of several fields, null), and fields that need others' fields. */

const PRODUCTS = ['p1', 'p2', 'p3', 'p4', 'p5'].map((upc, at) => ({
  __typename: 'Product',
  upc,
  sku: { maker: { code: `m${at % 2}` }, number: at },
  name: at === 3 ? null : `Vare ${upc}`,
  price: at === 2 ? null : at * 100,
  weight: at === 4 ? null : at * 7,
  maker: at % 2 ? { __typename: 'Maker', code: `m${at % 2}`, country: 'NO' } : null,
  similar: ['p1', 'p2', 'p3'].slice(at % 3),
}));

type Product = (typeof PRODUCTS)[number];
const product = (upc: string) => PRODUCTS.find((each) => each.upc === upc) ?? null;
const bySku = (sku: Product['sku']) =>
  PRODUCTS.find((each) => each.sku.number === sku.number && each.sku.maker.code === sku.maker.code) ?? null;
const withKeys = (upc: string) => ({ ...product(upc), similar: undefined });

export function shop(): Graph {
  return graphOf({
    catalogue: {
      typeDefs: /* GraphQL */ `
        type Query {
          products(first: Int): [Product!]!
          product(upc: ID!): Product
          shelves: [[Product!]]
          basket: Basket!
          everybody: [Everybody]
          version: String! @shareable
          old: String
        }
        type Product @key(fields: "upc") @key(fields: "sku { maker { code } number }") {
          upc: ID!
          sku: Sku!
          name(case: Case): String @shareable
          price: Int
          weight: Int @shareable
          maker: Maker
          similar: [Product!]!
          label: String @override(from: "stock")
        }
        type Sku @shareable { maker: SkuMaker! number: Int! }
        type SkuMaker @shareable { code: String! }
        type Maker @key(fields: "code country") { code: String! country: String! title: String }
        type Basket { lines: [Line!]! owner: Person note(text: Text = { words: "ingen" }): String }
        type Line @key(fields: "product { upc } place") { product: Product! place: Int! count: Int! }
        type Person @key(fields: "id") { id: ID }
        union Everybody = Maker | Person
        enum Case { UPPER LOWER }
        input Text { words: String! times: Int = 1 case: Case inner: Text }
      `,
      resolvers: {
        Query: {
          products: (_: unknown, { first }: { first?: number }) => PRODUCTS.slice(0, first ?? 5),
          product: (_: unknown, { upc }: { upc: string }) => product(upc),
          shelves: () => [[product('p1'), product('p4')], null, [], [product('p5')]],
          basket: () => ({}),
          everybody: () => [
            { __typename: 'Maker', code: 'm1', country: 'NO', title: 'Verket' },
            null,
            { __typename: 'Person', id: null },
            { __typename: 'Person', id: 'ola' },
          ],
          version: () => '1',
          old: () => 'gammel',
        },
        Product: {
          __resolveReference: (key: Partial<Product>) =>
            key.upc ? product(key.upc) : key.sku ? bySku(key.sku) : null,
          name: ({ name }: Product, { case: letters }: { case?: string }) =>
            letters === 'UPPER' ? name?.toUpperCase() : name,
          similar: ({ similar }: Product) => similar.map(product),
          label: ({ upc }: Product) => `ny merkelapp ${upc}`,
        },
        Maker: {
          __resolveReference: (key: object) => ({ ...key, title: 'Verket' }),
          title: ({ code }: { code: string }) => {
            if (code === 'm0') throw refusal('Ingen tittel');
            return `Verk ${code}`;
          },
        },
        Line: { __resolveReference: (key: object) => ({ ...key, count: 2 }) },
        Basket: {
          lines: () =>
            ['p1', 'p3', 'p1'].map((upc, place) => ({ product: product(upc), place, count: place + 1 })),
          owner: () => ({ id: 'ola' }),
          note: (_: unknown, { text }: { text: object }) => JSON.stringify(text),
        },
      },
    },
    stock: {
      typeDefs: /* GraphQL */ `
        type Query { version: String! @shareable  recent: [Product] @provides(fields: "weight") }
        type Product @key(fields: "upc") {
          upc: ID!
          price: Int @external
          weight: Int @external
          maker: Maker @external
          label: String
          shippingEstimate(express: Boolean = false): Int @requires(fields: "price weight")
          origin: String @requires(fields: "maker { code country }")
          inStock: Boolean!
          warehouses: [Warehouse!]
        }
        type Maker @key(fields: "code country") { code: String! country: String! }
        type Warehouse @key(fields: "id") { id: ID! holds: [[Product]] }
      `,
      resolvers: {
        Query: {
          version: () => '1',
          recent: () => [withKeys('p2'), null, withKeys('p4'), withKeys('p2')],
        },
        Product: {
          __resolveReference: (key: { upc: string }) => (key.upc === 'p5' ? null : key),
          shippingEstimate: (
            { price, weight }: { price: number | null; weight: number | null },
            { express }: { express: boolean },
          ) => (price === null || weight === null ? null : (price + weight) * (express ? 2 : 1)),
          origin: ({ maker }: { maker: { code: string; country: string } | null }) =>
            maker && `${maker.country}-${maker.code}`,
          inStock: ({ upc }: { upc: string }) => {
            if (upc === 'p3') throw refusal('Lageret er stengt');
            return upc !== 'p4';
          },
          warehouses: ({ upc }: { upc: string }) => (upc === 'p2' ? [{ id: 'w1' }, { id: 'w2' }] : null),
        },
        Maker: { __resolveReference: (key: object) => key },
        Warehouse: {
          __resolveReference: (key: object) => key,
          holds: () => [[{ upc: 'p1' }, null, { upc: 'p3' }], [{ upc: 'p5' }]],
        },
      },
    },
    opinions: {
      typeDefs: /* GraphQL */ `
        type Query { version: String! @shareable  reviews(of: ID): [Review] }
        type Review { id: ID!  stars: Int!  product: Product  by: Person! }
        type Product @key(fields: "sku { maker { code } number }") {
          sku: Sku!
          reviews: [Review!]
          rating(scale: Int! = 5): Float
          shippingEstimate(express: Boolean = false): Int @external
          verdict: String @requires(fields: "shippingEstimate(express: true)")
        }
        type Sku @shareable { maker: SkuMaker! number: Int! }
        type SkuMaker @shareable { code: String! }
        type Person @key(fields: "id") { id: ID  name: String!  favourites: [Product!]! }
      `,
      resolvers: {
        Query: {
          version: () => '1',
          reviews: () => [
            { id: 'r1', stars: 5, product: product('p1'), by: { id: 'ola' } },
            null,
            { id: 'r2', stars: 1, product: product('p3'), by: { id: 'kari' } },
            { id: 'r3', stars: 2, product: null, by: { id: null } },
          ],
        },
        Product: {
          __resolveReference: (key: object) => key,
          reviews: ({ sku }: Product) =>
            sku.number === 1
              ? null
              : [{ id: `r${sku.number}`, stars: sku.number, product: { sku }, by: { id: 'ola' } }],
          rating: ({ sku }: Product, { scale }: { scale: number }) => (sku.number * scale) / 10,
          verdict: ({ shippingEstimate }: { shippingEstimate: number | null }) =>
            shippingEstimate === null ? 'ukjent' : `koster ${shippingEstimate}`,
        },
        Person: {
          __resolveReference: (key: { id: string | null }) => (key.id === null ? null : key),
          name: ({ id }: { id: string }) => {
            if (id === 'kari') throw refusal('Navnet er hemmelig');
            return `Navn ${id}`;
          },
          favourites: () => [product('p2'), product('p4')],
        },
      },
    },
  });
}
