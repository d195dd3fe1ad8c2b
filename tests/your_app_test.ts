import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import project from "../deno.json" with { type: "json" };
import { DENOS } from "./helpers/denos.ts";
import { testIf, testWith } from "./helpers/needs.ts";
import { inNodeFolder, needsNodePackages, withNpmProject } from "./helpers/npm_project.ts";
import type { ReceivedMetric, ReceivedSpan } from "./helpers/otlp_proto.ts";
import { type ProgramOptions, runProgram, spawn } from "./helpers/program.ts";
import { type Receiver, startHttpReceiver } from "./helpers/receiver.ts";

const EXAMPLES = new URL("../docs/your-app/", import.meta.url);
const CALLER = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" };

testWith(["read"], "the page about your app shows the files that these tests run", async () => {
  const page = await Deno.readTextFile(new URL("../your-app.md", EXAMPLES));
  const shown = [...page.matchAll(/<!-- your-app\/(\S+) -->\n\n```js\n(.*?)```/gs)];
  const names: string[] = [];
  for (const [, name, text] of shown) {
    assertEquals(text, await Deno.readTextFile(new URL(name!, EXAMPLES)), name);
    names.push(name!);
  }
  const files = await Array.fromAsync(Deno.readDir(EXAMPLES), ({ name }) => name);
  assertEquals(names.sort(), files.sort());
});

/** Lists what a command installs. The shell expands the braces. */
const LIST_PACKAGES = `deno() { shift; printf '%s\\n' "$@"; }; npm() { deno "$@"; };`;

testWith(["read", "run"], "the page installs what its files import, as it is tested", async () => {
  const page = await Deno.readTextFile(new URL("../your-app.md", EXAMPLES));
  const commands = [...page.matchAll(/```sh\n((?:deno add|npm install) .*?)```/gs)];
  const imported = {
    deno: await importsOf("app.js", "telemetry.js", "deno.js"),
    node: await importsOf("app.js", "telemetry.js", "node.js"),
    worker: await importsOf("app.js", "worker.js"),
  };
  assertEquals(commands.length, Object.keys(imported).length);
  const tested: Record<string, string> = project.imports;
  for (const [i, [runtime, names]] of Object.entries(imported).entries()) {
    const { stdout } = await runProgram(["-c", LIST_PACKAGES + commands[i]![1]], {
      launch: { command: "bash", args: [] },
    });
    const installed = stdout.trim().split("\n").map((name) => name.replace(/^(?:npm|jsr):/, ""));
    const versions = installed.map((text) => /^(@?[^@]+)@?(.*)$/.exec(text)!.slice(1));
    assertEquals(versions.map(([name]) => name).sort(), names, runtime);
    for (const [name, version] of versions) {
      if (version) assertMatch(tested[name!] ?? `@${version}.`, RegExp(`@${version}\\.`), name);
    }
  }
});

/** The packages that files of the page import. */
async function importsOf(...files: string[]): Promise<string[]> {
  const names = new Set<string>();
  for (const file of files) {
    const text = await Deno.readTextFile(new URL(file, EXAMPLES));
    for (const [, specifier] of text.matchAll(/ from "([^."][^":]*)";/g)) {
      names.add(/^(?:@[^/]+\/)?[^/]+/.exec(specifier!)![0]);
    }
  }
  return [...names].sort();
}

/** How a runtime runs the app. */
interface Run extends ProgramOptions {
  args: string[];
  /** Where it prints its port; standard output by default. */
  listensOn?: "stdout" | "stderr";
  /** Whether it flushes when it ends. */
  sendsAtEnd: boolean;
  /** Whether the server knows the peer's address. */
  hasPeer: boolean;
  /** Whether the console is instrumented as in the file; otherwise the file's lines for it are removed. */
  hasLogs?: boolean;
}

for (const { path, version } of DENOS) {
  testWith(["net", "env", "read", "run", "signals"], `your app on Deno ${version}`, async () => {
    await runApp({
      launch: { command: path, args: ["run", "--allow-net", "--allow-env"] },
      args: [fileURLToPath(new URL("deno.js", EXAMPLES))],
      listensOn: "stderr",
      sendsAtEnd: true,
      hasPeer: true,
    });
  });
}

testWithPackages(["@hono/node-server", "hono"], "your app on Node", {
  launch: { command: "node", args: [] },
  args: ["node.js"],
  sendsAtEnd: true,
  hasPeer: true,
});

testWithPackages([".bin/bun", "hono"], "your app on Bun", {
  launch: { command: inNodeFolder("node_modules/.bin/bun"), args: [] },
  args: ["bun.js"],
  sendsAtEnd: true,
  hasPeer: true,
});

const WORKER: Run = {
  launch: { command: "node", args: [inNodeFolder("worker_host.mjs")] },
  args: ["worker.js", "nodejs_compat"],
  // It flushes at the end of each request, and ends on the signal.
  sendsAtEnd: false,
  // Behind Cloudflare's edge, the peer's address isn't visible.
  hasPeer: false,
};
const WORKER_PACKAGES = ["esbuild", "hono", "miniflare"];

