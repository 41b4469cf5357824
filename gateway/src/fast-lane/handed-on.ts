import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { Identity } from '@samspill/identity';
import type { FastifyInstance } from 'fastify';
import type { Counted } from '../protection/rate-limit.js';

/** What the fast lane has found out of a request before it let it go the usual way. */
export interface Found {
  /** Who asks; a promise while the issuer's keys are asked. */
  identity?: Identity | Promise<Identity>;
  /** How the rate limit stands, with this request counted. */
  counted?: Counted | undefined;
  /** The body, which can be read from the connection only once. */
  body?: Buffer;
}

const handedOn = new WeakMap<IncomingMessage, Found>();

export const handOn = (request: IncomingMessage, found: Found): void => void handedOn.set(request, found);

/** So that nothing is done twice: no token verified, no request counted. */
export const foundOf = (request: IncomingMessage): Found => handedOn.get(request) ?? NOTHING;

const NOTHING: Found = Object.freeze({});

/** Gives the usual way the body that the fast lane has read. Goes before every other `preParsing` hook. */
export function useHandedOnBody(app: FastifyInstance): void {
  app.addHook('preParsing', async (request, _reply, payload) => {
    const { body } = foundOf(request.raw);
    return body === undefined ? payload : Readable.from([body], { objectMode: false });
  });
}
