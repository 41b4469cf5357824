// The floor: a program by hand that knows three questions, makes the calls that the stock gateway's plans have for
// them, as parallel as those, puts the answers together, and knows nothing of GraphQL. What a gateway takes longer
// than this is what it costs to be one.
import { createServer } from 'node:http';
import { Pool } from 'undici';

const { PORT, SHOP } = process.env;
const pool = new Pool(SHOP, { connections: 64 });

/** A call whose body is ready except for the variables. */
function call(service, query) {
  const start = `{"query":${JSON.stringify(query)},"variables":`;
  const request = { path: `/${service}`, method: 'POST', headers: { 'content-type': 'application/json' } };
  return async (variables) => {
    const { statusCode, body } = await pool.request({
      ...request,
      body: `${start}${JSON.stringify(variables)}}`,
    });
    const { data, errors } = await body.json();
    if (statusCode !== 200 || errors) throw new Error(`${service}: ${statusCode} ${JSON.stringify(errors)}`);
    return data;
  };
}

/** A call for what is missing of entities: each is asked for once, wherever it stands, and completed everywhere. */
function complete(service, type, key, fields, required = []) {
  const ask = call(
    service,
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${fields} } } }`,
  );
  return async (objects) => {
    const groups = new Map();
    for (const object of objects) {
      const group = groups.get(object[key]);
      if (group) group.push(object);
      else groups.set(object[key], [object]);
    }
    const of = [...groups.values()].map(([object]) => {
      const representation = { __typename: type, [key]: object[key] };
      for (const name of required) representation[name] = object[name];
      return representation;
    });
    const { _entities: found } = await ask({ of });
    let at = 0;
    for (const group of groups.values()) {
      const fields = found[at++];
      for (const object of group) Object.assign(object, fields);
    }
  };
}

const small = {
  product: call('products', 'query ($upc: ID!) { product(upc: $upc) { upc name price } }'),
  reviews: call(
    'reviews',
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Product { reviews { id body } } } }',
  ),
};

async function answerSmall({ upc }) {
  const { product } = await small.product({ upc });
  const of = [{ __typename: 'Product', upc: product.upc }];
  const { _entities: found } = await small.reviews({ of });
  return { product: { name: product.name, price: product.price, reviews: found[0].reviews } };
}

const written = 'id body author { id reviews { id body product { upc } } }';
const nested = {
  users: call('accounts', 'query ($shop: ID!) { users(shop: $shop) { id username name } }'),
  topProducts: call('products', 'query ($shop: ID!) { topProducts(shop: $shop) { name price upc weight } }'),
  ofUsers: complete('reviews', 'User', 'id', `reviews { id body product { upc reviews { ${written} } } }`),
  ofProducts: complete('reviews', 'Product', 'upc', `reviews { ${written} }`),
  people: complete('accounts', 'User', 'id', 'username name'),
  goods: complete('products', 'Product', 'upc', 'name price weight'),
  stock: complete('inventory', 'Product', 'upc', 'inStock'),
  shipping: complete('inventory', 'Product', 'upc', 'shippingEstimate', ['price', 'weight']),
  stockAndShipping: complete('inventory', 'Product', 'upc', 'inStock shippingEstimate', ['price', 'weight']),
};

const reviewsOf = (objects) => objects.flatMap(({ reviews }) => reviews);
const productsOf = (objects) => reviewsOf(objects).map(({ product }) => product);
const authorsOf = (objects) => reviewsOf(objects).map(({ author }) => author);

/** Room for what arrives later, so that the answer is the same whatever arrives first. */
const makeRoom = (objects, ...names) => {
  for (const object of objects) for (const name of names) object[name] = null;
};

async function fillIn(products) {
  makeRoom(products, 'name', 'price', 'weight', 'shippingEstimate', 'inStock');
  await Promise.all([nested.goods(products).then(() => nested.shipping(products)), nested.stock(products)]);
}

async function usersAndAll(shop) {
  const { users } = await nested.users({ shop });
  await nested.ofUsers(users);
  const products = productsOf(users);
  const authors = authorsOf(products);
  await Promise.all([fillIn(products), nested.people(authors), fillIn(productsOf(authors))]);
  return users;
}

async function topProductsAndAll(shop) {
  const { topProducts } = await nested.topProducts({ shop });
  makeRoom(topProducts, 'reviews', 'shippingEstimate', 'inStock');
  const reviewed = async () => {
    await nested.ofProducts(topProducts);
    const authors = authorsOf(topProducts);
    await Promise.all([nested.people(authors), fillIn(productsOf(authors))]);
  };
  await Promise.all([reviewed(), nested.stockAndShipping(topProducts)]);
  return topProducts;
}

async function answerNested({ shop }) {
  const [users, topProducts] = await Promise.all([usersAndAll(shop), topProductsAndAll(shop)]);
  return { users, topProducts };
}

const mutation = {
  add: call(
    'reviews',
    `mutation ($upc: ID!, $author: ID!, $body: String!) {
      addReview(upc: $upc, author: $author, body: $body) { id body author { id } product { upc } }
    }`,
  ),
  author: call(
    'accounts',
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { name username } } }',
  ),
  product: call(
    'products',
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Product { name price } } }',
  ),
};

async function answerMutation(variables) {
  const { addReview: review } = await mutation.add(variables);
  const [{ _entities: authors }, { _entities: products }] = await Promise.all([
    mutation.author({ of: [{ __typename: 'User', id: review.author.id }] }),
    mutation.product({ of: [{ __typename: 'Product', upc: review.product.upc }] }),
  ]);
  return { addReview: { id: review.id, body: review.body, author: authors[0], product: products[0] } };
}

function answerTo({ query, variables }) {
  if (query.includes('query Small')) return answerSmall(variables);
  if (query.includes('query Nested')) return answerNested(variables);
  return answerMutation(variables);
}

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    try {
      const body = Buffer.from(JSON.stringify({ data: await answerTo(JSON.parse(Buffer.concat(chunks))) }));
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
        .end(body);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
}).listen(PORT, '127.0.0.1');
