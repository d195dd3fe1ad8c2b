import { httpInstrumentationMiddleware } from "@hono/otel";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { assertEquals } from "@std/assert";
import { Hono, type MiddlewareHandler } from "hono";
import { captureHeaders } from "../../lib/instrumentation/headers.ts";
import { httpInstrumentation } from "../../lib/instrumentation/http_instrumentation.ts";

const SECRET = "Bearer my-secret";

/** What the span of a request with a secret has of it. */
async function recorded(
  create: (tracerProvider: BasicTracerProvider) => MiddlewareHandler,
): Promise<unknown> {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  });
  const app = new Hono().use(create(provider)).get("/", (c) => c.text("Hello\n"));
  await (await app.request("/", { headers: { authorization: SECRET } })).text();
  await provider.forceFlush();
  const [span] = exporter.getFinishedSpans();
  await provider.shutdown();
  return [span!.attributes["http.request.header.authorization"]].flat();
}

// The lesson of the workshop's step 13: if this fails, the step's text must change.
Deno.test("a captured secret is redacted by our middleware, and recorded by @hono/otel", async () => {
  const request = ["authorization"];
  assertEquals(
    await recorded((tracerProvider) =>
      httpInstrumentation({ headers: captureHeaders({ request }), tracerProvider })
    ),
    ["[REDACTED]"],
  );
  assertEquals(
    await recorded((tracerProvider) =>
      httpInstrumentationMiddleware({ captureRequestHeaders: request, tracerProvider })
    ),
    [SECRET],
  );
});
