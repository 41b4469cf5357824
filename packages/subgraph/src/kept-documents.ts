import type { ApolloServerOptions } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { RecentlyUsed } from './recently-used.js';

/** What documents may take of memory in a generation, and what one takes by the length of its text; in bytes. */
const MOST = 4 * 1024 * 1024;
const weightOf = ({ length }: string) => 3_000 + 70 * length;

/** Documents that are parsed and validated, by their text, within the memory that is meant for them. */
export const keptDocuments = <T>() => new RecentlyUsed<T>({ most: MOST, weigh: weightOf });

type DocumentStore = NonNullable<ApolloServerOptions<object>['documentStore']>;

/** The same for Apollo Server, whose own store counts the characters of a document and not what it takes. */
export function documentStore(): DocumentStore {
  const kept = new RecentlyUsed<DocumentNode>({
    most: MOST,
    weigh: (_, { loc }) => weightOf(loc?.source.body ?? ''),
  });
  return {
    get: async (key) => kept.get(key),
    set: async (key, document) => kept.set(key, document),
    delete: async (key) => kept.delete(key),
  };
}
