import { assertEquals } from "@std/assert";
import { testWith } from "./helpers/needs.ts";

const ROOT = new URL("../", import.meta.url);

/** Which parts of the project a part may import. */
const ALLOWED: Record<string, string[]> = {
  "main.ts": ["lib/cli"],
  "lib/backoff.ts": [],
  "lib/cli": [
    "apps",
    "lib/collector",
    "lib/doctor",
    "lib/launcher",
    "lib/markdown.ts",
    "lib/page/snapshot.ts",
    "lib/suggest.ts",
    "lib/telemetry",
    "lib/version.ts",
    "lib/workshop",
    "lib/workshop/fault",
  ],
  "lib/collector": [
    "lib/backoff.ts",
    "lib/prometheus_units.ts",
    "lib/protobuf",
    "lib/version.ts",
  ],
  "lib/doctor": ["lib/suggest.ts", "lib/telemetry", "lib/version.ts"],
  "lib/launcher": ["lib/telemetry"],
  "lib/markdown.ts": [],
  "lib/page/snapshot.ts": [],
  "lib/page": ["lib/collector", "lib/markdown.ts", "lib/page/snapshot.ts"],
  "lib/prometheus_units.ts": [],
  "lib/suggest.ts": [],
  apps: ["lib/instrumentation"],
  // The app that is configured by environment starts, run alone, what reads the environment.
  "apps/auto.ts": ["apps", "lib/instrumentation", "lib/telemetry"],
  "lib/instrumentation": ["lib/version.ts"],
  "lib/protobuf": [],
  "lib/telemetry": [
    "lib/backoff.ts",
    "lib/prometheus_units.ts",
    "lib/protobuf",
    "lib/version.ts",
  ],
  "lib/version.ts": ["deno.json"],
  // A program that is observed, where the rest of the workshop looks on.
  "lib/workshop/fault": ["lib/instrumentation", "lib/telemetry"],
  "lib/workshop": ["lib/collector", "lib/doctor", "lib/version.ts"],
};

/** Which npm and jsr packages a part may import, by the start of their names. */
const PACKAGES: Record<string, string[]> = {
  "main.ts": [],
  "lib/backoff.ts": [],
  "lib/cli": [
    "@std/cli",
    "diff",
    "string-width",
    "fastest-levenshtein",
    "@opentelemetry/configuration",
    "@opentelemetry/semantic-conventions",
  ],
  apps: [
    "hono",
    "@opentelemetry/api",
    "@opentelemetry/context-async-hooks",
    "@opentelemetry/core",
    "@opentelemetry/exporter-trace-otlp-proto",
    "@opentelemetry/resources",
    "@opentelemetry/sdk-trace-base",
    "@opentelemetry/semantic-conventions",
  ],
  "apps/base.ts": ["hono"],
  "apps/auto.ts": ["hono"],
  "lib/instrumentation": ["hono", "@opentelemetry/api", "@opentelemetry/semantic-conventions"],
  "lib/collector": ["hono"],
  "lib/doctor": [],
  "lib/launcher": ["protobufjs", "@opentelemetry/semantic-conventions"],
  "lib/markdown.ts": [],
  "lib/page/snapshot.ts": [],
  "lib/page": ["@dagrejs/dagre", "preact", "@preact/signals", "@tanstack/virtual-core", "uplot"],
  "lib/prometheus_units.ts": [],
  "lib/suggest.ts": ["fastest-levenshtein"],
  "lib/protobuf": [],
  "lib/telemetry": ["@opentelemetry/", "yaml"],
  "lib/version.ts": [],
  "lib/workshop/fault": [
    "hono",
    "valibot",
    "@opentelemetry/api",
    "@opentelemetry/context-async-hooks",
    "@opentelemetry/resources",
    "@opentelemetry/sdk-trace-base",
    "@opentelemetry/semantic-conventions",
  ],
  "lib/workshop": ["hono", "valibot", "yaml"],
};

/** Of these, a part may import types only: they run elsewhere. */
const TYPES_ONLY: Record<string, string[]> = { "lib/page": ["lib/collector"] };

/** The files and folders that the executable is made of. */
const PARTS = Object.keys(ALLOWED).filter((part) => !part.startsWith("apps/"));

interface Module {
  specifier: string;
  dependencies?: {
    specifier: string;
    code?: { specifier: string };
    type?: { specifier: string };
  }[];
}

testWith(["read", "run", "env"], "every import follows the direction of the layers", async () => {
  const wrong: string[] = [];
  for (const { specifier, dependencies = [] } of await readModules()) {
    if (!specifier.startsWith(ROOT.href)) continue;
    const file = specifier.slice(ROOT.href.length);
    for (const { specifier: name, code, type } of dependencies) {
      const target = (code ?? type)?.specifier ?? "";
      const isOurs = target.startsWith(ROOT.href);
      const ok = isOurs
        ? mayImport(file, target.slice(ROOT.href.length), code !== undefined)
        : name.startsWith("node:") || mayUse(file, name);
      if (!ok) wrong.push(`${file} -> ${isOurs ? target.slice(ROOT.href.length) : name}`);
    }
  }
  assertEquals(wrong, []);
});

testWith(["read", "run", "env"], "only main.ts uses Deno.args and Deno.exit", async () => {
  const wrong: string[] = [];
  for (const { specifier } of await readModules()) {
    if (!specifier.startsWith(`${ROOT.href}lib/`) && !specifier.startsWith(`${ROOT.href}apps/`)) {
      continue;
    }
    const source = await Deno.readTextFile(new URL(specifier));
    if (/\bDeno\.(args|exit)\b/.test(source)) wrong.push(specifier);
  }
  assertEquals(wrong, []);
});

/** Where the program, its workers and its page start. */
const ENTRIES = [
  "main.ts",
  "lib/cli/demo/app_worker.ts",
  "lib/collector/store/worker/store_worker.ts",
  "lib/page/main.tsx",
];

/** What these are made of. */
async function readModules(): Promise<Module[]> {
  const graphs = await Promise.all(ENTRIES.map(readGraph));
  return graphs.flat();
}

async function readGraph(entry: string): Promise<Module[]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", entry],
    cwd: ROOT,
    stderr: "inherit",
  }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).modules;
}

function partOf(file: string): string {
  return PARTS.find((part) => file === part || file.startsWith(`${part}/`)) ?? file;
}

function mayImport(file: string, target: string, isCode: boolean): boolean {
  const part = partOf(file);
  if (isCode && TYPES_ONLY[part]?.includes(partOf(target))) return false;
  const allowed = ALLOWED[file] ?? ALLOWED[part] ?? [];
  return partOf(target) === part || allowed.includes(partOf(target));
}

function mayUse(file: string, name: string): boolean {
  const packages = PACKAGES[file] ?? PACKAGES[partOf(file)] ?? [];
  return packages.some((allowed) => name === allowed || name.startsWith(allowed));
}
