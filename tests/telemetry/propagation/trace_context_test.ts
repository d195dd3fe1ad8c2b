import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  type SpanContext,
  trace,
} from "@opentelemetry/api";
import { assertEquals } from "@std/assert";
import { TraceContextPropagator } from "../../../lib/telemetry/propagation/trace_context_propagator.ts";
import { parseTraceState } from "../../../lib/telemetry/propagation/trace_state.ts";

const TRACE_ID = "12345678901234567890123456789012";
const SPAN_ID = "1234567890123456";
const TRACEPARENT = `00-${TRACE_ID}-${SPAN_ID}-01`;

const propagator = new TraceContextPropagator();

function extract(carrier: Record<string, string | string[]>): SpanContext | undefined {
  return trace.getSpanContext(propagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter));
}

function inject(spanContext: SpanContext): Record<string, string> {
  const carrier: Record<string, string> = {};
  const context = trace.setSpanContext(ROOT_CONTEXT, spanContext);
  propagator.inject(context, carrier, defaultTextMapSetter);
  return carrier;
}

function stateOf(tracestate: string | string[]): string | undefined {
  return extract({ traceparent: TRACEPARENT, tracestate })?.traceState?.serialize();
}

Deno.test("TraceContextPropagator extracts a valid traceparent", () => {
  for (const header of [TRACEPARENT, ` ${TRACEPARENT}`, `\t ${TRACEPARENT} \t`]) {
    assertEquals(extract({ traceparent: header }), {
      traceId: TRACE_ID,
      spanId: SPAN_ID,
      traceFlags: 1,
      isRemote: true,
    });
  }
});

Deno.test("TraceContextPropagator passes all eight flags on", () => {
  for (const flags of ["00", "01", "02", "03", "80", "ff"]) {
    const traceparent = `00-${TRACE_ID}-${SPAN_ID}-${flags}`;
    const spanContext = extract({ traceparent });
    assertEquals(spanContext?.traceFlags, Number.parseInt(flags, 16));
    assertEquals(inject(spanContext!).traceparent, traceparent);
  }
});

Deno.test("TraceContextPropagator uses the known flags of a later version", () => {
  assertEquals(extract({ traceparent: `cc-${TRACE_ID}-${SPAN_ID}-ff` })?.traceFlags, 3);
});

Deno.test("TraceContextPropagator extracts the known parts of a later version", () => {
  for (
    const header of [
      `cc-${TRACE_ID}-${SPAN_ID}-01`,
      `cc-${TRACE_ID}-${SPAN_ID}-01-what-the-future-will-be-like`,
      `01-${TRACE_ID}-${SPAN_ID}-01-`,
    ]
  ) assertEquals(extract({ traceparent: header })?.traceId, TRACE_ID, header);
});

Deno.test("TraceContextPropagator ignores a traceparent that breaks the rules", () => {
  for (
    const header of [
      "",
      "garbage",
      `${TRACEPARENT}.`,
      `${TRACEPARENT}-what-the-future-will-be-like`,
      `cc-${TRACE_ID}-${SPAN_ID}-01.what-the-future-will-be-like`,
      `ff-${TRACE_ID}-${SPAN_ID}-01`,
      `.0-${TRACE_ID}-${SPAN_ID}-01`,
      `0-${TRACE_ID}-${SPAN_ID}-01`,
      `000-${TRACE_ID}-${SPAN_ID}-01`,
      `00-${"0".repeat(32)}-${SPAN_ID}-01`,
      `00-${TRACE_ID}-${"0".repeat(16)}-01`,
      `00-${TRACE_ID.slice(1)}-${SPAN_ID}-01`,
      `00-${TRACE_ID}0-${SPAN_ID}-01`,
      `00-${TRACE_ID}-${SPAN_ID.slice(1)}-01`,
      `00-${TRACE_ID}-${SPAN_ID}0-01`,
      `00-${TRACE_ID}-${SPAN_ID}-1`,
      `00-${TRACE_ID}-${SPAN_ID}-.0`,
      `00-${TRACE_ID.replace("1", "A")}-${SPAN_ID}-01`,
      `00-${TRACE_ID}-${SPAN_ID}-0A`,
    ]
  ) assertEquals(extract({ traceparent: header }), undefined, header);
});

Deno.test("TraceContextPropagator ignores two traceparent headers", () => {
  assertEquals(extract({ traceparent: [TRACEPARENT, TRACEPARENT] }), undefined);
  assertEquals(extract({ traceparent: `${TRACEPARENT}, ${TRACEPARENT}` }), undefined);
  const later = `cc-${TRACE_ID}-${SPAN_ID}-01-x`;
  assertEquals(extract({ traceparent: `${later}, ${later}` }), undefined);
});

