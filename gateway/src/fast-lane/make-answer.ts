import type { AnswerCache } from '../caching/answer-cache.js';
import { answerKey } from '../caching/answer-key.js';
import type { EntityCache } from '../caching/entity-cache.js';
import { batching } from '../execution/batching.js';
import type { Answer } from '../execution/compile-operation.js';
import { sharing } from '../execution/sharing.js';
import type { RequestScope } from '../request-scope.js';
import type { ServiceDataSource } from '../service-data-source.js';
import { wholeText } from './answer-text.js';
import type { KnownOperation, Variables } from './known-operation.js';
import type { SharedAnswers } from './shared-answers.js';

/** What is asked on the fast lane, by whom. */
export interface Question {
  readonly operation: KnownOperation;
  readonly operationName: string | undefined;
  readonly variables: Variables;
  /** The body of the request, as it was sent. */
  readonly text: string;
  readonly scope: RequestScope;
  /** Whether it was asked as the public asks: without a token, and without a cookie. */
  readonly isOfEverybody: boolean;
  readonly accept: string | undefined;
  /** What the answer will be called. */
  readonly contentType: string;
}

/** An answer in which nothing is wrong, or one that still has to be told. */
export type MadeAnswer = WholeAnswer | { readonly wrong: Answer };

export interface WholeAnswer {
  readonly body: string | Buffer;
  /** Null for an answer that has no name, as nobody is expected to ask for it again. */
  readonly etag: string | null;
  /** Whether nobody may keep it. @default false */
  readonly isPrivate?: boolean;
}

export interface MakeAnswerOptions {
  readonly services: ReadonlyMap<string, ServiceDataSource>;
  /** Equal questions of the public that are in flight at the same time; null where each is worked for. */
  readonly shared: SharedAnswers<MadeAnswer> | null;
  /** What is kept of answers to the public. */
  readonly answers: AnswerCache;
  /** What is kept of single entities, as the public sees them; null where nothing is. */
  readonly entities: EntityCache | null;
  /** What of the reader's languages those follow. */
  readonly languageOf: (scope: RequestScope) => string;
}

/**
 * Answers a question: from what is kept, together with an equal one that is being answered, or anew. Only questions of
 * the public have equals; what somebody is told who has logged in is theirs alone.
 */
export function answerMaker({ services, shared, answers, entities, languageOf }: MakeAnswerOptions) {
  let seen = answers.begin().generations;

  async function make(question: Question, key: string | null): Promise<MadeAnswer> {
    const { operation, variables, contentType } = question;
    const { maxAge, isMutation } = operation;
    const making =
      key === null
        ? undefined
        : { began: answers.begin(), services: new Set<string>(), maxAge, until: Number.POSITIVE_INFINITY };
    const scope = making ? { ...question.scope, making } : question.scope;
    const taken = (service: string, until: number) => {
      if (!making) return;
      making.services.add(service);
      making.until = Math.min(making.until, until);
    };
    try {
      const send = batching((call) => {
        // The plan is made of the same supergraph as they are.
        const service = services.get(call.service) as ServiceDataSource;
        return service.send(call, scope);
      });
      const isKnown = entities && question.isOfEverybody && !isMutation;
      const ask = isKnown ? entities.inFrontOf(send, languageOf(scope), taken) : send;
      const answer = await operation.execute(variables, sharing(ask));
      const text = wholeText(answer);
      if (text === null) return { wrong: answer };
      if (key === null || !making) return { body: text, etag: null, isPrivate: true };
      if (!answers.isWorthKeeping(key)) return { body: text, etag: null };
      return answers.keep(key, { body: Buffer.from(text), contentType, ...making });
    } finally {
      if (isMutation) shared?.forget();
    }
  }

  function together(question: Question, key: string | null): Promise<MadeAnswer> {
    if (!shared) return make(question, key);
    // Whoever asks after a change gets to see it, also where somebody else asked the same just before.
    const { generations } = answers.begin();
    if (generations !== seen) shared.forget();
    seen = generations;
    // A service may follow more of the header than the languages that answers are kept in.
    const equal = `${question.scope.forwarded['accept-language']}\n${key ?? question.text}`;
    return shared.answer(equal, () => make(question, key));
  }

  return (question: Question): MadeAnswer | Promise<MadeAnswer> => {
    const { operation, operationName, variables, scope, isOfEverybody, accept } = question;
    if (!isOfEverybody || operation.isMutation) return make(question, null);
    if (operation.maxAge <= 0) return together(question, null);
    const { digest } = operation;
    const key = answerKey({ digest, operationName, variables, language: languageOf(scope), accept });
    if (key === null) return together(question, null);
    const found = answers.find(key);
    if (found instanceof Promise) return found.then((kept) => kept ?? together(question, key));
    return found ?? together(question, key);
  };
}
