import { SpanStatusCode } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  METRIC_HTTP_SERVER_REQUEST_DURATION,
} from "@opentelemetry/semantic-conventions";
import { assertEquals, assertRejects } from "@std/assert";
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { httpInstrumentation } from "../../lib/instrumentation/http_instrumentation.ts";
import { replaceConsole } from "../helpers/console.ts";
import { startMemoryMetrics, startMemoryTelemetry } from "../helpers/memory.ts";
import { testWith } from "../helpers/needs.ts";

const NOTHING = (() => undefined) as never;

class StockError extends Error {}

function failing(): never {
  throw new StockError("none left");
}

/** The result of a request: the answer, and what the span recorded. */
interface Told {
  answered: number;
  status: unknown;
  code: SpanStatusCode | undefined;
  errorType: unknown;
  exceptions: number;
}

function tell(span: ReadableSpan | undefined): Omit<Told, "answered"> {
  return {
    status: span?.attributes[ATTR_HTTP_RESPONSE_STATUS_CODE],
    code: span?.status.code,
    errorType: span?.attributes[ATTR_ERROR_TYPE],
    exceptions: span?.events.length ?? -1,
  };
}

function assertUnset(told: Told, status: number): void {
  const code = SpanStatusCode.UNSET;
  assertEquals(told, { answered: status, status, code, errorType: undefined, exceptions: 0 });
}

/** Checks that an error was recorded, and an exception if the app didn't handle one. */
function assertError(told: Told, status: number, errorType: string): void {
  const exceptions = errorType === String(status) ? 0 : 1;
  assertEquals(told, {
    answered: status,
    status,
    code: SpanStatusCode.ERROR,
    errorType,
    exceptions,
  });
}

/** Apps with only the instrumentation, and with other middleware before or after it. */
const WAYS: Record<string, () => Hono> = {
  "alone": () => new Hono().use(httpInstrumentation()),
  "before another middleware": () =>
    new Hono().use(httpInstrumentation()).use(async (_, next) => {
      await next();
    }),
  "behind another middleware": () =>
    new Hono().use(async (_, next) => {
      await next();
    }).use(httpInstrumentation()),
};

async function request(app: Hono, path: string): Promise<Told> {
  await using telemetry = startMemoryTelemetry();
  using _ = replaceConsole("error");
  const response = await app.request(path);
  await response.text();
  assertEquals(telemetry.spans.length, 1);
  return { answered: response.status, ...tell(telemetry.spans[0]) };
}

testWith(["env"], "the status is known if only one handler matched, however late", async () => {
  const app = new Hono().use(httpInstrumentation())
    .notFound(() => {
      throw new StockError("x");
    })
    .onError(async () => {
      await new Promise((resolve) => setTimeout(resolve, 0));
      return new Response("later", { status: 503 });
    });
  assertError(await request(app, "/nowhere"), 503, "StockError");
});

for (const [way, create] of Object.entries(WAYS)) {
  testWith(["env"], `${way}: the status is that of the answer`, async () => {
    const notFound = (error: Error) =>
      create().notFound(() => {
        throw error;
      });
    assertUnset(await request(notFound(new HTTPException(404)), "/nowhere"), 404);
    const other = notFound(new StockError("x")).onError((_, c) => c.text("gone", 410));
    assertUnset(await request(other, "/nowhere"), 410);
    assertError(await request(notFound(new StockError("x")), "/nowhere"), 500, "StockError");
    const json = notFound(new StockError("x")).onError((_, c) => c.json({}, 503));
    assertError(await request(json, "/nowhere"), 503, "StockError");
    const raw = notFound(new StockError("x")).onError(() => new Response("gone", { status: 410 }));
    assertUnset(await request(raw, "/nowhere"), 410);
    const made = notFound(new HTTPException(403)).onError((error) =>
      (error as HTTPException).getResponse()
    );
    assertUnset(await request(made, "/nowhere"), 403);
  });

  testWith(
    ["env"],
    `${way}: a handler that returns nothing has the result of onError`,
    async () => {
      assertError(await request(create().get("/", NOTHING), "/"), 500, "Error");
      const later = create().get("/", NOTHING).onError((_, c) => c.text("later", 503));
      assertError(await request(later, "/"), 503, "Error");
      const raw = create().get("/", NOTHING).onError(async () => {
        await Promise.resolve();
        return new Response("gone", { status: 410 });
      });
      assertUnset(await request(raw, "/"), 410);
    },
  );

  testWith(
    ["env"],
    `${way}: only what the app did not handle is an error`,
    async () => {
      const handled = create().get("/", failing).onError((_, c) => c.text("sorry", 200));
      assertUnset(await request(handled, "/"), 200);
      const moved = create().get("/", failing).onError((_, c) => c.redirect("/other"));
      assertUnset(await request(moved, "/"), 302);
      const refused = create().get("/", failing).onError((_, c) => c.text("sorry", 422));
      assertUnset(await request(refused, "/"), 422);
      const unavailable = create().get("/", failing).onError((_, c) => c.text("sorry", 503));
      assertError(await request(unavailable, "/"), 503, "StockError");
      assertError(await request(create().get("/", failing), "/"), 500, "StockError");
      const part = new Hono().get("/", failing).onError((_, c) => c.text("sorry", 200));
      assertUnset(await request(create().route("/part", part), "/part"), 200);
    },
  );

  testWith(["env"], `${way}: an error that onError rethrows is the server's 500`, async () => {
    await using telemetry = startMemoryTelemetry();
    for (
      const app of [
        create().get("/", failing),
        create().get("/", NOTHING),
        create().notFound(failing),
      ]
    ) {
      app.onError((error) => {
        throw error;
      });
      await assertRejects(() => Promise.resolve(app.request("/")));
      for (let i = 0; i < 100; i++) await Promise.resolve();
      const { status, code } = tell(telemetry.spans.at(-1));
      assertEquals([status, code], [500, SpanStatusCode.ERROR]);
    }
  });
}

testWith(["env"], "the duration has the status of the answer", async () => {
  await using metrics = startMemoryMetrics();
  const { meterProvider } = metrics;
  const app = new Hono().use(httpInstrumentation({ meterProvider }))
    .get("/silent", NOTHING)
    .get("/handled", failing)
    .onError((error, c) => c.text("", error instanceof StockError ? 200 : 503));
  await app.request("/silent");
  await app.request("/handled");
  const points = (await metrics.collect()).get(METRIC_HTTP_SERVER_REQUEST_DURATION)?.dataPoints;
  assertEquals(
    points?.map((
      { attributes },
    ) => [attributes[ATTR_HTTP_RESPONSE_STATUS_CODE], attributes[ATTR_ERROR_TYPE]]),
    [[503, "Error"], [200, undefined]],
  );
});
