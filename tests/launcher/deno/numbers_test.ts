/** The types of the numbers that Deno exports under `otel-kit auto`. */
import { assertEquals } from "@std/assert";
import { protobufToJson } from "../../../lib/otlp/decode.ts";
import type { KeyValue, Span } from "../../../lib/otlp/json.ts";
import { runProgram, sourcesThatRun, withProgram } from "../../helpers/program.ts";
import { poll } from "../../helpers/poll.ts";
import { programPath } from "../launching.ts";
import { testOnEach } from "./launching.ts";

/** Receives spans as they are, with the types of their attributes. */
function startSpanReceiver() {
  const spans: Span[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const body = new Uint8Array(await request.arrayBuffer());
      if (new URL(request.url).pathname !== "/v1/traces") return new Response();
      const { resourceSpans = [] } = protobufToJson("TracesData", body);
      spans.push(
        ...resourceSpans.flatMap(({ scopeSpans = [] }) => scopeSpans)
          .flatMap(({ spans = [] }) => spans),
      );
      return new Response();
    },
  );
  return {
    spans,
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${server.addr.port}`,
      OTEL_BSP_SCHEDULE_DELAY: "50",
    },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function byKey(attributes: readonly KeyValue[] = []): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value]));
}

testOnEach("whole numbers of a program's spans are integers, as with Node", async ({ path }) => {
  await using receiver = startSpanReceiver();
  const { env, spans } = receiver;
  const words = ["auto", "--", path, "run", programPath("numbers.ts")];
  await runProgram(words, { launch: sourcesThatRun(), env });
  const [span] = spans;
  assertEquals(byKey(span!.attributes), {
    atStart: { intValue: "1" },
    whole: { intValue: "2" },
    broken: { doubleValue: 2.5 },
    wholes: { arrayValue: { values: [{ intValue: "1" }, { intValue: "2" }] } },
    mixed: { arrayValue: { values: [{ doubleValue: 1 }, { doubleValue: 2.5 }] } },
    huge: { doubleValue: 1e300 },
    text: { stringValue: "3" },
  });
  const [sized, timed] = span!.events!;
  assertEquals(byKey(sized!.attributes), {
    size: { intValue: "4" },
    share: { doubleValue: 0.5 },
  });
  assertEquals([timed!.name, timed!.timeUnixNano], ["timed", "1700000000000000000"]);
});

testOnEach("whole numbers of Deno's own spans are integers", async ({ path }) => {
  await using receiver = startSpanReceiver();
  const { env, spans } = receiver;
  const words = ["auto", "--", path, "run", "--allow-net", programPath("hono_server.ts")];
  const spansSoFar = () => Promise.resolve(spans.length > 0 ? { result: spans } : {});
  await withProgram(words, { launch: sourcesThatRun(), env, ready: "/\n" }, async ({ url }) => {
    await (await fetch(`${url}/orders/7`)).text();
    const [span] = await poll(spansSoFar, "a span");
    const types = (span!.attributes ?? [])
      .filter(({ key = "" }) => /port$|status_code$|size$/.test(key))
      .map(({ key, value }) => [key, ...Object.keys(value!)]);
    assertEquals(types.toSorted(), [
      ["http.response.status_code", "intValue"],
      ["network.peer.port", "intValue"],
      ["server.port", "intValue"],
    ]);
  });
});
