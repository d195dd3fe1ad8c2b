/** What the spans of a Deno program have under `otel-kit auto` beyond what Deno itself writes. */
import { assertEquals } from "@std/assert";
import { sourcesThatRun, withProgram } from "../../helpers/program.ts";
import { startHttpReceiver } from "../../helpers/receiver.ts";
import { programPath } from "../launching.ts";
import { testOnEach } from "./launching.ts";

const READY = "/\n";
const ERROR = 2;

testOnEach("a server's spans have route, exception, parties and numbers", async (deno) => {
  await using receiver = startHttpReceiver();
  const words = ["auto", "--", deno.path, "run", "--allow-net", programPath("hono_server.ts")];
  const options = {
    launch: sourcesThatRun(),
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: "50" },
    ready: READY,
  };
  await withProgram(words, options, async (server) => {
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
    assertEquals(error!.status, { code: ERROR, message: "no more shoes" });
    assertEquals(error!.attributes["error.type"], "RangeError");
    const [exception, ...others] = error!.events;
    assertEquals([exception?.name, others.length], ["exception", 0]);
    assertEquals(exception?.attributes["exception.type"], "RangeError");
  });
});
