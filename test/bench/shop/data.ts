/**
 * The little shop of the public gateway benchmarks, with users, products and reviews of our own, and with as many
 * branches as anybody asks for: a shop is a number of eight digits that stands in every id, and apart from that all
 * shops are alike. So a request can ask for what nobody has asked for before, down to the last entity, and what the
 * answer must be is known without working it out again.
 */
export type Shop = string;

/** A shop that stands for any other. */
export const ANY_SHOP: Shop = '10000000';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly username: string;
}

export interface Product {
  readonly upc: string;
  readonly name: string;
  readonly price: number;
  readonly weight: number;
  readonly inStock: boolean;
}

export interface Review {
  readonly id: string;
  readonly body: string;
  readonly author: string;
  readonly product: string;
}

const people: readonly (readonly [name: string, username: string])[] = [
  ['Astrid Lie', 'astrid'],
  ['Bjørn Haugen', 'haugen'],
  ['Camilla Moe', 'camoe'],
  ['David Sunde', 'dsunde'],
  ['Eline Vik', 'vikeline'],
  ['Farid Amini', 'farid'],
];

const goods: readonly (readonly [name: string, price: number, weight: number, inStock: boolean])[] = [
  ['Kitchen table', 4_990, 320, true],
  ['Wing chair', 6_490, 210, false],
  ['Desk lamp', 649, 18, true],
  ['Bookcase', 2_190, 410, true],
  ['Wool blanket', 899, 12, true],
  ['Bunk bed', 7_290, 690, false],
  ['Hallway mirror', 1_090, 95, true],
  ['Garden bench', 3_490, 260, true],
  ['Coat stand', 790, 48, false],
];

const opinions: readonly (readonly [author: number, product: number, body: string])[] = [
  [1, 1, 'Six of us sit at it every day.'],
  [2, 1, 'Wobbles on an old floor.'],
  [3, 1, 'The wood has become more beautiful with time.'],
  [1, 2, 'I fall asleep in it.'],
  [4, 2, 'Took three weeks to arrive, and was worth it.'],
  [2, 3, 'Bright enough to sew by.'],
  [5, 3, 'The switch is on the wrong side.'],
  [3, 4, 'Holds what it promises, and all my atlases.'],
  [4, 4, 'Put it up alone in half an hour.'],
  [5, 5, 'The cat has taken it over.'],
  [6, 5, 'Warm, light, does not itch.'],
];

export const shopOf = (id: string): Shop => id.slice(0, ANY_SHOP.length);
const id = (shop: Shop, letter: string, at: number) => `${shop}-${letter}${at + 1}`;
const placeOf = (id: string) => Number(id.slice(ANY_SHOP.length + 2)) - 1;

export function user(of: string): User | undefined {
  const [name, username] = people[placeOf(of)] ?? [];
  return name === undefined || username === undefined ? undefined : { id: of, name, username };
}

export function product(upc: string): Product | undefined {
  const [name, price, weight, inStock] = goods[placeOf(upc)] ?? [];
  if (name === undefined || price === undefined || weight === undefined || inStock === undefined) return;
  return { upc, name, price, weight, inStock };
}

export function review(of: string): Review | undefined {
  const [author, product, body] = opinions[placeOf(of)] ?? [];
  if (author === undefined || product === undefined || body === undefined) return undefined;
  const shop = shopOf(of);
  return { id: of, body, author: id(shop, 'u', author - 1), product: id(shop, 'p', product - 1) };
}

export const users = (shop: Shop): User[] => existing(people.map((_, at) => user(id(shop, 'u', at))));
export const products = (shop: Shop): Product[] => existing(goods.map((_, at) => product(id(shop, 'p', at))));
export const reviews = (shop: Shop): Review[] => existing(opinions.map((_, at) => review(id(shop, 'r', at))));

/** What it costs to send: nothing for what is dear, and otherwise by weight. */
export const shippingEstimate = ({ price, weight }: { price: number; weight: number }): number =>
  price > 5_000 ? 0 : Math.round(weight / 2);

/** The review that somebody writes. It is not kept, so that the shop stays as it is however long it is asked. */
export const written = (upc: string, author: string, body: string): Review => ({
  id: id(shopOf(upc), 'r', opinions.length),
  body,
  author,
  product: upc,
});

function existing<T>(values: readonly (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined);
}
