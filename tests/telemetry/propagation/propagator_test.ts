import { defaultTextMapGetter, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { assertEquals } from "@std/assert";
import { createPropagator } from "../../../lib/telemetry/propagation/propagator.ts";

const TRACE_ID = "0AF7651916CD43DD8448EB211C80319C";
const SPAN_ID = "B7AD6B7169203331";

function extract(name: string, carrier: Record<string, string>) {
  const propagator = createPropagator({ composite_list: name });
  return trace.getSpanContext(propagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter));
}

Deno.test("createPropagator() reads uppercase B3 IDs as the same IDs", () => {
  for (
    const spanContext of [
      extract("b3", { b3: `${TRACE_ID}-${SPAN_ID}-1` }),
      extract("b3multi", { "x-b3-traceid": TRACE_ID, "x-b3-spanid": SPAN_ID, "x-b3-sampled": "1" }),
    ]
  ) {
    assertEquals(spanContext?.traceId, TRACE_ID.toLowerCase());
    assertEquals(spanContext?.spanId, SPAN_ID.toLowerCase());
    assertEquals(spanContext?.traceFlags, 1);
  }
});

Deno.test("createPropagator() pads a short B3 trace ID with zeros", () => {
  const spanContext = extract("b3", { b3: `${SPAN_ID}-${SPAN_ID}-1` });
  assertEquals(spanContext?.traceId, SPAN_ID.toLowerCase().padStart(32, "0"));
});

Deno.test("createPropagator() leaves a context without B3 unchanged", () => {
  assertEquals(extract("b3", {}), undefined);
});
