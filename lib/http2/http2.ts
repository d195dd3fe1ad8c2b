import type { Http2Body } from "./request_body.ts";

/** A request as it is handled; its body may still be on its way. */
export interface Http2Request {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Host and port, as the client named them. */
  readonly authority: string;
  /** By their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Http2Body;
  /** Where the client is. */
  readonly peer: Deno.NetAddr;
  /** Aborted when nobody waits for the response any more. */
  readonly signal: AbortSignal;
}

/** What a request is answered with. */
export interface Http2Response {
  status: number;
  headers?: Record<string, string>;
  /** Parts are sent as they come. */
  body?: Uint8Array | AsyncIterable<Uint8Array>;
  /** Fields that follow the body. */
  trailers?: Record<string, string>;
}

/**
 * Answers a request. What is left of its body then is not read. If it throws, the stream is reset;
 * a {@linkcode BodyError} may be passed on.
 */
export type Http2Handler = (request: Http2Request) => Promise<Http2Response>;
