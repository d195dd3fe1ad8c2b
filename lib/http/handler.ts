import type { HttpBody } from "./request_body.ts";

/** A request; its body may still be arriving. */
export interface HttpRequest {
  /** Whether it came over HTTP/2, and not HTTP/1.1. */
  readonly isHttp2: boolean;
  readonly method: string;
  /** Includes the query. */
  readonly path: string;
  /** Host and port, as the client named them. */
  readonly authority: string;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: HttpBody;
  /** The address of the client. */
  readonly peer: Deno.NetAddr;
  /** Aborted when the client no longer waits for the response. */
  readonly signal: AbortSignal;
}

/** A response. */
export interface HttpResponse {
  status: number;
  headers?: Record<string, string>;
  /** The parts of an iterable are sent as they are produced. */
  body?: Uint8Array | AsyncIterable<Uint8Array>;
  /** Header fields that follow the body. */
  trailers?: Record<string, string>;
}

/**
 * Answers a request. Afterwards, the rest of the body, if any, is dropped. If the handler throws, the stream is
 * reset and the error reported, unless it is a `BodyError`.
 */
export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse>;
