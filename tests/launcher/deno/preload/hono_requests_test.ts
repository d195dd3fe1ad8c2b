/** However Hono calls its handlers, a server span has the route and the exception. */
import { assertEquals } from "@std/assert";
import { withFolder } from "../../../helpers/folder.ts";
import { fromSources, withProgram } from "../../../helpers/program.ts";
import { startHttpReceiver } from "../../../helpers/receiver.ts";
import { testOnEach } from "../launching.ts";

const PROGRAM = `import { Hono } from "npm:hono@4.13.19";
import { Hono as Quick } from "npm:hono@4.13.19/quick";

const fail = () => { throw new RangeError("broken"); };
const pass = async (_c, next) => { await next(); };
const inner = new Hono().get("/inner/:id", (c) => c.text("inner")).get("/inner/:id/error", fail);

const single = new Hono()
  .get("/single/:id", (c) => c.text("found"))
  .get("/single/:id/sync", fail)
  .get("/single/:id/async", async () => fail())
  .get("/single/:id/text", () => { throw "text"; })
  .get("/single/:id/none", (c) => c.notFound())
  .all("/single/:id/pass", pass)
  .all("/single/:id/all", (c) => c.text("any"));

const several = new Quick();
several.use(pass);
several.get("/several/:id", (c) => c.text("found"));
several.get("/several/:id/sync", fail);
several.get("/several/:id/unfinished", () => {});
several.get("/several/:id/twice", pass, (c) => c.text("second"));
several.onError((error, c) => c.text(error.message, 503));

const calling = new Hono()
  .get("/inner/*", (c) => inner.fetch(c.req.raw))
  .get("/calling/:id", async (c) => {
    await inner.request("/inner/1");
    return c.text("called");
  });
calling.notFound((c) => calling.fetch(new Request(new URL("/inner/1", c.req.url))));

const apps = { single, several, inner: calling, calling };
Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => console.error("Listening on http://127.0.0.1:" + port + "/"),
}, (request, info) => apps[new URL(request.url).pathname.split("/")[1]].fetch(request, info));
`;

/** Path, status, route, and the message of the exception. */
const EXPECTED: [path: string, status: number, route?: string, message?: string][] = [
  ["/single/1", 200, "/single/:id"],
  ["/single/1/sync", 500, "/single/:id/sync", "broken"],
  ["/single/1/async", 500, "/single/:id/async", "broken"],
  ["/single/1/text", 500, "/single/:id/text", "text"],
  ["/single/1/none", 404, "/single/:id/none"],
  ["/single/1/pass", 404],
  // The first request can differ from later ones, because wrappers are created once.
  ["/single/1/pass", 404],
  ["/single/1/all", 200, "/single/:id/all"],
  ["/single/nothing/here", 404],
  ["/several/1", 200, "/several/:id"],
  ["/several/1/sync", 503, "/several/:id/sync", "broken"],
  [
    "/several/1/unfinished",
    503,
    "/several/:id/unfinished",
    "Context is not finalized. Did you forget to return a Response object or `await next()`?",
  ],
  ["/several/1/twice", 200, "/several/:id/twice"],
  ["/several/nothing/to/see/here", 404],
  ["/inner/1", 200, "/inner/:id"],
  ["/inner/1/error", 500, "/inner/:id/error", "broken"],
  ["/calling/1", 200, "/calling/:id"],
];

testOnEach("spans of Hono have route and exception, whatever its handlers do", async (deno) => {
  await using receiver = startHttpReceiver();
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/main.mjs`, PROGRAM);
    const options = {
      launch: fromSources("main.ts", ["run", "write"]),
      cwd: folder,
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: "50" },
      ready: "/\n",
    };
    const words = ["auto", "--", deno.path, "run", "--allow-net", "main.mjs"];
    await withProgram(words, options, async ({ url }) => {
      for (const [path] of EXPECTED) await (await fetch(url + path)).text();
      await receiver.waitUntil(({ spans }) => spans.length >= EXPECTED.length, "all spans");
    });
  });
  const seen = receiver.spans.map(({ attributes, events, name }) => {
    assertEquals(name, ["GET", attributes["http.route"]].filter(Boolean).join(" "));
    return [
      attributes["url.path"],
      attributes["http.response.status_code"],
      attributes["http.route"],
      ...events.map(({ attributes }) => attributes["exception.message"]),
    ];
  });
  assertEquals(
    seen,
    EXPECTED.map(([path, status, route, ...more]) => [path, status, route, ...more]),
  );
});
