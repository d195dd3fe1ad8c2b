import {
  type Context as ActiveContext,
  createContextKey,
  type Span,
  SpanKind,
  trace,
} from "@opentelemetry/api";
import type { Context } from "hono";
import { HANDLED_REQUEST_KEY } from "./handled_request.ts";
import { markedServerSpan } from "./deno_span.ts";
import { isReceived } from "./received_request.ts";

/** Under this key instrumentations of HTTP servers leave the span for those of frameworks. */
const RPC_METADATA_KEY = createContextKey("OpenTelemetry SDK Context Key RPC_METADATA");

/** What is there, by `@opentelemetry/core`. */
interface RpcMetadata {
  type?: string;
  span?: Span;
  /** Where the instrumentation looks for `http.route` when the request ends. */
  route?: string;
}

/** A server span of the request that another instrumentation has made, and ends. */
export interface ForeignSpan {
  span: Span;
  /** Whether Deno itself has made it. */
  isDenos: boolean;
  /** Whether it says already who asked whom, and has the headers to capture. */
  isDescribed: boolean;
  /** Tells the other instrumentation of the route. */
  setRoute(route: string): void;
}

/**
 * Finds the server span that another instrumentation made of the same request: that of Node's
 * `instrumentation-http`, that of Deno itself with OTEL_DENO, or any other in the active context. A span
 * that a test or a job has around a call of the app is none.
 */
export function findForeignSpan(c: Context, active: ActiveContext): ForeignSpan | undefined {
  const described = markedServerSpan(c.req.raw);
  if (described) return { span: described, isDenos: true, isDescribed: true, setRoute: () => {} };
  const reported = findReportedSpan(active);
  if (reported) return reported;
  const span = trace.getSpan(active);
  // What is active can have leaked from another request of ours.
  if (!span?.isRecording() || active.getValue(HANDLED_REQUEST_KEY)) return undefined;
  if (markedServerSpan(span)) return { span, isDenos: true, isDescribed: true, setRoute: () => {} };
  const { kind } = span as Span & { kind?: SpanKind };
  const isDenos = kind === undefined && isDenosOwn() && isReceived(c);
  const isServerSpan = isDenos || kind === SpanKind.SERVER;
  return isServerSpan ? { span, isDenos, isDescribed: false, setRoute: () => {} } : undefined;
}

/** The server span that an instrumentation of HTTP servers has left for those of frameworks. */
export function findReportedSpan(active: ActiveContext): ForeignSpan | undefined {
  const metadata = active.getValue(RPC_METADATA_KEY) as RpcMetadata | undefined;
  if (metadata?.type !== "http" || !metadata.span?.isRecording()) return undefined;
  const setRoute = (route: string) => void (metadata.route = route);
  return { span: metadata.span, isDenos: false, isDescribed: false, setRoute };
}

/** Whether Deno exports by itself: its spans do not tell their kind, and around a request is its own. */
function isDenosOwn(): boolean {
  const { Deno: deno } = globalThis as { Deno?: { telemetry?: { tracerProvider?: unknown } } };
  const own = deno?.telemetry?.tracerProvider;
  const provider = trace.getTracerProvider() as { getDelegate?(): unknown };
  return own !== undefined && (provider.getDelegate?.() ?? provider) === own;
}
