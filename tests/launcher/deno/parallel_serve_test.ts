/** The spans of `deno serve --parallel`, which runs the program in several threads. */
import { assertEquals, assertNotEquals } from "@std/assert";
import { withFolder } from "../../helpers/folder.ts";
import { fromSources, withProgram } from "../../helpers/program.ts";
import { startHttpReceiver } from "../../helpers/receiver.ts";
import { testOnEach } from "./launching.ts";

const PROGRAM = `import { Hono } from "hono";
const thread = crypto.randomUUID();
const app = new Hono();
app.get("/orders/:id", (c) => c.text(thread));
app.get("/error", () => {
  throw new RangeError("no more shoes");
});
export default app;
`;

const REQUESTS = 20;

testOnEach("deno serve --parallel has routes and exceptions in each thread", async (deno) => {
  await using receiver = startHttpReceiver();
  await withFolder(async (folder) => {
    const imports = { hono: "npm:hono@4.13.19" };
    await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify({ imports }));
    await Deno.writeTextFile(`${folder}/main.ts`, PROGRAM);
    const options = {
      launch: fromSources("main.ts", ["run", "write"]),
      cwd: folder,
      env: {
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_BSP_SCHEDULE_DELAY: "600000",
        DENO_JOBS: "2",
      },
      ready: "with 2 threads",
    };
    const threads = new Set<string>();
    const serve = ["serve", "--parallel", "--port", "0", "--host=127.0.0.1", "main.ts"];
    await withProgram(["auto", "--", deno.path, ...serve], options, async ({ url, stop }) => {
      for (let i = 0; i < REQUESTS; i++) {
        // Each connection may go to another thread.
        using client = Deno.createHttpClient({ poolMaxIdlePerHost: 0 });
        threads.add(await (await fetch(`${url}/orders/${i}`, { client })).text());
      }
      await (await fetch(`${url}/error`)).body?.cancel();
      await stop();
    });
    assertNotEquals(threads.size, 1);
  });
  const names = receiver.spans.map(({ name }) => name);
  assertEquals(names.filter((name) => name === "GET /orders/:id").length, REQUESTS);
  const error = receiver.spans.find(({ name }) => name === "GET /error")!;
  assertEquals(error.attributes["error.type"], "RangeError");
});
