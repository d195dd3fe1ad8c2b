import type { NodeHeaders } from "./node_headers.ts";

/** Here Fastify tells of each app, before anybody has added to it. Since 4.0. */
const CREATED = "fastify.initialization";

/** What is used of a request. */
export interface FastifyRequest {
  headers: NodeHeaders;
  /** That of `node:http`. */
  raw: object;
  /** Since 4.10. */
  routeOptions?: { url?: string };
  /** Before. */
  routerPath?: string;
}

/** What is used of a reply. */
export interface FastifyReply {
  statusCode: number;
  getHeaders(): NodeHeaders;
}

/** What is told of the requests of all apps. None of it may throw. */
export interface FastifyObserver {
  /** @param route As the program spells it; undefined if there is none. */
  start(request: FastifyRequest, route: string | undefined): void;
  /** A handler has thrown. */
  fail(request: FastifyRequest, thrown: unknown): void;
  /** The head of the answer is known, and nothing of it is sent. */
  answer?(request: FastifyRequest, reply: FastifyReply): void;
}

type Done = (error?: null, payload?: unknown) => void;

/** What is used of an app. */
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
 * Observes all Fastify apps that the program makes from now on.
 *
 * @param subscribe That of `node:diagnostics_channel`.
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
