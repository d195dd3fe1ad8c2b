import { assertEquals } from "@std/assert";
import { StoreEngine } from "../../../../lib/collector/store/worker/store_engine.ts";
import type { Span } from "../../../../lib/otlp/json.ts";
import { span, tracesRequest } from "../requests.ts";

const NO_START = { startTimeUnixNano: "" };
const NO_END = { endTimeUnixNano: "" };
const NO_TIMES = { ...NO_START, ...NO_END };
const START = "1700000000000000000";

const CASES: [string, Span[], start: string | undefined, durationNanos: number][] = [
  ["a span without end", [span("1", "1", NO_END)], START, 0],
  ["a span without start", [span("1", "1", NO_START)], "1700000000001000000", 0],
  ["neither", [span("1", "1", NO_TIMES)], undefined, 0],
  ["a span with neither before another", [span("1", "1", NO_TIMES), span("1", "2")], START, 1e6],
  ["a span with neither after another", [span("1", "1"), span("1", "2", NO_TIMES)], START, 1e6],
  ["one of two spans without start", [span("1", "1", NO_START), span("1", "2")], START, 1e6],
  ["one of two spans without end", [span("1", "1"), span("1", "2", NO_END)], START, 1e6],
];
for (const [what, spans, startTimeUnixNano, durationNanos] of CASES) {
  Deno.test(`the times of a trace with ${what} are the available ones`, async () => {
    const store = new StoreEngine({ maxTraces: 10, maxBytes: 2 ** 24 });
    const sent = spans.map(({ startTimeUnixNano, endTimeUnixNano, ...others }) => ({
      ...others,
      ...startTimeUnixNano && { startTimeUnixNano },
      ...endTimeUnixNano && { endTimeUnixNano },
    }));
    await store.add([{ signal: "traces", bytes: tracesRequest(sent) }]);
    const [trace] = (await store.findTraces({ limit: 1 })).traces;
    assertEquals([trace!.startTimeUnixNano, trace!.durationNanos], [
      startTimeUnixNano,
      durationNanos,
    ]);
  });
}
