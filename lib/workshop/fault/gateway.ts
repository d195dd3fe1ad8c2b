import { connectionFailure } from "../../connection_failure.ts";
import type { OtlpTarget } from "../../telemetry/otlp/target.ts";
import { createClientFor } from "../../telemetry/otlp/http_client.ts";
import { readTlsFiles } from "../../telemetry/otlp/tls_files.ts";
import type { Activity } from "./activity.ts";
import type { Blockade } from "./fault.ts";

/** Options of {@linkcode startGateway}. */
export interface GatewayOptions {
  /** The server that the gateway forwards to. */
  target: OtlpTarget;
  /** How it blocks while the fault is active; undefined if it never does. */
  blockade?: Blockade | undefined;
  activity: Activity;
  /** Called when the server cannot be reached, with the reason, once until it can be. */
  onUnreachable: (reason: string) => void;
}

/** A running gateway. */
export interface Gateway {
  /** The URL that replaces the target's. */
  url: string;
  /** Releases all waiting requests. From now on, no request has to wait. */
  release(): void;
  /** Resolves once every request has a response. */
  shutdown(): Promise<void>;
}

/** The `Retry-After` of a server that can't take more for now. Senders may wait longer than it lasts. */
export const REFUSAL_SECONDS = 30;

/** The headers of a response that are passed on: its body arrives without transfer encodings. */
const PASSED_ON = ["content-type", "retry-after"];

/**
 * Starts a gateway between the shop and its Collector, on a free port of this machine. It forwards
 * requests and responses unless it is blocked.
 *
 * @throws {Error} If a certificate of the target cannot be read.
 */
export function startGateway(
  { target, blockade, activity, onUnreachable }: GatewayOptions,
): Gateway {
  const { origin, pathname, search } = new URL(target.url);
  const client = createClientFor(new URL(target.url), readTlsFiles(target));
  const released = Promise.withResolvers<void>();
  let isReachable = true;

  async function handOn(request: Request): Promise<Response> {
    const asked = new URL(request.url);
    const headers = new Headers(request.headers);
    for (const name of ["host", "connection", "content-length"]) headers.delete(name);
    try {
      const { status, statusText, headers: answered, body } = await fetch(
        origin + asked.pathname + asked.search,
        { method: request.method, headers, body: request.body, client, redirect: "manual" },
      );
      isReachable = true;
      const passedOn = PASSED_ON.flatMap((name) => {
        const value = answered.get(name);
        return value === null ? [] : [[name, value] as [string, string]];
      });
      return new Response(body, { status, statusText, headers: passedOn });
    } catch (error) {
      const reason = connectionFailure(error);
      if (isReachable) onUnreachable(reason);
      isReachable = false;
      return new Response(`${reason} behind the gateway\n`, { status: 502 });
    }
  }

  async function block(request: Request): Promise<Response> {
    await request.body?.cancel();
    if (blockade === "silent") {
      // Waits even if the sender is gone. Deno warns about reading a request's signal from 2.9 on,
      // until signals no longer abort after a response: https://github.com/denoland/deno/pull/35733
      await released.promise;
      return new Response("no answer from behind the gateway\n", { status: 504 });
    }
    return new Response("the queue is full\n", {
      status: 503,
      headers: { "retry-after": String(REFUSAL_SECONDS) },
    });
  }

  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => blockade && activity.isOn ? block(request) : handOn(request),
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}${pathname}${search}`,
    release: released.resolve,
    async shutdown() {
      released.resolve();
      await server.shutdown();
      client.close();
    },
  };
}