Deno.test("TraceContextPropagator ignores a tracestate without traceparent", () => {
  assertEquals(extract({ tracestate: "foo=1" }), undefined);
});

Deno.test("TraceContextPropagator keeps members, their order and what is around them", () => {
  assertEquals(stateOf("foo=1,bar=2"), "foo=1,bar=2");
  assertEquals(stateOf(["foo=1,bar=2", "rojo=1", "baz=3"]), "foo=1,bar=2,rojo=1,baz=3");
  assertEquals(stateOf("foo=1 \t , \t bar=2, \t baz=3"), "foo=1,bar=2,baz=3");
  assertEquals(stateOf(",foo=1,,bar=2,"), "foo=1,bar=2");
  assertEquals(stateOf("foo= 1"), "foo= 1");
});

Deno.test("TraceContextPropagator drops an empty tracestate and keeps the trace", () => {
  for (const empty of ["", " ", ",", ["", ""]]) {
    const spanContext = extract({ traceparent: TRACEPARENT, tracestate: empty });
    assertEquals(spanContext?.traceId, TRACE_ID);
    assertEquals(spanContext?.traceState, undefined);
  }
});

Deno.test("TraceContextPropagator drops a tracestate with a member that breaks the rules", () => {
  for (
    const member of [
      "foo",
      "=1",
      "foo=",
      "foo =1",
      "FOO=1",
      "foo.bar=1",
      "@foo=1",
      "foo=1=2",
      "foo=\u00e9",
      "foo=1\u007f",
      `${"z".repeat(257)}=1`,
      `${"t".repeat(255)}@v=1`,
      `foo=${"v".repeat(257)}`,
    ]
  ) assertEquals(stateOf(`bar=2,${member}`), undefined, member);
});

Deno.test("TraceContextPropagator keeps the longest keys and values", () => {
  for (
    const member of [
      `${"z".repeat(256)}=1`,
      `${"t".repeat(241)}@${"v".repeat(14)}=1`,
      "1tenant@system=1",
      "1foo=1",
      "foo@=1",
      "foo@@bar=1",
      "foo@bar@baz=1",
      `t@${"v".repeat(254)}=1`,
      `foo=${"v".repeat(256)}`,
      "abcdefghijklmnopqrstuvwxyz0123456789_-*/=1",
      "foo=!\"#$%&'()*+-./0123456789:;<>?@AZ[\\]^_`az{|}~",
    ]
  ) assertEquals(stateOf(member), member);
});

Deno.test("TraceContextPropagator keeps the first of several members with one key", () => {
  assertEquals(stateOf("foo=1,foo=1"), "foo=1");
  assertEquals(stateOf(["foo=1", "bar=3,foo=2"]), "foo=1,bar=3");
  const members = Array.from({ length: 33 }, () => "foo=1");
  assertEquals(stateOf(members.join(",")), undefined);
});

Deno.test("TraceContextPropagator keeps 32 members and drops a list of 33", () => {
  const members = Array.from({ length: 33 }, (_, i) => `bar${i}=${"v".repeat(100)}`);
  assertEquals(stateOf(members.slice(0, 32).join(",")), members.slice(0, 32).join(","));
  assertEquals(stateOf(members.join(",")), undefined);
});

Deno.test("TraceContextPropagator injects version 00, and nothing of an invalid span", () => {
  const spanContext = { traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 1 };
  assertEquals(inject(spanContext), { traceparent: TRACEPARENT });
  assertEquals(inject({ ...spanContext, traceFlags: 0 }), {
    traceparent: `00-${TRACE_ID}-${SPAN_ID}-00`,
  });
  assertEquals(inject({ ...spanContext, traceId: "0".repeat(32) }), {});
});

Deno.test("TraceContextPropagator injects the members it got, and no empty header", () => {
  const traceState = parseTraceState("foo=1,bar=2")!;
  const spanContext = { traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 1, traceState };
  assertEquals(inject(spanContext).tracestate, "foo=1,bar=2");
  const empty = traceState.unset("foo").unset("bar");
  assertEquals("tracestate" in inject({ ...spanContext, traceState: empty }), false);
});

Deno.test("W3CTraceState puts what is set in front, and drops the last of 33", () => {
  const state = parseTraceState("foo=1,bar=2")!;
  assertEquals(state.set("bar", "3").serialize(), "bar=3,foo=1");
  assertEquals(state.set("new", "0").get("new"), "0");
  assertEquals(state.set("BAD", "0").serialize(), "foo=1,bar=2");
  const full = parseTraceState(Array.from({ length: 32 }, (_, i) => `m${i}=v`).join(","))!;
  const more = full.set("new", "0");
  assertEquals(more.get("m31"), undefined);
  assertEquals(more.get("m30"), "v");
  assertEquals(full.set("m31", "w").serialize().startsWith("m31=w,m0=v"), true);
});
