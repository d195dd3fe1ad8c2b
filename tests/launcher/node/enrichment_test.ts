/** What `otel-kit auto` adds to the spans that `instrumentation-http` creates in a Node program. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { buildPreload } from "../../helpers/builds.ts";
import { testIf } from "../../helpers/needs.ts";
import { sourcesThatRun, withProgram } from "../../helpers/program.ts";
import { startHttpReceiver } from "../../helpers/receiver.ts";
import { needsNode, nodeFolder, tracesTo } from "../launching.ts";

const NEEDS = ["net", "env", "read", "write", "run", "signals"] as const;
const SERVER_KIND = 2;
const ERROR = 2;

const HEADERS = {
  OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST: "x-.*,cookie",
  OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_RESPONSE: "x-shop",
};

for (const name of ["hono.mjs", "hono.cjs", "fastify.mjs", "fastify.cjs"]) {
  testIf(
    needsNode("hono", "fastify"),
    NEEDS,
    `node, ${name}: spans have route, exception and headers`,
    async () => {
      await buildPreload();
      await using receiver = startHttpReceiver();
      const options = {
        launch: sourcesThatRun(),
        cwd: nodeFolder(),
        env: { ...tracesTo(receiver.url), ...HEADERS },
        ready: "/\n",
      };
      await withProgram(["auto", "--", "node", name], options, async (server) => {
        const found = await fetch(`${server.url}/orders/7`, {
          headers: { "x-a": "1", cookie: "secret" },
        });
        assertEquals(await found.text(), "order 7\n");
        const failed = await fetch(`${server.url}/error`);
        assertEquals(failed.status, 500);
        await failed.body?.cancel();
        const missing = await fetch(`${server.url}/none`);
        assertEquals(missing.status, 404);
        await missing.body?.cancel();
        const { code, stderr } = await server.stop();
        assertEquals(code, 143);
        assertStringIncludes(
          stderr,
          'Running "node" with @opentelemetry/auto-instrumentations-node',
        );
        assert(!stderr.includes("data:"), "no stack trace shows the code of what is loaded");
      });
      const spans = receiver.spans.filter(({ kind }) => kind === SERVER_KIND);
      assertEquals(spans.map((span) => span.name), ["GET /orders/:id", "GET /error", "GET"]);
      const [order, error, none] = spans.map(({ attributes }) => attributes);

      assertEquals(order!["http.route"], "/orders/:id");
      assertEquals(order!["http.request.header.x-a"], ["1"]);
      assertEquals(order!["http.request.header.cookie"], ["[REDACTED]"]);
      assertEquals(order!["http.response.header.x-shop"], ["open"]);
      assertEquals(error!["http.route"], "/error");
      assertEquals(error!["error.type"], "RangeError");
      assertEquals(none!["http.route"], undefined);

      const { status, events } = spans[1]!;
      assertEquals(status, { code: ERROR, message: "no more shoes" });
      assertEquals(events.map((event) => event.attributes["exception.type"]), ["RangeError"]);
    },
  );
}
