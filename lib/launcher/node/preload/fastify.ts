import { type Attributes, context, type Span } from "@opentelemetry/api";
import {
  ATTR_HTTP_REQUEST_HEADER,
  ATTR_HTTP_RESPONSE_HEADER,
} from "@opentelemetry/semantic-conventions";
import { subscribe } from "node:diagnostics_channel";
import { findReportedSpan } from "../../../instrumentation/foreign_span.ts";
import {
  createHeaderCapture,
  DEFAULT_SANITIZED_HEADERS,
} from "../../../instrumentation/header_capture.ts";
import { recordUnhandled } from "../../../instrumentation/outcome.ts";
import type { PreloadSettings } from "../../deno/preload/settings.ts";

/** On this channel, Fastify publishes each new app before anything is added to it. Since 4.0. */
const CREATED = "fastify.initialization";

type NodeHeaders = Record<string, number | string | string[] | undefined>;

/** The part of a request that is used here. */
interface FastifyRequest {
  headers: NodeHeaders;
  /** Since 4.10. */
  routeOptions?: { url?: string };
  /** Before 4.10. */
  routerPath?: string;
}

interface FastifyReply {
  statusCode: number;
  getHeaders(): NodeHeaders;
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

/** A request whose span is known, and the exception that was thrown for it. */
interface EnrichedRequest {
  span: Span;
  thrown?: unknown;
}

/** Adds route, exceptions and headers to the server spans of all Fastify apps of the program. */
export function enrichFastify(
  {
    captureRequestHeaders = [],
    captureResponseHeaders = [],
    sanitizeHeaders: sanitize = DEFAULT_SANITIZED_HEADERS,
  }: PreloadSettings["http"],
): void {
  const addRequestHeaders = createHeaderCapture({
    capture: captureRequestHeaders,
    sanitize,
    attributeKey: ATTR_HTTP_REQUEST_HEADER,
  });
  const addResponseHeaders = createHeaderCapture({
    capture: captureResponseHeaders,
    sanitize,
    attributeKey: ATTR_HTTP_RESPONSE_HEADER,
  });
  const requests = new WeakMap<FastifyRequest, EnrichedRequest>();

  function start(request: FastifyRequest): void {
    const found = findReportedSpan(context.active());
    if (!found) return;
    const { span } = found;
    const route = request.routeOptions?.url ?? request.routerPath;
    if (route) found.setRoute(route);
    addHeaders(span, request.headers, addRequestHeaders);
    requests.set(request, { span });
  }

  function answer(request: FastifyRequest, reply: FastifyReply): void {
    const enriched = requests.get(request);
    if (!enriched) return;
    recordUnhandled(enriched.span, reply.statusCode, enriched.thrown);
    if (addResponseHeaders) addHeaders(enriched.span, reply.getHeaders(), addResponseHeaders);
  }

  subscribe(CREATED, (message) => {
    const { fastify: app } = message as { fastify: FastifyApp };
    app.addHook("onRequest", (request, _reply, done) => {
      start(request);
      done();
    });
    app.addHook("onError", (request, _reply, thrown, done) => {
      const enriched = requests.get(request);
      if (enriched) enriched.thrown = thrown;
      done();
    });
    app.addHook("onSend", (request, reply, payload, done) => {
      answer(request, reply);
      done(null, payload);
    });
  });
}

function addHeaders(
  span: Span,
  headers: NodeHeaders,
  add: ((headers: Headers, attributes: Attributes) => void) | undefined,
): void {
  if (!add) return;
  const attributes: Attributes = {};
  add(toHeaders(headers), attributes);
  span.setAttributes(attributes);
}

function toHeaders(given: NodeHeaders): Headers {
  const headers = new Headers();
  for (const [name, value = []] of Object.entries(given)) {
    for (const one of [value].flat()) headers.append(name, String(one));
  }
  return headers;
}
