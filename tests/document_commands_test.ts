import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { withCollector } from "./helpers/collector_program.ts";
import { DOCUMENTED, type Treatment, type Tried } from "./helpers/document_commands.ts";
import { withFolder } from "./helpers/folder.ts";
import { commandLines, markdownFiles } from "./helpers/markdown_files.ts";
import { testIf, testWith } from "./helpers/needs.ts";
import { needsProgram, onPath } from "./helpers/on_path.ts";
import { freePort } from "./helpers/ports.ts";
import { type ProgramOptions, runProgram, withRunning } from "./helpers/program.ts";

const ROOT = new URL("../", import.meta.url);
const RUNS = ["net", "env", "read", "write", "run", "sys", "shell", "signals"] as const;

/** Programs of the reader that the documents mention. Each sends a request and exits. */
const PROGRAMS = ["app.ts", "app.mjs", "server.ts", "server.mjs"];

/** The kit under the name and path that the documents use, but on free ports. */
const KIT = `#!/bin/sh
command=$1
[ $# -eq 0 ] || shift
case $command in
  collector) set -- --http-port "$HTTP_PORT" --grpc-port "$GRPC_PORT" --ui-port "$UI_PORT" "$@" ;;
  guide)
    [ "$1" != check ] || set -- "$@" --wait 0s
    case $1 in check | --*)
      set -- "$@" --http-port "$HTTP_PORT" --grpc-port "$GRPC_PORT" --ui-port "$UI_PORT" ;;
    esac ;;
  traces | tail | assert | services | logs | metrics) set -- --ui-url "$READ_FROM" "$@" ;;
  serve) set -- --port 0 "$@" ;;
  auto) case "$*" in *app.*|*server.*|*test*) ;; *) set -- --port 0 "$@" ;; esac ;;
esac
exec "$DENO" run -A "$MAIN" "$command" "$@"
`;

testWith(["read"], "every command line in the documentation has a test or a reason not to", () => {
  for (const [path, text] of markdownFiles(ROOT)) {
    if (path.startsWith("docs/tutorial/")) continue; // tutorial_test.ts runs these.
    const treatments = Object.keys(DOCUMENTED[path] ?? {});
    const lines = shellCommands(text);
    assertEquals(lines.filter((line) => !treatmentOf(path, line)), [], path);
    assertEquals(treatments.filter((key) => !lines.some((line) => line.startsWith(key))), [], path);
  }
});

for (const [path, treatments] of Object.entries(DOCUMENTED)) {
  if (Object.values(treatments).every((treatment) => "notRun" in treatment)) continue;
  testWith(RUNS, `${path}: its commands work`, async (t) => {
    await inReadersFolder(async (options, place) => {
      for (const line of shellCommands(await Deno.readTextFile(new URL(path, ROOT)))) {
        const treatment = treatmentOf(path, line)!;
        if ("notRun" in treatment) continue;
        const missing = treatment.needs ? needsProgram(treatment.needs).missing : undefined;
        await t.step({
          name: missing ? `${line} (ignored: ${missing})` : line,
          ignore: missing !== undefined,
          fn: () => tryLine(place(line), treatment, options),
        });
      }
    });
  });
}

/** A test suite whose program traces an order, in OTLP's JSON. */
const TRACED_TEST = `
const [traceId, spanId] = [32, 16].map((length) => "1".padStart(length, "0"));
const time = Date.now() + "000000";
const span = { traceId, spanId, name: "POST /orders", kind: 2, startTimeUnixNano: time, endTimeUnixNano: time };
const resource = { attributes: [{ key: "service.name", value: { stringValue: "shop" } }] };
const response = await fetch(process.env.OTEL_EXPORTER_OTLP_ENDPOINT + "/v1/traces", {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] }),
});
console.log("sent", response.status);
`;

