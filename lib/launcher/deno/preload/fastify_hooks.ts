import type { NodeHeaders } from "./node_headers.ts";

/** The channel on which Fastify announces each app before anything is added to it. Since 4.0. */
const CREATED = "fastify.initialization";

/** The part of a request that is used here. */
export interface FastifyRequest {
  headers: NodeHeaders;
  /** The request of `node:http`. */
  raw: object;
  /** Since 4.10. */
  routeOptions?: { url?: string };
  /** Before 4.10. */
  routerPath?: string;
}

/** The part of a reply that is used here. */
export interface FastifyReply {
  statusCode: number;
  getHeaders(): NodeHeaders;
}

/** Receives events about the requests of all apps. Its methods must not throw. */
export interface FastifyObserver {
  /** @param route As written in the program; undefined if there is none. */
  start(request: FastifyRequest, route: string | undefined): void;
  /** Called when a handler has thrown. */
  fail(request: FastifyRequest, thrown: unknown): void;
  /** Called when the head of the response is known, before anything is sent. */
  answer?(request: FastifyRequest, reply: FastifyReply): void;
}

type Done = (error?: null, payload?: unknown) => void;

/** The part of an app that is used here. */
interface FastifyApp {
  addHook(
    name: "onRequest",
    hook: (request: FastifyRequest, reply: FastifyReply, done: Done) => void,
  ): void;
  addHook(
    name: "onError",
    hook: (request: FastifyRequest, reply: FastifyReply, error: unknown, done: Done) => void,
  ): void;
  addHook(
    name: "onSend",
    hook: (request: FastifyRequest, reply: FastifyReply, payload: unknown, done: Done) => void,
  ): void;
}

/**
 * Observes all Fastify apps that the program creates from now on.
 *
 * @param subscribe The function of `node:diagnostics_channel`.
 */
export function observeFastify(
  subscribe: typeof import("node:diagnostics_channel").subscribe,
  observer: FastifyObserver,
): void {
  subscribe(CREATED, (message) => {
    const { fastify: app } = message as { fastify: FastifyApp };
    app.addHook("onRequest", (request, _reply, done) => {
      observer.start(request, request.routeOptions?.url ?? request.routerPath);
      done();
    });
    app.addHook("onError", (request, _reply, thrown, done) => {
      observer.fail(request, thrown);
      done();
    });
    if (!observer.answer) return;
    app.addHook("onSend", (request, reply, payload, done) => {
      observer.answer?.(request, reply);
      done(null, payload);
    });
  });
}