testWithPackages(WORKER_PACKAGES, "your app on workerd", WORKER);

testWithPackages(WORKER_PACKAGES, "your app on workerd with only AsyncLocalStorage", {
  ...WORKER,
  args: ["worker.js", "nodejs_als"],
  hasLogs: false,
});

/** Registers a test with the package from its archive, next to these packages. */
function testWithPackages(packages: string[], name: string, run: Run): void {
  const needs = ["net", "env", "read", "write", "run", "signals"] as const;
  testIf(needsNodePackages(...packages), needs, name, async () => {
    await withNpmProject(async ({ folder }) => {
      for await (const { name } of Deno.readDir(EXAMPLES)) {
        const text = await Deno.readTextFile(new URL(name, EXAMPLES));
        const kept = run.hasLogs === false
          ? text.replaceAll(/^.*instrumentConsole.*\n/gm, "")
          : text;
        await Deno.writeTextFile(`${folder}${name}`, kept);
      }
      await runApp({ ...run, cwd: folder });
    });
  });
}

/** Runs the app, sends it requests, stops it, and checks what it has sent by then. */
async function runApp(
  { args, listensOn = "stdout", sendsAtEnd, hasPeer, hasLogs = true, ...options }: Run,
): Promise<void> {
  await using receiver = startHttpReceiver();
  const env = { PORT: "0", OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
  const app = spawn(args, { ...options, env });
  try {
    await app.waitFor(listensOn, "Listening on ");
    const [, port] = /http:\/\/[^/]+:(\d+)/.exec(app[listensOn])!;
    const url = `http://127.0.0.1:${port}`;
    const traceparent = `00-${CALLER.traceId}-${CALLER.spanId}-01`;
    const asked = await fetch(`${url}/ask/Ann`, { headers: { traceparent } });
    assertEquals(await asked.text(), "Hello, Ann!\n");
    const failed = await fetch(`${url}/error`);
    await failed.body?.cancel();
    assertEquals(failed.status, 500);
    if (!sendsAtEnd) {
      await receiver.waitUntil(
        ({ spans, metrics, logRecords }) =>
          spans.length === 4 && routesOf(metrics).length === 3 &&
          logRecords.length === (hasLogs ? 2 : 0),
        "what the requests left",
      );
    }
  } finally {
    const { code, stderr } = await app.stop();
    if (sendsAtEnd) assertEquals(code, 0, stderr);
  }
  assertRequests(receiver, hasPeer);
  if (hasLogs) assertLogs(receiver);
}

/** One trace that spans a call through `fetch`, and a failure; both measured. */
function assertRequests({ spans, metrics }: Receiver, hasPeer: boolean): void {
  const ask = spanOf(spans, "GET /ask/:name");
  const call = spanOf(spans, "GET");
  const hello = spanOf(spans, "GET /hello/:name");
  assertEquals([ask.traceId, ask.parentSpanId], [CALLER.traceId, CALLER.spanId]);
  assertEquals([call.traceId, call.parentSpanId], [CALLER.traceId, ask.spanId]);
  assertEquals([hello.traceId, hello.parentSpanId], [CALLER.traceId, call.spanId]);

  const error = spanOf(spans, "GET /error");
  assertEquals(error.attributes["http.response.status_code"], 500);
  assertEquals(error.attributes["error.type"], "RangeError");
  assertEquals(
    error.events.map(({ name, attributes }) => [name, attributes["exception.message"]]),
    [["exception", "nothing works"]],
  );
  for (const { attributes } of [ask, hello, error]) {
    assertEquals(attributes["client.address"], "127.0.0.1");
    assertEquals(attributes["network.peer.address"], hasPeer ? "127.0.0.1" : undefined);
  }

  assertEquals(routesOf(metrics), ["/ask/:name", "/error", "/hello/:name"]);
}

/** Console output, in the trace of the request. */
function assertLogs({ spans, logRecords }: Receiver): void {
  const ask = spanOf(spans, "GET /ask/:name");
  const asking = logRecords.find(({ body }) => body === "Asking for a greeting");
  assert(asking, "no log record of the asking");
  assertEquals([asking.traceId, asking.spanId], [ask.traceId, ask.spanId]);
}

/** The routes of the measured requests. */
function routesOf(metrics: readonly ReceivedMetric[]): unknown[] {
  const routes = metrics.filter(({ name }) => name === "http.server.request.duration")
    .flatMap(({ dataPoints }) => dataPoints.map(({ attributes }) => attributes["http.route"]));
  return [...new Set(routes)].sort();
}

function spanOf(spans: readonly ReceivedSpan[], name: string): ReceivedSpan {
  const found = spans.filter((span) => span.name === name);
  assertEquals(found.length, 1, `spans "${name}" among ${spans.map(({ name }) => name).join()}`);
  return found[0]!;
}
