/**
 * An uninstrumented app, run in each way that Deno offers: its spans are the same, and it answers as it
 * does alone.
 */
import { assertEquals, assertMatch } from "@std/assert";
import { cp } from "node:fs/promises";
import { withFolder } from "../../helpers/folder.ts";
import { freePort } from "../../helpers/ports.ts";
import { within } from "../../helpers/patience.ts";
import { fromSources, withProgram } from "../../helpers/program.ts";
import { type Receiver, startHttpReceiver } from "../../helpers/receiver.ts";
import { programPath } from "../launching.ts";
import { testOnEach } from "./launching.ts";

const HONO = "npm:hono@4.13.19";
const SERVER_KIND = 2;

const DENO_JSON = {
  imports: { hono: HONO, "hono/": `${HONO.replace(":", ":/")}/` },
  tasks: { start: "deno run --allow-net main.ts" },
};

/** The program's own Hono, in the version given there. */
const PACKAGE_JSON = { type: "module", dependencies: { hono: "4.13.19" } };

/** A way to run the shop. */
interface Way {
  /** Arguments for Deno. */
  args: string[];
  files: Record<string, object>;
  /** Whether packages are installed next to the program. */
  isInstalled?: boolean;
}

function waysOf(): Record<string, Way> {
  const address = ["--host", "127.0.0.1", "--port", String(freePort())];
  const project = { files: { "deno.json": DENO_JSON } };
  const web = ["deno", "serve", ...address, "--allow-net", "served.ts"].join(" ");
  return {
    "deno run -A": { ...project, args: ["run", "-A", "main.ts"] },
    "deno run --allow-net": { ...project, args: ["run", "--allow-net", "main.ts"] },
    "deno run, narrow": { ...project, args: ["run", "--allow-net=127.0.0.1", "main.ts"] },
    "deno task": { ...project, args: ["task", "start"] },
    "deno serve": { ...project, args: ["serve", ...address, "--allow-net", "served.ts"] },
    "deno task, which serves": {
      files: { "deno.json": { ...DENO_JSON, tasks: { web } } },
      args: ["task", "web"],
    },
    "package.json": {
      files: { "package.json": PACKAGE_JSON },
      args: ["run", "--allow-net", "main.ts"],
      isInstalled: true,
    },
  };
}

for (const name of Object.keys(waysOf())) {
  testOnEach(`the shop by ${name}`, async (deno) => {
    await using receiver = startHttpReceiver();
    await withFolder(async (folder) => {
      const { args, files, isInstalled = false } = waysOf()[name]!;
      await cp(programPath("shop"), folder, { recursive: true });
      for (const [file, content] of Object.entries(files)) {
        await Deno.writeTextFile(`${folder}/${file}`, JSON.stringify(content));
      }
      if (isInstalled) await install(deno.path, folder);
      const options = {
        launch: fromSources("main.ts", ["run", "write"]),
        cwd: folder,
        env: {
          OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
          OTEL_BSP_SCHEDULE_DELAY: "50",
          OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST: "x-.*,authorization",
          OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_RESPONSE: "content-type",
        },
        ready: "/\n",
      };
      await withProgram(["auto", "--", deno.path, ...args], options, async ({ url }) => {
        await visit(url);
        await checkSpans(receiver);
      });
    });
  });
}

async function install(deno: string, folder: string): Promise<void> {
  const { success } = await new Deno.Command(deno, {
    args: ["install", "--quiet"],
    cwd: folder,
  }).output();
  assertEquals(success, true);
}

