import type { z } from 'zod';

/** The services that can receive messages. */
export type ServiceName = 'tenders' | 'suppliers' | 'dialogue' | 'events';

/**
 * A kind of message: its name, who receives it, and its shape. Receivers are part of the contract, not
 * of somebody's subscription at run time: a message to a service that has never been started waits for it.
 */
export interface MessageType<T = unknown> {
  readonly name: string;
  /** Who may say it. The database holds everybody else to it. */
  readonly senders: readonly ServiceName[];
  readonly receivers: readonly ServiceName[];
  readonly shape: z.ZodType<T>;
  /** Whether it says who somebody is. Then it is not kept once it is handled: it would outlive what it erased. */
  readonly isAboutPersons: boolean;
}

/** What a message of this kind carries: `PayloadOf<typeof suppliersNamed>`. */
export type PayloadOf<M> = M extends MessageType<infer T> ? T : never;

export function defineMessage<S extends z.ZodType>(
  name: string,
  senders: readonly ServiceName[],
  receivers: readonly ServiceName[],
  shape: S,
  { isAboutPersons = false }: { readonly isAboutPersons?: boolean } = {},
): MessageType<z.infer<S>> {
  return { name, senders, receivers, shape: shape as z.ZodType<z.infer<S>>, isAboutPersons };
}

/** One queue for each receiver, so that a slow one does not hold back the others. */
export function queueName(type: MessageType, receiver: ServiceName): string {
  return `${receiver}.${type.name}`;
}
