import { assertEquals } from "@std/assert";
import type { TestedDeno } from "../../helpers/denos.ts";
import { withFolder } from "../../helpers/folder.ts";
import type { ReceivedSpan } from "../../helpers/otlp_proto.ts";
import { fromSources, withProgram } from "../../helpers/program.ts";
import { startHttpReceiver } from "../../helpers/receiver.ts";

const TESTDATA = new URL("../../testdata/frameworks/", import.meta.url);
const SERVER_KIND = 2;
const CLIENT_KIND = 3;

/** A program that queries a database, and how to run it. */
export interface DatabaseProgram {
  /** Relative to `tests/testdata/frameworks`. */
  program: string;
  imports?: Record<string, string>;
  /** Arguments for Deno. */
  args: string[];
  /** The database's port. */
  port?: number;
  /** What the launcher reports as instrumented; nothing if it can't detect the library in the program. */
  instruments?: string;
}

/** Runs the program under the launcher, and passes a function that sends requests to it. */
export async function withDatabaseProgram(
  deno: TestedDeno,
  { program, imports = {}, args, port, instruments }: DatabaseProgram,
  use: (visit: (...paths: string[]) => Promise<ReceivedSpan[][]>) => Promise<void>,
): Promise<void> {
  await using receiver = startHttpReceiver();
  await withFolder(async (folder) => {
    const source = await Deno.readTextFile(new URL(program, TESTDATA));
    const main = instruments === undefined ? hidden(source) : source;
    await Deno.writeTextFile(`${folder}/${program}`, main);
    await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify({ imports }));
    const options = {
      launch: fromSources("main.ts", ["run", "write"]),
      cwd: folder,
      env: {
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_BSP_SCHEDULE_DELAY: "50",
        OTEL_METRICS_EXPORTER: "none",
        OTEL_LOGS_EXPORTER: "none",
        ...port !== undefined && { SHOP_PORT: String(port) },
      },
      ready: "/\n",
    };
    const words = ["auto", "--", deno.path, "run", ...args, program];
    await withProgram(words, options, async (running) => {
      await use(async (...paths) => {
        const visited = servers(receiver.spans).length;
        const answers = await Promise.all(paths.map((path) => fetch(running.url + path)));
        for (const answer of answers) assertEquals(await answer.text(), "done");
        const isThere = () => servers(receiver.spans).length === visited + paths.length;
        await receiver.waitUntil(isThere, `the spans of ${paths}`);
        return paths.map((path) => callsOf(receiver.spans, path, visited));
      });
      assertEquals(/^Instrumenting .*$/m.exec(running.stderr)?.[0], instruments);
    });
  });
}

/**
 * The program with imports that can't be detected, and an unknown library that might have imported others.
 */
function hidden(source: string): string {
  const visible = /^import (.*) from "((?!node:).*)";$/gm;
  const more = source.replace(visible, (_, names: string, specifier: string) => {
    const wanted = names.startsWith("{") ? names : `{ default: ${names} }`;
    return `const ${wanted} = await import(["${specifier}"].join());`;
  });
  return `import "npm:ms@2.1.3";\n${more}`;
}

/** The calls made during the request for a path, in the order in which they began. */
function callsOf(spans: readonly ReceivedSpan[], path: string, visited: number): ReceivedSpan[] {
  const server = servers(spans).slice(visited).find(({ attributes }) =>
    attributes["url.path"] === path
  )!;
  return spans
    .filter(({ kind, parentSpanId }) => kind === CLIENT_KIND && parentSpanId === server.spanId)
    .toSorted((a, b) => Number(BigInt(a.startTimeUnixNano) - BigInt(b.startTimeUnixNano)));
}

function servers(spans: readonly ReceivedSpan[]): ReceivedSpan[] {
  return spans.filter(({ kind }) => kind === SERVER_KIND);
}
