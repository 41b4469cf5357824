import { ANY_SHOP } from './shop/data.ts';
import { type Question, questions } from './shop/questions.ts';

/**
 * What is sent in turn while memory is watched. Whatever a gateway might remember is new each time: variables, and in
 * some of them the query's text too, valid or not, as whoever writes a front end, or an attack, would send it.
 */
export function mixedQuestions(): (Question & { readonly valid: boolean })[] {
  const { small, nested, mutation } = questions;
  const many = (count: number, question: Question) =>
    Array.from({ length: count }, () => ({ ...question, valid: true }));
  return [
    ...many(8, small),
    ...many(3, nested),
    ...many(3, mutation),
    // The number stands in the query itself, as the name of an operation and in place of a variable.
    {
      ...small,
      query: `query Small_${ANY_SHOP} { product(upc: "${ANY_SHOP}-p2") { name reviews { id body } } }`,
      variables: {},
      valid: true,
    },
    { ...small, query: small.query.replace('name', `of_${ANY_SHOP}`), valid: false },
  ];
}
