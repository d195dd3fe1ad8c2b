import { context, SpanStatusCode, trace } from "@opentelemetry/api";
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  METRIC_HTTP_SERVER_REQUEST_DURATION,
} from "@opentelemetry/semantic-conventions";
import { METRIC_HTTP_SERVER_ACTIVE_REQUESTS } from "@opentelemetry/semantic-conventions/incubating";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { Hono } from "hono";
import { stream, streamSSE, streamText } from "hono/streaming";
import { httpInstrumentation } from "../../lib/instrumentation/http_instrumentation.ts";
import {
  type MemoryTelemetry,
  startMemoryMetrics,
  startMemoryTelemetry,
} from "../helpers/memory.ts";
import { testWith } from "../helpers/needs.ts";
import { within } from "../helpers/patience.ts";
import { poll } from "../helpers/poll.ts";

/** Serves an app with traces and metrics of its requests. */
function serve(define: (app: Hono) => void) {
  const telemetry = startMemoryTelemetry();
  const metrics = startMemoryMetrics();
  const app = new Hono().use(httpInstrumentation({ meterProvider: metrics.meterProvider }));
  define(app);
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, app.fetch);
  return {
    app,
    url: `http://127.0.0.1:${server.addr.port}`,
    telemetry,
    /** The number of active requests, and the attributes of all measured ones. */
    async measured() {
      const collected = await metrics.collect();
      const active = collected.get(METRIC_HTTP_SERVER_ACTIVE_REQUESTS)?.dataPoints[0]?.value;
      const points = collected.get(METRIC_HTTP_SERVER_REQUEST_DURATION)?.dataPoints ?? [];
      return { active, attributes: points.map(({ attributes }) => attributes) };
    },
    async [Symbol.asyncDispose]() {
      await server.shutdown();
      await metrics[Symbol.asyncDispose]();
      await telemetry[Symbol.asyncDispose]();
    },
  };
}

/** Waits until this many spans have ended. */
async function spansOf({ spans }: MemoryTelemetry, count: number) {
  return await poll(
    () =>
      Promise.resolve(spans.length >= count ? { result: spans } : { answer: `${spans.length}` }),
    `the end of ${count} spans`,
  );
}

async function spanOf(telemetry: MemoryTelemetry) {
  return (await spansOf(telemetry, 1))[0]!;
}

/** A body of three pieces that waits after the first one. */
function threePieces(mayGoOn: Promise<void>): ReadableStream<Uint8Array> {
  let pulled = 0;
  return new ReadableStream({
    async pull(controller) {
      if (pulled === 1) await mayGoOn;
      if (++pulled > 3) controller.close();
      else controller.enqueue(new TextEncoder().encode(`${pulled}`));
    },
  }, { highWaterMark: 0 });
}

testWith(["env", "net"], "the span of a streamed answer ends with the stream", async () => {
  const mayGoOn = Promise.withResolvers<void>();
  await using server = serve((app) => {
    app.get("/body", (c) => c.body(threePieces(mayGoOn.promise)))
      .get("/response", () => new Response(threePieces(mayGoOn.promise), { status: 201 }))
      .get("/text", (c) =>
        streamText(c, async (text) => {
          await text.write("1");
          await mayGoOn.promise;
          await text.write("23");
        }))
      .get("/events", (c) =>
        streamSSE(c, async (events) => {
          await events.writeSSE({ data: "1" });
          await mayGoOn.promise;
        }));
  });
  const paths = ["/body", "/response", "/text", "/events"];
  const answers = await Promise.all(paths.map((path) => fetch(`${server.url}${path}`)));
  assertEquals(server.telemetry.spans, []);
  assertEquals((await server.measured()).active, 4);
  mayGoOn.resolve();
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  assertEquals(texts.slice(0, 3), ["123", "123", "123"]);
  await spansOf(server.telemetry, 4);
  for (const span of server.telemetry.spans) {
    assertEquals(span.status.code, SpanStatusCode.UNSET);
    assertEquals(span.attributes[ATTR_ERROR_TYPE], undefined);
  }
  assertEquals((await server.measured()).active, 0);
});

testWith(["env", "net"], "a stream that fails is an error, whatever its status was", async () => {
  await using server = serve((app) => {
    app.get("/", (c) => {
      let pulled = 0;
      return c.body(
        new ReadableStream({
          pull(controller) {
            if (pulled++ > 0) throw new RangeError("broken");
            controller.enqueue(new TextEncoder().encode("1"));
          },
        }),
      );
    });
  });
  await fetch(server.url).then((answer) => answer.text()).catch(() => {});
  const span = await spanOf(server.telemetry);
  assertEquals(span.attributes[ATTR_HTTP_RESPONSE_STATUS_CODE], 200);
  assertEquals(span.attributes[ATTR_ERROR_TYPE], "RangeError");
  assertEquals(span.status, { code: SpanStatusCode.ERROR, message: "broken" });
  assertEquals(span.events.map(({ name }) => name), ["exception"]);
  const [attributes] = (await server.measured()).attributes;
  assertEquals(attributes?.[ATTR_ERROR_TYPE], "RangeError");
});