testIf(needsProgram("npm"), RUNS, "docs/ci.md: its script works", async () => {
  await inReadersFolder(async (options, place) => {
    const document = await Deno.readTextFile(new URL("docs/ci.md", ROOT));
    const [, script] = /run: \|\n([^]*?)\n```/.exec(document)!;
    const [, expectations] = /```yaml\n(expect:[^]*?)\n```/.exec(document)!;
    await Deno.writeTextFile(`${options.cwd}/telemetry.yaml`, expectations!);
    await Deno.writeTextFile(`${options.cwd}/app.mjs`, TRACED_TEST);
    const own = place(script!).replaceAll(
      options.env.READ_FROM!,
      `127.0.0.1:${options.env.UI_PORT}`,
    );
    const env = {
      ...options.env,
      READ_FROM: options.env.UI_PORT!,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${options.env.HTTP_PORT}`,
    };
    const args = ["-ec", `trap 'kill $!' EXIT\n${own}`];
    const { code, stdout, stderr } = await runProgram(args, { ...options, env });
    assertEquals(code, 0, stderr);
    assertStringIncludes(stdout, "sent 200\n");
    assertStringIncludes(stdout, "✓ an order is traced\n");
  });
});

/** The commands in shell blocks, without comments. */
function shellCommands(markdown: string): string[] {
  return commandLines(markdown, ["sh", "bash"])
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim()).filter((line) => line !== "");
}

function treatmentOf(path: string, line: string): Treatment | undefined {
  const treatments = DOCUMENTED[path] ?? {};
  const key = Object.keys(treatments).find((key) => key === line) ??
    Object.keys(treatments).find((key) => /^(?!\.\/)/.test(key) && line.startsWith(key));
  return key === undefined ? undefined : treatments[key];
}

async function tryLine(line: string, treatment: Tried, options: Options): Promise<void> {
  // A variable takes effect in the next command.
  const script = line.startsWith("export ")
    ? `${line}\n./otel-kit auto --strict --dry-run -- node app.mjs`
    : line.replace(/^(\.\/)?otel-kit/, "exec ./otel-kit");
  if ("until" in treatment) {
    await withRunning(["-c", `${script} 1>&2`], options, async (program) => {
      await program.waitFor("stderr", treatment.until);
    });
    return;
  }
  const { code, stdout, stderr } = await runProgram(["-c", script], options);
  assertEquals(code, treatment.code ?? 0, stdout + stderr);
  assert(!treatment.wrote || `${stdout}${stderr}`.includes(treatment.wrote), stdout + stderr);
}

interface Options extends ProgramOptions {
  env: Record<string, string>;
}

/** Provides a folder like a reader's, and a collector in place of those on the default ports. */
async function inReadersFolder(
  use: (options: Options, place: (line: string) => string) => Promise<void>,
): Promise<void> {
  await withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/otel-kit`, KIT, { mode: 0o755 });
    for (const name of PROGRAMS) {
      await Deno.writeTextFile(`${cwd}/${name}`, "console.log('ran');\n");
    }
    const manifest = { name: "shop", scripts: { test: "node app.mjs" } };
    await Deno.writeTextFile(`${cwd}/package.json`, JSON.stringify(manifest));
    await withCollector(async ({ uiUrl, httpUrl, grpcUrl }) => {
      const env = {
        DENO: Deno.execPath(),
        MAIN: fileURLToPath(new URL("main.ts", ROOT)),
        PATH: `${dirname(Deno.execPath())}:${Deno.env.get("PATH")}`,
        HTTP_PORT: `${freePort()}`,
        GRPC_PORT: `${freePort()}`,
        UI_PORT: `${freePort()}`,
        READ_FROM: uiUrl,
        // The reader's own progress, which others neither change nor lose.
        XDG_DATA_HOME: `${cwd}/data`,
        OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl,
        OTEL_EXPORTER_PROMETHEUS_PORT: "0",
      };
      const place = (text: string) =>
        text.replaceAll("http://localhost:4317", grpcUrl)
          .replaceAll(/http:\/\/localhost:1?4318/g, httpUrl)
          .replaceAll("http://localhost:4319", uiUrl);
      await use({ launch: { command: onPath("sh"), args: [] }, cwd, env }, place);
    });
  });
}
