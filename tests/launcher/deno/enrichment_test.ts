/** What `otel-kit auto` adds to the spans that Deno itself creates. */
import { assertEquals } from "@std/assert";
import {
  type ProgramOptions,
  runProgram,
  sourcesThatRun,
  withProgram,
} from "../../helpers/program.ts";
import { type Receiver, startHttpReceiver } from "../../helpers/receiver.ts";
import { programPath } from "../launching.ts";
import { testOnEach } from "./launching.ts";

const READY = "/\n";
const ERROR = 2;

function optionsFor(receiver: Receiver): ProgramOptions & { env: Record<string, string> } {
  return {
    launch: sourcesThatRun(),
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: "50" },
    ready: READY,
  };
}

testOnEach("a server's spans have route, exception, addresses, and ports", async (deno) => {
  await using receiver = startHttpReceiver();
  const words = ["auto", "--", deno.path, "run", "--allow-net", programPath("hono_server.ts")];
  await withProgram(words, optionsFor(receiver), async (server) => {
    const found = await fetch(`${server.url}/orders/7?sig=secret`, {
      headers: { "user-agent": "test" },
    });
    assertEquals(await found.text(), "order 7\n");
    const failed = await fetch(`${server.url}/error`);
    assertEquals([failed.status, await failed.text()], [500, "Internal Server Error"]);
    const [order, error] = await receiver.waitForSpans(2);

    const { attributes } = order!;
    assertEquals(order!.name, "GET /orders/:id");
    assertEquals(attributes["http.route"], "/orders/:id");
    assertEquals(attributes["http.response.status_code"], 200);
    assertEquals(attributes["url.query"], "sig=REDACTED");
    assertEquals(attributes["url.full"], `${server.url}/orders/7?sig=REDACTED`);
    assertEquals(attributes["user_agent.original"], "test");
    assertEquals(attributes["client.address"], "127.0.0.1");
    assertEquals(attributes["server.address"], "127.0.0.1");
    assertEquals(attributes["server.port"], Number(new URL(server.url).port));

    assertEquals(error!.name, "GET /error");
    assertEquals("url.query" in error!.attributes, false);
    assertEquals(error!.status, { code: ERROR, message: "no more shoes" });
    assertEquals(error!.attributes["error.type"], "RangeError");
    const [exception, ...others] = error!.events;
    assertEquals([exception?.name, others.length], ["exception", 0]);
    assertEquals(exception?.attributes["exception.type"], "RangeError");
  });
});

/**
 * Instrumentations that programs bring, and how many spans a request then creates: Deno's, and any of their
 * own.
 */
const OWN: [instrumentation: string, spansPerRequest: number][] = [["otel-kit", 1], [
  "@hono/otel",
  2,
]];

for (const [name, spansPerRequest] of OWN) {
  testOnEach(`a program that brings ${name} gets no second span of ours`, async (deno) => {
    await using receiver = startHttpReceiver();
    const server = ["run", "-A", programPath("own_middleware.ts"), name];
    await withProgram(
      ["auto", "--", deno.path, ...server],
      optionsFor(receiver),
      async ({ url }) => {
        await (await fetch(`${url}/orders/7`, { headers: { "x-mine": "a" } })).text();
        await (await fetch(`${url}/error`)).text();
        await receiver.waitForSpans(2 * spansPerRequest);
        const { spans } = receiver;
        assertEquals(spans.length, 2 * spansPerRequest);
        const [order, error, ...others] = spans.filter(({ parentSpanId }) => parentSpanId === "");
        assertEquals(others, []);
        assertEquals([order?.name, error?.name], ["GET /orders/:id", "GET /error"]);
        assertEquals(order?.attributes["client.address"], "127.0.0.1");
        const mine = order?.attributes["http.request.header.x-mine"];
        assertEquals(mine, name === "otel-kit" ? ["a"] : undefined);
        assertEquals(error?.attributes["error.type"], "RangeError");
        assertEquals(error?.events.map(({ name }) => name), ["exception"]);
      },
    );
  });
}

testOnEach(
  "a server without a framework also has exceptions, headers, and addresses",
  async (deno) => {
    await using receiver = startHttpReceiver();
    const options = optionsFor(receiver);
    const env = {
      ...options.env,
      OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_RESPONSE: "content-type",
    };
    const words = ["auto", "--", deno.path, "run", "--allow-net", programPath("failing_server.ts")];
    await withProgram(words, { ...options, env }, async ({ url }) => {
      for (const path of ["/throws", "/rejects", "/fine"]) await (await fetch(url + path)).text();
      const [thrown, rejected, fine] = await receiver.waitForSpans(3);
      for (const span of [thrown, rejected]) {
        assertEquals(span?.status, { code: ERROR, message: "no more shoes" });
        assertEquals(span?.attributes["error.type"], "RangeError");
        assertEquals(span?.events.map(({ name }) => name), ["exception"]);
      }
      assertEquals(fine?.events, []);
      assertEquals(fine?.attributes["client.address"], "127.0.0.1");
      const type = fine?.attributes["http.response.header.content-type"];
      assertEquals(type, ["text/plain;charset=UTF-8"]);
    });
  },
);

testOnEach("a program ends and prints as it does alone", async (deno) => {
  await using receiver = startHttpReceiver();
  const words = [deno.path, "run", programPath("ending_program.ts")];
  const alone = await runProgram(words.slice(1), { launch: { command: deno.path, args: [] } });
  const under = await runProgram(["auto", "--", ...words], optionsFor(receiver));
  assertEquals([under.code, under.stdout], [alone.code, alone.stdout], under.stderr);
  assertEquals([alone.code, alone.stdout], [7, "out\n"], alone.stderr);
});