testWith(["env", "net"], "a client that disconnects during the answer is an error", async () => {
  const cancelled = Promise.withResolvers<void>();
  await using server = serve((app) => {
    app.get("/", (c) =>
      c.body(
        new ReadableStream({
          start: (controller) => controller.enqueue(new TextEncoder().encode("1")),
          cancel: () => cancelled.resolve(),
        }),
      ));
  });
  const answer = await fetch(server.url);
  const reader = answer.body!.getReader();
  await reader.read();
  await reader.cancel();
  await within(cancelled.promise, "the cancellation of the app's stream");
  const span = await spanOf(server.telemetry);
  assertEquals(span.attributes[ATTR_ERROR_TYPE], "client_disconnected");
  assertEquals(span.attributes[ATTR_HTTP_RESPONSE_STATUS_CODE], 200);
  assertEquals((await server.measured()).active, 0);
});

testWith(["env", "net"], "a stream's work belongs to the trace of its request", async () => {
  await using server = serve((app) => {
    app.get("/", (c) =>
      stream(c, async (out) => {
        await out.write("1");
        trace.getTracer("test").startSpan("in stream", {}, context.active()).end();
      }));
  });
  await (await fetch(server.url)).text();
  await spansOf(server.telemetry, 2);
  const [inner, request] = server.telemetry.spans;
  assertEquals([inner?.name, request?.name], ["in stream", "GET /"]);
  assertEquals(inner?.parentSpanContext?.spanId, request?.spanContext().spanId);
});

testWith(
  ["env"],
  "HEAD for a stream ends immediately, and so does a plain answer",
  async () => {
    await using telemetry = startMemoryTelemetry();
    const app = new Hono().use(httpInstrumentation())
      .get("/stream", (c) => c.body(threePieces(Promise.resolve())))
      .get("/text", (c) => c.text("text"))
      .get("/json", (c) => c.json({}))
      .get("/bytes", (c) => c.body(new Uint8Array(3)))
      .get("/nothing", (c) => c.body(null, 204));
    await app.request("/stream", { method: "HEAD" });
    for (const path of ["/text", "/json", "/bytes", "/nothing"]) {
      const { body } = await app.request(path);
      await body?.cancel();
    }
    assertEquals(telemetry.spans.length, 5);
  },
);

testWith(["env"], "a streamed answer stays unchanged", async () => {
  await using telemetry = startMemoryTelemetry();
  const app = new Hono().use(httpInstrumentation()).get("/", (c) => {
    c.header("x-own", "1");
    c.header("set-cookie", "a=1");
    c.header("set-cookie", "b=2", { append: true });
    return c.body(threePieces(Promise.resolve()), 206);
  });
  const response = await app.request("/");
  assertEquals(response.status, 206);
  assertEquals(response.headers.get("x-own"), "1");
  assertEquals(response.headers.getSetCookie(), ["a=1", "b=2"]);
  assertEquals(await response.text(), "123");
  assertEquals(telemetry.spans.length, 1);
});

testWith(
  ["env", "net"],
  "a client that disconnects ends the span of a handler that never ends",
  async () => {
    const arrived = Promise.withResolvers<void>();
    const testEnds = Promise.withResolvers<Response>();
    await using server = serve((app) => {
      app.get("/never", () => {
        arrived.resolve();
        return testEnds.promise;
      });
    });
    // The server waits for the handler before it shuts down.
    using _ = { [Symbol.dispose]: () => testEnds.resolve(new Response()) };
    const controller = new AbortController();
    const asked = fetch(`${server.url}/never`, { signal: controller.signal });
    await within(arrived.promise, "the request");
    controller.abort();
    await assertRejects(() => asked, DOMException);
    const span = await spanOf(server.telemetry);
    assertEquals(span.name, "GET /never");
    assertEquals(span.status.code, SpanStatusCode.ERROR);
    assertEquals(span.attributes[ATTR_ERROR_TYPE], "client_disconnected");
    assertEquals(span.attributes[ATTR_HTTP_RESPONSE_STATUS_CODE], undefined);
    const { active, attributes: [attributes] } = await server.measured();
    assertEquals(active, 0);
    assertEquals(attributes?.[ATTR_ERROR_TYPE], "client_disconnected");
    assertEquals(attributes && ATTR_HTTP_RESPONSE_STATUS_CODE in attributes, false);
  },
);

testWith(
  ["env", "net"],
  "a handler's work after its client disconnected changes nothing",
  async () => {
    const arrived = Promise.withResolvers<void>();
    const mayAnswer = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<void>();
    await using server = serve((app) => {
      app.get("/late", async (c) => {
        arrived.resolve();
        await mayAnswer.promise;
        answered.resolve();
        return c.text("late");
      });
    });
    const controller = new AbortController();
    const asked = fetch(`${server.url}/late`, { signal: controller.signal });
    await within(arrived.promise, "the request");
    controller.abort();
    await assertRejects(() => asked, DOMException);
    await spanOf(server.telemetry);
    mayAnswer.resolve();
    await within(answered.promise, "the end of the handler");
    const { active, attributes } = await server.measured();
    assertEquals([active, attributes.length, server.telemetry.spans.length], [0, 1, 1]);
  },
);

testWith(["env", "net"], "a slow handler's answer is sent unchanged", async () => {
  await using server = serve((app) => {
    app.get("/slow", async (c) => {
      await fetch(`${server.url}/quick`).then((answer) => answer.text());
      return c.text("slow");
    }).get("/quick", (c) => c.text("quick"));
  });
  assertEquals(await (await fetch(`${server.url}/slow`)).text(), "slow");
  await spansOf(server.telemetry, 2);
  assert(server.telemetry.spans.every(({ status }) => status.code === SpanStatusCode.UNSET));
});
