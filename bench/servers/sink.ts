/**
 * Receives OTLP over http/protobuf and counts the items of each sender. The first part of a request's path is
 * the sender's name, and a GET of that path returns its counts.
 */
import { countItems } from "../../lib/otlp/count_items.ts";
import { type Signal, SIGNALS } from "../../lib/otlp/signal.ts";
import { serveUntilSignal } from "./serve_until_signal.ts";

const counts: Record<string, Record<Signal, number>> = {};

await serveUntilSignal(async (request) => {
  const [, sender = "", , name] = new URL(request.url).pathname.split("/");
  const ofSender = counts[sender] ??= { traces: 0, metrics: 0, logs: 0 };
  if (request.method === "GET") return Response.json(ofSender);
  const body = new Uint8Array(await request.arrayBuffer());
  const signal = SIGNALS.find((signal) => signal === name);
  if (!signal) return new Response(null, { status: 404 });
  ofSender[signal] += countItems(signal, body);
  return new Response(null, { headers: { "content-type": "application/x-protobuf" } });
});
