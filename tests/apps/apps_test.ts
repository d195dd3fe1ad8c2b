import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import {
  ATTR_ERROR_TYPE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
  ATTR_HTTP_REQUEST_HEADER,
  ATTR_HTTP_RESPONSE_HEADER,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_SERVICE_NAME,
} from "@opentelemetry/semantic-conventions";
import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Hono } from "hono";
import { createAutoApp } from "../../apps/auto.ts";
import { createBaseApp } from "../../apps/base.ts";
import * as manual from "../../apps/manual.ts";
import * as middleware from "../../apps/middleware.ts";
import { findMode, MODE_NAMES, MODES } from "../../apps/mod.ts";
import { replaceConsole } from "../helpers/console.ts";
import { resetGlobals, startMemoryTelemetry } from "../helpers/memory.ts";
import { testWith } from "../helpers/needs.ts";
import { setVariables } from "../helpers/variables.ts";

const PLAIN = "Hello, World! from our plain Hono App\n";
const MANUAL = "Hello, World! from our Manually Instrumented Hono App\n";

/** Requests both routes and `/` again, as the tutorial does, and checks the responses. */
async function useApp(app: Hono, greeting: string): Promise<void> {
  using _ = replaceConsole("error");
  for (const path of ["/", "/error", "/"]) {
    const response = await app.request(path, { headers: { accept: "*/*" } });
    const body = await response.text();
    if (path === "/error") {
      assertEquals([response.status, body], [500, "Internal Server Error"]);
    } else {
      assertEquals([response.status, body], [200, greeting]);
      assertEquals(response.headers.get("content-type"), "text/plain; charset=UTF-8");
    }
  }
}

/** Creates an app while the SDK keeps spans in memory, and uses it. */
async function spansOf(
  create: () => Hono,
  use: (app: Hono) => Promise<void>,
): Promise<readonly ReadableSpan[]> {
  await using telemetry = startMemoryTelemetry();
  await use(create());
  return telemetry.spans;
}

/** The name in a lesson's resource; its span never ends, so that nothing is exported. */
async function serviceNameOf({ startProvider }: typeof manual | typeof middleware) {
  const provider = startProvider();
  try {
    const span = trace.getTracer("tests").startSpan("never ended");
    assert("resource" in span);
    return (span.resource as ReadableSpan["resource"]).attributes[ATTR_SERVICE_NAME];
  } finally {
    await provider.shutdown();
    resetGlobals();
  }
}

function checkHttpSpans(spans: readonly ReadableSpan[], appFile: string): void {
  assertEquals(spans.map(({ name }) => name), ["GET /", "GET /error", "GET /"]);
  const [hello, error] = spans;
  assertEquals(hello?.kind, SpanKind.SERVER);
  assertEquals(hello?.attributes[ATTR_HTTP_ROUTE], "/");
  assertEquals(hello?.attributes[ATTR_HTTP_RESPONSE_STATUS_CODE], 200);
  assertEquals(hello?.status.code, SpanStatusCode.UNSET);
  assertEquals(error?.attributes[ATTR_HTTP_RESPONSE_STATUS_CODE], 500);
  assertEquals(error?.attributes[ATTR_ERROR_TYPE], "RangeError");
  assertEquals(error?.status.code, SpanStatusCode.ERROR);
  checkException(error, appFile);
}

function checkException(span: ReadableSpan | undefined, appFile: string): void {
  const event = span?.events.find(({ name }) => name === "exception");
  assertEquals(event?.attributes?.[ATTR_EXCEPTION_TYPE], "RangeError");
  const stack = String(event?.attributes?.[ATTR_EXCEPTION_STACKTRACE]);
  assertMatch(stack, new RegExp(`apps/${appFile}:\\d+:\\d+`));
}

Deno.test("createBaseApp() answers both routes and survives an error", async () => {
  await useApp(createBaseApp(), PLAIN);
});

testWith(["read"], "apps/base.ts imports nothing but Hono", async () => {
  const source = await Deno.readTextFile(new URL("../../apps/base.ts", import.meta.url));
  assertEquals(source.match(/\bfrom "[^"]+"|\bimport\("[^"]+"\)/g), ['from "hono"']);
});

testWith(["env"], "createManualApp() writes a span with an event in each route", async () => {
  const spans = await spansOf(manual.createManualApp, (app) => useApp(app, MANUAL));
  const [hello, error] = spans;
  assertEquals(spans.map(({ name }) => name), ["root", "root", "root"]);
  assertEquals(hello?.kind, SpanKind.INTERNAL);
  assertEquals(hello?.events.map(({ name }) => name), ["root_event"]);
  assertEquals(hello?.status.code, SpanStatusCode.UNSET);
  assertEquals(error?.events.map(({ name }) => name), ["root_event", "exception"]);
  assertEquals(error?.status, { code: SpanStatusCode.ERROR, message: "Division by zero" });
  checkException(error, "manual.ts");
});

testWith(["env"], "createMiddlewareApp() records requests with all their headers", async () => {
  const spans = await spansOf(middleware.createMiddlewareApp, (app) => useApp(app, PLAIN));
  checkHttpSpans(spans, "middleware.ts");
  const { attributes } = spans[0]!;
  assertEquals(attributes[ATTR_HTTP_REQUEST_HEADER("accept")], ["*/*"]);
  assertEquals(attributes[ATTR_HTTP_RESPONSE_HEADER("content-type")], [
    "text/plain; charset=UTF-8",
  ]);
});

testWith(["env"], "createAutoApp() records the requests of the unchanged base app", async () => {
  await using telemetry = startMemoryTelemetry();
  const original = globalThis.fetch;
  const { app, instrumentation } = createAutoApp();
  assert(globalThis.fetch !== original);
  await useApp(app, PLAIN);
  instrumentation[Symbol.dispose]();
  assertEquals(globalThis.fetch, original);
  checkHttpSpans(telemetry.spans, "base.ts");

  const count = telemetry.spans.length;
  await useApp(createBaseApp(), PLAIN);
  assertEquals(telemetry.spans.length, count);
});

testWith(
  ["env"],
  "the lessons' providers name the service, unless OTEL_SERVICE_NAME does",
  async () => {
    const names = async () => [await serviceNameOf(manual), await serviceNameOf(middleware)];
    assertEquals(await names(), ["MyHonoAppInProductionManual", "MyHonoAppInProductionContrib"]);
    using _variables = setVariables({ OTEL_SERVICE_NAME: "mine" });
    assertEquals(await names(), ["mine", "mine"]);
  },
);

Deno.test("findMode() finds every mode by any of its names", () => {
  assertEquals(MODE_NAMES, ["base", "manual", "middleware", "auto"]);
  assertEquals(findMode("contrib"), "middleware");
  assertEquals(findMode("nocode"), "auto");
  assertEquals(findMode("toString"), undefined);
  assertEquals(MODES.base.serviceName, undefined);
});
