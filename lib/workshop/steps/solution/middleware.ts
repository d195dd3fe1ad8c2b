// Exercise 2, solved: one line instruments every route. The routes are those of base.ts.

import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ConsoleSpanExporter,
} from "@opentelemetry/sdk-trace-base";
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { httpInstrumentation } from "@otel-kit/instrumentation";
import { captureHeaders } from "@otel-kit/instrumentation/headers";
import { Hono } from "hono";

const provider = new BasicTracerProvider({
  resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: "MyHonoAppInProductionContrib" }),
  spanProcessors: [
    new BatchSpanProcessor(new ConsoleSpanExporter()),
    new BatchSpanProcessor(new OTLPTraceExporter()),
  ],
});
trace.setGlobalTracerProvider(provider);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());

const app = new Hono();

app.use(httpInstrumentation({
  headers: captureHeaders({ request: ["user-agent", "authorization"], response: ["content-type"] }),
}));

app.get("/", (c) => c.text("Hello, World! from our plain Hono App\n", 200));

app.get("/error", (c) => c.text(`${1n / 0n}\n`));

const server = Deno.serve({ hostname: "127.0.0.1", port: 5000 }, app.fetch);
Deno.addSignalListener("SIGINT", () => server.shutdown());
await server.finished;
await provider.shutdown();