/** Requests everything that the shop has. */
async function visit(url: string): Promise<void> {
  const get = async (path: string, init?: RequestInit) => {
    const answer = await fetch(url + path, init);
    return [answer.status, await answer.text()];
  };
  assertEquals(await get("/"), [200, "<h1>shop</h1>"]);
  assertEquals(await get("/users/7", { headers: { "x-a": "b" } }), [200, '{"id":7}']);
  assertEquals(
    await get("/users", { method: "POST", body: '{"name":"Ann"}', headers: JSON_TYPE }),
    [
      201,
      '{"name":"Ann"}',
    ],
  );
  assertEquals(await get("/users", { method: "POST", body: "{}", headers: JSON_TYPE }), [
    422,
    '{"error":"name"}',
  ]);
  assertEquals(await get("/admin/v1/stats"), [401, "Unauthorized"]);
  const authorization = "Bearer s3cret";
  assertEquals(await get("/admin/v1/stats", { headers: { authorization } }), [200, '{"ok":true}']);
  assertEquals(await get("/legacy/old/shoe"), [200, "old shoe"]);
  assertEquals(await get("/error"), [500, '{"error":"no more shoes"}']);
  assertEquals(await get("/missing"), [404, "no such thing"]);
  assertEquals(await get("/broken"), [500, "broken"]);
  assertEquals(await get("/nothing"), [404, "404 Not Found"]);
  assertMatch(String((await get("/proxy"))[1]), /00-[0-9a-f]{32}-[0-9a-f]{16}-01/);
  assertMatch(String((await get("/events"))[1]), /data: 2/);
  assertEquals(await echo(`${url}/ws`), "echo hello");
}

const JSON_TYPE = { "content-type": "application/json" };

async function echo(url: string): Promise<string> {
  const socket = new WebSocket(url.replace("http", "ws"));
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  socket.onopen = () => socket.send("hello");
  socket.onerror = () => reject(new Error("The socket failed"));
  socket.onmessage = ({ data }) => resolve(String(data));
  try {
    return await within(promise, "the echo");
  } finally {
    const closed = new Promise((resolve) => socket.onclose = resolve);
    socket.close();
    await within(closed, "the end of the socket");
  }
}

/** The names of the server spans in the order in which they end, and anything else special about them. */
const EXPECTED: [name: string, status: number, special?: Record<string, unknown>][] = [
  ["GET /", 200],
  ["GET /users/:id{[0-9]+}", 200, { "http.request.header.x-a": ["b"] }],
  ["POST /users", 201],
  ["POST /users", 422],
  ["GET /admin/v1/stats", 401],
  ["GET /admin/v1/stats", 200, { "http.request.header.authorization": ["[REDACTED]"] }],
  ["GET /legacy/old/:x", 200],
  ["GET /error", 500, { "error.type": "OutOfStock" }],
  ["GET /missing", 404],
  ["GET /broken", 500, { "error.type": "500" }],
  ["GET", 404],
  ["GET /down", 200, { "url.query": "sig=REDACTED" }],
  ["GET /proxy", 200],
  ["GET /events", 200, { "http.response.header.content-type": ["text/event-stream"] }],
  ["GET /ws", 101],
];

async function checkSpans(receiver: Receiver): Promise<void> {
  await receiver.waitUntil(
    ({ spans }) => spans.filter(({ kind }) => kind === SERVER_KIND).length >= EXPECTED.length,
    "all server spans",
  );
  const servers = receiver.spans.filter(({ kind }) => kind === SERVER_KIND);
  const seen = servers.map((
    { name, attributes },
  ) => [name, attributes["http.response.status_code"]]);
  assertEquals(seen, EXPECTED.map(([name, status]) => [name, status]));
  for (const [i, [name, , special = {}]] of EXPECTED.entries()) {
    const { attributes, events } = servers[i]!;
    assertEquals({ ...attributes, ...special }, attributes, name);
    assertEquals(attributes["client.address"], "127.0.0.1", name);
    const [, route] = name.split(" ");
    assertEquals(attributes["http.route"], route, name);
    assertEquals(events.map(({ name }) => name), name === "GET /error" ? ["exception"] : [], name);
  }
  const client = receiver.spans.find(({ kind }) => kind === 3)!;
  assertMatch(String(client.attributes["url.full"]), /sig=REDACTED/);
  assertEquals(client.attributes["http.response.status_code"], 200);
  const [proxy] = servers.filter(({ name }) => name === "GET /proxy");
  assertEquals(client.parentSpanId, proxy?.spanId);
}
