import type { Socket } from 'node:net';
import { AnswerReader, type HttpAnswer } from './answer-reader.js';

/** A request on its way, and who waits for its answer. */
export interface Call {
  readonly request: string;
  readonly deadline: number;
  /** Whether it may be sent again when it is not known whether it has arrived. */
  mayRepeat: boolean;
  done(answer: HttpAnswer): void;
  failed(error: Error): void;
}

export interface ConnectionEvents {
  onIdle(connection: ServiceConnection): void;
  onGone(connection: ServiceConnection): void;
  onRepeat(call: Call): void;
}

/** How long a connection is kept idle when the service says nothing of it, in milliseconds: less than any server does. */
const IDLE = 4_000;
/** A service ends an idle connection by its own clock, while our next call may be on its way. */
const SAFELY_BEFORE = 1_000;

/** One connection to a service, with one call on it at a time. */
export class ServiceConnection {
  readonly #socket: Socket;
  readonly #events: ConnectionEvents;
  readonly #reader = new AnswerReader();
  #call: Call | undefined;
  #answered = 0;
  #usableUntil = Number.POSITIVE_INFINITY;

  constructor(socket: Socket, events: ConnectionEvents) {
    this.#socket = socket;
    this.#events = events;
    socket.setNoDelay(true);
    socket.on('data', (bytes: Buffer) => this.#read(bytes));
    socket.on('end', () => this.#ended());
    socket.on('error', (error) => this.#lost(error));
    socket.on('close', () => {
      this.#lost(new Error('The service closed the connection'));
      events.onGone(this);
    });
  }

  /** Whether the service may be relied on to still listen. */
  get isUsable(): boolean {
    return !this.#socket.destroyed && this.#socket.writable && performance.now() < this.#usableUntil;
  }

  ask(call: Call): void {
    this.#call = call;
    this.#socket.write(call.request);
  }

  /** When the call that is on its way must be answered; never while there is none. */
  get deadline(): number {
    return this.#call?.deadline ?? Number.POSITIVE_INFINITY;
  }

  /** Gives up the call that is on its way, and the connection with it: its answer would be taken for the next one's. */
  fail(error: Error): void {
    const call = this.#call;
    this.#call = undefined;
    this.#socket.destroy();
    call?.failed(error);
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(bytes: Buffer): void {
    const call = this.#call;
    if (!call) {
      // Nobody has asked.
      this.close();
      return;
    }
    try {
      const answer = this.#reader.read(bytes);
      if (answer) this.#answer(call, answer);
    } catch (error) {
      this.fail(error as Error);
    }
  }

  #answer(call: Call, answer: HttpAnswer): void {
    this.#call = undefined;
    this.#answered++;
    if (this.#reader.isReusable && this.#socket.writable) {
      const idle = this.#reader.idleSeconds === undefined ? IDLE : this.#reader.idleSeconds * 1_000;
      this.#usableUntil = performance.now() + idle - SAFELY_BEFORE;
      this.#events.onIdle(this);
    } else this.close();
    call.done(answer);
  }

  #ended(): void {
    const call = this.#call;
    const answer = this.#reader.end();
    if (call && answer) this.#answer(call, answer);
    this.close();
  }

  /**
   * A service that ends a kept connection, or is started anew, may do so in the moment in which it is used again. As
   * long as nothing of an answer has come, a query is then asked once more. A change is not: it may have been made.
   */
  #lost(error: Error): void {
    const call = this.#call;
    if (!call) return;
    if (!call.mayRepeat || this.#answered === 0 || this.#reader.hasBegun) {
      this.fail(error);
      return;
    }
    this.#call = undefined;
    call.mayRepeat = false;
    this.#socket.destroy();
    this.#events.onRepeat(call);
  }
}
