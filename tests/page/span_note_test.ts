import { assertEquals } from "@std/assert";
import { describeFlags } from "../../lib/page/views/trace/span_flags.ts";
import { spanNote } from "../../lib/page/views/trace/span_note.ts";
import { readTrace } from "../../lib/trace/spans.ts";
import { attributes } from "../helpers/page_traces.ts";

const [SERVER, CLIENT, PRODUCER] = [2, 3, 4];

Deno.test("spanNote() says what matters by the span's convention", () => {
  const cases: [kind: number, values: Record<string, unknown>, note: string][] = [
    [
      SERVER,
      { "http.request.method": "GET", "url.path": "/a", "http.response.status_code": 404 },
      "/a 404",
    ],
    [
      CLIENT,
      { "http.request.method": "GET", "url.full": "http://bank:80/b", "server.address": "bank" },
      "http://bank:80/b",
    ],
    [
      CLIENT,
      {
        "db.system.name": "postgresql",
        "db.query.text": "SELECT *\n  FROM orders",
        "server.address": "db",
        "server.port": 5432,
      },
      "→ db:5432 SELECT * FROM orders",
    ],
    [CLIENT, { "db.system": "redis", "db.operation": "GET" }, "redis GET"],
    [
      PRODUCER,
      {
        "messaging.system": "kafka",
        "messaging.operation.name": "send",
        "messaging.destination.name": "orders",
        "messaging.batch.message_count": 2,
      },
      "kafka send orders 2 messages",
    ],
    [
      SERVER,
      {
        "rpc.system": "grpc",
        "rpc.service": "Bank",
        "rpc.method": "Pay",
        "rpc.grpc.status_code": 5,
      },
      "grpc Bank/Pay status 5",
    ],
    [
      CLIENT,
      {
        "gen_ai.request.model": "small",
        "gen_ai.usage.input_tokens": 1,
        "gen_ai.usage.output_tokens": 20,
      },
      "small, 1 token in, 20 tokens out",
    ],
    [CLIENT, { "peer.service": "mail" }, "→ mail"],
    [SERVER, { "server.address": "me" }, ""],
    [SERVER, {}, ""],
  ];
  for (const [kind, values, note] of cases) assertEquals(noteOf(kind, values), note);
});

Deno.test("describeFlags() says what the bits of the flags mean", () => {
  assertEquals(describeFlags(undefined, "parent"), "");
  assertEquals(describeFlags(0x01, "parent"), "sampled");
  assertEquals(
    describeFlags(0x103, "parent"),
    "sampled, random trace ID, parent in the same process",
  );
  assertEquals(describeFlags(0x300, "linked span"), "linked span in another process");
});

function noteOf(kind: number, values: Record<string, unknown>): string {
  const span = { spanId: "1", name: "name", kind, attributes: attributes(values) };
  const { spans: [found] } = readTrace({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
  return spanNote(found!);
}
