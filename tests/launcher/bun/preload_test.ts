/** What a Bun program sends under `otel-kit auto`. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { buildPreload } from "../../helpers/builds.ts";
import { testIf } from "../../helpers/needs.ts";
import type { ReceivedSpan } from "../../helpers/otlp_proto.ts";
import { runProgram, sourcesThatRun, withProgram } from "../../helpers/program.ts";
import { startHttpReceiver } from "../../helpers/receiver.ts";
import { needsBun, nodeFolder } from "../launching.ts";

const NEEDS = ["net", "env", "read", "write", "run", "signals"] as const;
const BUN = "node_modules/.bin/bun";
const SERVER_KIND = 2;
const CLIENT_KIND = 3;
const ERROR = 2;

const TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

function optionsFor(url: string, env: Record<string, string> = {}) {
  return {
    launch: sourcesThatRun(),
    cwd: nodeFolder(),
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_SERVICE_NAME: "shop", ...env },
    ready: "/\n",
  };
}

for (const name of ["bun_hono.ts", "bun_routes.ts"]) {
  testIf(needsBun(), NEEDS, `bun, ${name}: spans have name, route, and exception`, async () => {
    await buildPreload();
    await using receiver = startHttpReceiver();
    const options = optionsFor(receiver.url);
    await withProgram(["auto", "--", BUN, name], options, async (server) => {
      const found = await fetch(`${server.url}/orders/7?sig=secret`, {
        headers: { traceparent: `00-${TRACE_ID}-00f067aa0ba902b7-01` },
      });
      assertEquals(await found.text(), "order 7\n");
      for (const [path, status] of [["/error", 500], ["/none", 404]] as const) {
        const response = await fetch(server.url + path);
        assertEquals(response.status, status);
        await response.body?.cancel();
      }
      const { code, stderr } = await server.stop();
      assertEquals(code, 143);
      assertStringIncludes(stderr, `Running "${BUN}" with the kit's own SDK preloaded`);
      assert(!stderr.includes("data:"), "no stack trace shows the code of what is loaded");
    });
    assertEquals(receiver.spans.map((span) => span.name), ["GET /orders/:id", "GET /error", "GET"]);
    assertEquals(receiver.spans.map(({ kind }) => kind), Array(3).fill(SERVER_KIND));
    const [order, error] = receiver.spans;
    assertEquals(order!.traceId, TRACE_ID);
    assertEquals(order!.attributes["http.route"], "/orders/:id");
    assertEquals(order!.attributes["http.response.status_code"], 200);
    assertEquals(order!.attributes["url.query"], "sig=REDACTED");
    assertEquals(order!.attributes["client.address"], "127.0.0.1");
    assertEquals(order!.resource["service.name"], "shop");
    assertEquals(error!.attributes["error.type"], "RangeError");
    assertEquals(error!.status, { code: ERROR, message: "no more shoes" });
    const types = error!.events.map((event) => event.attributes["exception.type"]);
    assertEquals(types, ["RangeError"]);
  });
}

for (const name of ["bun_hono.ts", "bun_routes.ts"]) {
  testIf(needsBun(), NEEDS, `bun, ${name}: a thrown text is recorded once`, async () => {
    await buildPreload();
    await using receiver = startHttpReceiver();
    await withProgram(["auto", "--", BUN, name], optionsFor(receiver.url), async (server) => {
      const response = await fetch(`${server.url}/text`);
      await response.body?.cancel();
      assertEquals(response.status, 500);
      await server.stop();
    });
    const [{ name: spanName, attributes, status, events }] = receiver.spans as [ReceivedSpan];
    assertEquals(spanName, "GET /text");
    assertEquals(attributes["error.type"], "500");
    assertEquals(status, { code: ERROR, message: "no more shoes" });
    assertEquals(events.map((event) => event.attributes["exception.message"]), ["no more shoes"]);
  });
}

for (const name of ["bun_hono.ts", "bun_routes.ts"]) {
  testIf(needsBun(), NEEDS, `bun, ${name}: headers are recorded when asked for`, async () => {
    await buildPreload();
    await using receiver = startHttpReceiver();
    const options = optionsFor(receiver.url, {
      OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST: "x-a,cookie",
      OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_RESPONSE: "x-shop",
    });
    await withProgram(["auto", "--", BUN, name], options, async (server) => {
      const headers = { "x-a": "1", cookie: "b" };
      await (await fetch(`${server.url}/orders/7`, { headers })).text();
      assertEquals((await server.stop("SIGINT")).code, 130);
    });
    const { attributes } = receiver.spans[0]!;
    assertEquals(attributes["http.request.header.x-a"], ["1"]);
    assertEquals(attributes["http.request.header.cookie"], ["[REDACTED]"]);
    assertEquals(attributes["http.response.header.x-shop"], ["open"]);
  });
}

testIf(needsBun(), NEEDS, "bun: a short script sends what its fetch did", async () => {
  await buildPreload();
  await using receiver = startHttpReceiver();
  await using target = startHttpReceiver();
  // It exits long before a batch would be due.
  const options = optionsFor(receiver.url, { OTEL_BSP_SCHEDULE_DELAY: "600000" });
  const code = `await fetch("${target.url}/v1/traces", { method: "POST" })`;
  const finished = await runProgram(["auto", "--", BUN, "-e", code], options);
  assertEquals(finished.code, 0, finished.stderr);
  assertEquals(receiver.spans.map(({ kind, name }) => [kind, name]), [[CLIENT_KIND, "POST"]]);
});

/** What ends the program, and its exit code. */
const ENDINGS = { exit: 3, error: 1, rejection: 1, signal: 4 };

for (const [ending, code] of Object.entries(ENDINGS)) {
  testIf(needsBun(), NEEDS, `bun: queued spans arrive after this ending: ${ending}`, async () => {
    await buildPreload();
    await using receiver = startHttpReceiver();
    const options = optionsFor(receiver.url, { OTEL_BSP_SCHEDULE_DELAY: "600000" });
    await withProgram(["auto", "--", BUN, "bun_hono.ts"], options, async ({ url, end }) => {
      for (let i = 0; i < 3; i++) await (await fetch(`${url}/orders/${i}`)).text();
      const response = await fetch(`${url}/end/${ending}`).catch(() => {}); // It can end without an answer.
      await response?.body?.cancel();
      assertEquals((await end()).code, code);
    });
    const orders = receiver.spans.filter(({ name }) => name === "GET /orders/:id");
    assertEquals(orders.length, 3);
  });
}

testIf(needsBun(), NEEDS, "bun: the user's sampler is used", async () => {
  await buildPreload();
  await using receiver = startHttpReceiver();
  await using target = startHttpReceiver();
  const options = optionsFor(receiver.url, { OTEL_TRACES_SAMPLER: "always_off" });
  const code = `await fetch("${target.url}/v1/traces", { method: "POST" })`;
  await runProgram(["auto", "--", BUN, "-e", code], options);
  assertEquals(receiver.spans, []);
  assertEquals(target.requests.length, 1);
});
