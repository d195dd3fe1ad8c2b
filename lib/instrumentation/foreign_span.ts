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

/** The key under which HTTP server instrumentations store the span for framework instrumentations. */
const RPC_METADATA_KEY = createContextKey("OpenTelemetry SDK Context Key RPC_METADATA");

/** The value of that key, from `@opentelemetry/core`. */
interface RpcMetadata {
  type?: string;
  span?: Span;
  /** The instrumentation reads `http.route` from here when the request ends. */
  route?: string;
}

/** A server span of the request that another instrumentation created, and ends. */
export interface ForeignSpan {
  span: Span;
  /** Whether Deno itself created it. */
  isDenos?: boolean;
  /** Whether it lacks client and server addresses. */
  isBare?: boolean;
  /** Passes the route to the other instrumentation. */
  setRoute?(route: string): void;
}

/**
 * Finds the server span that another instrumentation created for the same request: Node's
 * `instrumentation-http`, Deno itself with OTEL_DENO, or any other one in the active context. A span that a
 * test or a job has around a call of the app doesn't count.
 */
export function findForeignSpan(c: Context, active: ActiveContext): ForeignSpan | undefined {
  const marked = markedServerSpan(c.req.raw);
  if (marked) return { span: marked, isDenos: true };
  const reported = findReportedSpan(active);
  if (reported) return reported;
  const span = trace.getSpan(active);
  // The active span can have leaked from another request of the kit.
  if (!span?.isRecording() || active.getValue(HANDLED_REQUEST_KEY)) return undefined;
  const { kind } = span as Span & { kind?: SpanKind };
  if (markedServerSpan(span)) return { span, isDenos: true };
  const isBare = kind === undefined && isDenosOwn() && isReceived(c);
  return isBare || kind === SpanKind.SERVER ? { span, isDenos: isBare, isBare } : undefined;
}

/** The server span that an HTTP server instrumentation stored for framework instrumentations. */
export function findReportedSpan(active: ActiveContext): ForeignSpan | undefined {
  const metadata = active.getValue(RPC_METADATA_KEY) as RpcMetadata | undefined;
  if (metadata?.type !== "http" || !metadata.span?.isRecording()) return undefined;
  return { span: metadata.span, setRoute: (route) => void (metadata.route = route) };
}

/**
 * Whether Deno exports by itself: its spans don't expose their kind, and around a request the active span is
 * Deno's.
 */
function isDenosOwn(): boolean {
  const { Deno: deno } = globalThis as { Deno?: { telemetry?: { tracerProvider?: unknown } } };
  const own = deno?.telemetry?.tracerProvider;
  const provider = trace.getTracerProvider() as { getDelegate?(): unknown };
  return own !== undefined && (provider.getDelegate?.() ?? provider) === own;
}
