import { assertEquals, assertLess } from "@std/assert";
import { gzipSync } from "node:zlib";
import ts from "typescript";
import configuration from "../../lib/instrumentation/deno.json" with { type: "json" };
import { testIf } from "../helpers/needs.ts";
import { inNodeFolder, needsNodePackages, withNpmProject } from "../helpers/npm_project.ts";
import { runProgram } from "../helpers/program.ts";

/** A user's code, which uses every entry point and its types. */
const ADOPTER = `
import { httpInstrumentation, type HttpInstrumentationOptions, type RequestHook } from "@otel-kit/instrumentation";
import { instrumentConsole } from "@otel-kit/instrumentation/console";
import { createInstrumentedFetch, type FetchInstrumentationOptions, instrumentFetch } from "@otel-kit/instrumentation/fetch";
import { captureHeaders } from "@otel-kit/instrumentation/headers";
import { instrumentHono } from "@otel-kit/instrumentation/hono";
import { readForwarded } from "@otel-kit/instrumentation/proxy";
import { trace } from "@opentelemetry/api";
import { Hono } from "hono";

const responseHook: RequestHook = (span, c) => void span.setAttribute("app.path", c.req.path);
const options: HttpInstrumentationOptions = { responseHook, ignorePaths: ["/health", /^\\/internal/] };
const fetchOptions: FetchInstrumentationOptions = { tracerProvider: trace.getTracerProvider() };
const patches: Disposable[] = [instrumentConsole(), instrumentFetch(), instrumentHono(options)];
const headers = captureHeaders({ request: ["x-.*"], sanitize: [] });
export const app = new Hono().use(httpInstrumentation({ ...options, headers, readForwarded }));
export const answer: Promise<Response> = createInstrumentedFetch(fetchOptions)("http://localhost/");
patches.forEach((patch) => patch[Symbol.dispose]());
// @ts-expect-error Options are checked.
httpInstrumentation({ readForwarded: true });
`;

/** Imports every entry point, and prints what that changed. */
const IMPORTER = `
const before = [globalThis.fetch, console.info, ...Object.keys(globalThis)];
const exported = [];
for (const entry of ["", "/console", "/fetch", "/headers", "/hono", "/proxy"]) {
  exported.push(...Object.keys(await import("@otel-kit/instrumentation" + entry)));
}
const after = [globalThis.fetch, console.info, ...Object.keys(globalThis)];
console.log(JSON.stringify({ exported, isSame: before.every((value, i) => value === after[i]) }));
`;

/** All that an app can have in its bundle of the packages that the entry points need. */
const PEERS = `
export * from "@opentelemetry/api";
export { Hono } from "hono";
export { Hono as QuickHono } from "hono/quick";
export { Hono as TinyHono } from "hono/tiny";
`;

/**
 * The size of an entry point after `gzip -9`: bundled without these packages, and what it adds to a bundle that
 * has them. The README mentions these limits.
 */
const SIZES = [
  { entry: "", alone: 6_400, added: 6_000 },
  { entry: "/hono", alone: 6_600, added: 6_000 },
];

const NEEDS = ["env", "read", "write", "run"] as const;

testIf(
  needsNodePackages("esbuild", "publint", "hono"),
  NEEDS,
  "the npm package is sound",
  async (t) => {
    await withNpmProject(async ({ folder, packageFolder, archiveBytes }) => {
      await t.step("publint finds nothing", async () => {
        const publint = inNodeFolder("node_modules/publint/src/cli.js");
        const { code, stdout } = await runProgram(["--strict", packageFolder], {
          launch: { command: "node", args: [publint] },
        });
        assertEquals(code, 0, stdout);
      });

      await t.step("it declares its peer dependencies and dependencies", async () => {
        const description = JSON.parse(await Deno.readTextFile(`${packageFolder}package.json`));
        const { name, version, license, type, sideEffects, engines } = description;
        assertEquals(
          { name, version, license, type, sideEffects, engines },
          {
            name: configuration.name,
            version: configuration.version,
            license: configuration.license,
            type: "module",
            sideEffects: false,
            engines: { node: ">=20" },
          },
        );
        assertEquals(Object.keys(description.exports), Object.keys(configuration.exports));
        assertEquals(description.peerDependencies, {
          "@opentelemetry/api": "^1.9.0",
          hono: "^4.13.19",
        });
        assertEquals(description.peerDependenciesMeta, { hono: { optional: true } });
        assertEquals(Object.keys(description.dependencies), ["@opentelemetry/api-logs"]);
        assertLess(archiveBytes, 100 * 1024);
      });

      await t.step("its types are right", async () => {
        const file = `${folder}adopter.ts`;
        await Deno.writeTextFile(file, ADOPTER);
        const program = ts.createProgram([file], {
          target: ts.ScriptTarget.ES2022,
          module: ts.ModuleKind.NodeNext,
          lib: ["lib.es2022.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts"],
          strict: true,
          exactOptionalPropertyTypes: true,
          noEmit: true,
          types: [],
        });
        const problems = ts.getPreEmitDiagnostics(program)
          .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
        assertEquals(problems, []);
      });

      for (const { entry, alone, added } of SIZES) {
        await t.step(`it is small: @otel-kit/instrumentation${entry}`, async () => {
          const source = `export * from "@otel-kit/instrumentation${entry}";\n`;
          assertLess(await bundledBytes(folder, source, ["@opentelemetry/api", "hono"]), alone);
          const peers = await bundledBytes(folder, PEERS);
          assertLess(await bundledBytes(folder, source + PEERS) - peers, added);
        });
      }

      await t.step("importing it changes nothing", async () => {
        await Deno.writeTextFile(`${folder}importer.js`, IMPORTER);
        const { stdout, stderr } = await runProgram(["importer.js"], {
          launch: { command: "node", args: [] },
          cwd: folder,
        });
        assertEquals(JSON.parse(stdout), {
          exported: [
            "httpInstrumentation",
            "instrumentConsole",
            "createInstrumentedFetch",
            "instrumentFetch",
            "captureHeaders",
            "instrumentHono",
            "readForwarded",
          ],
          isSame: true,
        }, stderr);
      });
    });
  },
);

/** The size of a module and all that it imports, minified and compressed. */
async function bundledBytes(
  folder: string,
  source: string,
  external: readonly string[] = [],
): Promise<number> {
  await Deno.writeTextFile(`${folder}entry.js`, source);
  const { code, stderr } = await runProgram([
    "entry.js",
    "--bundle",
    "--minify",
    "--format=esm",
    ...external.map((name) => `--external:${name}`),
    "--outfile=bundle.js",
  ], {
    launch: { command: inNodeFolder("node_modules/.bin/esbuild"), args: [] },
    cwd: folder,
  });
  assertEquals(code, 0, stderr);
  return gzipSync(await Deno.readFile(`${folder}bundle.js`), { level: 9 }).length;
}
