import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_FULL,
} from "@opentelemetry/semantic-conventions";
import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { instrumentFetch } from "../../lib/instrumentation/fetch.ts";
import { startMemoryTelemetry } from "../helpers/memory.ts";
import { testWith } from "../helpers/needs.ts";
import { closedUrl } from "../helpers/ports.ts";

async function withServer(use: (url: string) => Promise<void>): Promise<void> {
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      const body = `${request.method} ${await request.text()} ${
        request.headers.get("traceparent")
      } ${request.headers.get("x-a")}`;
      return new Response(body, { status: Number(pathname.slice(1)) || 200 });
    },
  );
  await use(`http://127.0.0.1:${server.addr.port}`);
}

testWith(["env", "net"], "instrumentFetch() records a client span and propagates it", async () => {
  await using telemetry = startMemoryTelemetry();
  using _ = instrumentFetch();
  await withServer(async (url) => {
    const tracer = trace.getTracer("test");
    const body = await tracer.startActiveSpan("outer", async (outer) => {
      const target = new URL(`${url.replace("//", "//me:secret@")}/200?sig=1&q=2`);
      const response = await fetch(target, {
        method: "post",
        body: "data",
        headers: { "x-a": "b" },
      });
      outer.end();
      return await response.text();
    });
    const [client, outer] = telemetry.spans;
    const { traceId, spanId } = client!.spanContext();
    assertEquals(body, `POST data 00-${traceId}-${spanId}-01 b`);
    assertEquals(client?.name, "POST");
    assertEquals(client?.kind, SpanKind.CLIENT);
    assertEquals(client?.parentSpanContext?.spanId, outer?.spanContext().spanId);
    assertEquals(client?.attributes, {
      [ATTR_HTTP_REQUEST_METHOD]: "POST",
      [ATTR_URL_FULL]: `${url.replace("//", "//REDACTED:REDACTED@")}/200?sig=REDACTED&q=2`,
      [ATTR_SERVER_ADDRESS]: "127.0.0.1",
      [ATTR_SERVER_PORT]: Number(new URL(url).port),
      [ATTR_HTTP_RESPONSE_STATUS_CODE]: 200,
    });
  });
});

testWith(["env", "net"], "instrumentFetch() accepts a Request, and marks a 4xx", async () => {
  await using telemetry = startMemoryTelemetry();
  using _ = instrumentFetch();
  await withServer(async (url) => {
    const response = await fetch(
      new Request(`${url}/404`, { method: "PUT", body: "x", headers: { "x-a": "y" } }),
    );
    assertEquals((await response.text()).replace(/00-\S+/, "T"), "PUT x T y");
    const [span] = telemetry.spans;
    assertEquals(span?.status.code, SpanStatusCode.ERROR);
    assertEquals(span?.attributes[ATTR_ERROR_TYPE], "404");
  });
});

testWith(["env", "net"], "instrumentFetch() records why a call failed", async () => {
  await using telemetry = startMemoryTelemetry();
  using _ = instrumentFetch();
  await assertRejects(() => fetch(closedUrl()), TypeError);
  const [span] = telemetry.spans;
  assertEquals(span?.status.code, SpanStatusCode.ERROR);
  assertMatch(span?.status.message ?? "", /connection refused/i);
  assertEquals(span?.attributes[ATTR_ERROR_TYPE], "TypeError");
  assertEquals(span?.events[0]?.name, "exception");
});

testWith(["env", "net"], "instrumentFetch() leaves invalid calls to fetch itself", async () => {
  const original = globalThis.fetch;
  {
    using _ = instrumentFetch();
    await assertRejects(() => fetch("no url"), TypeError);
    await assertRejects(() => fetch("http://localhost/", { method: "bad method" }), TypeError);
  }
  assertEquals(globalThis.fetch, original);
});

testWith(
  ["env", "net"],
  "instrumentFetch() redacts request signatures, also in failures",
  async () => {
    await using telemetry = startMemoryTelemetry();
    using _ = instrumentFetch();
    const url = `${closedUrl()}/a?X-Amz-Signature=s3cret&X-Amz-Credential=s3cret&b=1`;
    await assertRejects(() => fetch(url.replace("//", "//me:s3cret@")), TypeError);
    const [span] = telemetry.spans;
    assertEquals(
      span?.attributes[ATTR_URL_FULL],
      url.replace("//", "//REDACTED:REDACTED@").replaceAll("s3cret", "REDACTED"),
    );
    const told = JSON.stringify([span?.attributes, span?.status, span?.events]);
    assertEquals(told.includes("s3cret"), false, told);
  },
);

testWith(["env", "read"], "instrumentFetch() records only HTTP requests", async () => {
  await using telemetry = startMemoryTelemetry();
  using _ = instrumentFetch();
  assertEquals(await (await fetch("data:text/plain,hello")).text(), "hello");
  const blob = URL.createObjectURL(new Blob(["blob"]));
  assertEquals(await (await fetch(blob)).text(), "blob");
  URL.revokeObjectURL(blob);
  await (await fetch(import.meta.url)).text();
  assertEquals(telemetry.spans, []);
});

testWith(
  ["env", "net"],
  "instrumentFetch() does not treat an aborted call as an error",
  async () => {
    await using telemetry = startMemoryTelemetry();
    using _ = instrumentFetch();
    const late = Promise.withResolvers<Response>();
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      () => late.promise,
    );
    const url = `http://127.0.0.1:${server.addr.port}/`;
    const controller = new AbortController();
    const given = fetch(url, { signal: controller.signal });
    controller.abort();
    await assertRejects(() => given, DOMException);
    const request = new Request(url, { signal: AbortSignal.abort() });
    await assertRejects(() => fetch(request), DOMException);
    await assertRejects(() => fetch(url, { signal: AbortSignal.timeout(1) }), DOMException);
    late.resolve(new Response());
    const [givenUp, before, timedOut] = telemetry.spans;
    for (const span of [givenUp, before]) {
      assertEquals(span?.status.code, SpanStatusCode.UNSET);
      assertEquals(span?.attributes[ATTR_ERROR_TYPE], undefined);
      assertEquals(span?.events, []);
    }
    assertEquals(timedOut?.status.code, SpanStatusCode.ERROR);
    assertEquals(timedOut?.attributes[ATTR_ERROR_TYPE], "TimeoutError");
    assertEquals(timedOut?.events[0]?.attributes?.["exception.type"], "TimeoutError");
  },
);
