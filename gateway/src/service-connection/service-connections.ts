import { connect, isIP } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import type { HttpAnswer } from './answer-reader.js';
import { type Call, ServiceConnection } from './service-connection.js';

export interface ServiceConnectionsOptions {
  /** Where the service is; its path is the caller's business. */
  readonly origin: URL;
  /** How many there may be at a time. Further calls wait for one. */
  readonly most: number;
  /** How long a call may take from when it is made to the last byte of its answer, in milliseconds. */
  readonly timeout: number;
}

/** How often calls are looked over for those that are overdue: a timer for each would cost more than the call. */
const LARGEST_TICK = 100;

/**
 * The kept connections to one service. HTTP/1.1 and nothing that we do not need of it: one call at a time on each,
 * bodies that are text, no redirects. A general client spends more on a call than the rest of the gateway does.
 */
export class ServiceConnections implements AsyncDisposable {
  readonly #options: ServiceConnectionsOptions;
  readonly #open = new Set<ServiceConnection>();
  readonly #idle: ServiceConnection[] = [];
  /** In the order in which they are overdue, as all may take equally long. */
  readonly #waiting: Call[] = [];
  /** How many calls are not answered. Not which: a set that every call enters and leaves keeps V8 busy (ADR 41). */
  #calls = 0;
  #ticking: NodeJS.Timeout | undefined;
  #whenDone: (() => void) | undefined;

  constructor(options: ServiceConnectionsOptions) {
    this.#options = options;
  }

  /**
   * Sends a request and reads its answer.
   * @param request the whole of it, from its first line to the end of its body
   * @param isRepeatable whether it may reach the service twice
   */
  ask(request: string, isRepeatable: boolean): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const deadline = performance.now() + this.#options.timeout;
      const call: Call = {
        request,
        deadline,
        mayRepeat: isRepeatable,
        done: (answer) => {
          this.#ended();
          resolve(answer);
        },
        failed: (error) => {
          this.#ended();
          reject(error);
        },
      };
      this.#calls++;
      this.#ticking ??= this.#startTicking();
      this.#place(call);
    });
  }

  /** Lets what is asked be answered, and closes all. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#calls > 0) {
      await new Promise<void>((resolve) => {
        this.#whenDone = resolve;
      });
    }
    clearInterval(this.#ticking);
    for (const connection of this.#idle.splice(0)) connection.close();
  }

  #place(call: Call): void {
    const connection = this.#usable();
    if (connection) connection.ask(call);
    else if (this.#open.size < this.#options.most) this.#connect().ask(call);
    else this.#waiting.push(call);
  }

  #usable(): ServiceConnection | undefined {
    for (;;) {
      // The one that was used last is the one that is kept longest, and the rest may end.
      const connection = this.#idle.pop();
      if (!connection || connection.isUsable) return connection;
      connection.close();
    }
  }

  #connect(): ServiceConnection {
    const { hostname, port, protocol } = this.#options.origin;
    const host = hostname.replace(/^\[|\]$/g, '');
    const socket =
      protocol === 'https:'
        ? connectSecurely({ host, port: Number(port || 443), servername: isIP(host) ? '' : host })
        : connect({ host, port: Number(port || 80) });
    const opened = new ServiceConnection(socket, {
      onIdle: (connection) => {
        const next = this.#waiting.shift();
        if (next) connection.ask(next);
        else this.#idle.push(connection);
      },
      onGone: (connection) => {
        this.#open.delete(connection);
        const at = this.#idle.indexOf(connection);
        if (at >= 0) this.#idle.splice(at, 1);
        // What was asked once more may have taken its place already; whoever waits keeps theirs in the line.
        if (this.#open.size >= this.#options.most) return;
        const next = this.#waiting.shift();
        if (next) this.#connect().ask(next);
      },
      // On a new connection: others that are kept may have ended as well.
      onRepeat: (call) => this.#connect().ask(call),
    });
    this.#open.add(opened);
    return opened;
  }

  #ended(): void {
    this.#calls--;
    if (this.#calls === 0) this.#whenDone?.();
  }

  #startTicking(): NodeJS.Timeout {
    const tick = Math.min(LARGEST_TICK, Math.ceil(this.#options.timeout / 10));
    return setInterval(() => {
      const now = performance.now();
      const overdue = () => new Error(`The service did not answer within ${this.#options.timeout} ms`);
      for (const connection of this.#open) if (connection.deadline <= now) connection.fail(overdue());
      while ((this.#waiting[0]?.deadline ?? Number.POSITIVE_INFINITY) <= now) {
        this.#waiting.shift()?.failed(overdue());
      }
    }, tick).unref();
  }
}
