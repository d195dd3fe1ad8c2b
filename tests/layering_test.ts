import { assertEquals } from "@std/assert";
import { testWith } from "./helpers/needs.ts";

const ROOT = new URL("../", import.meta.url);

/** Modules that import nothing from the project except each other. */
const COMMON = [
  "lib/backoff.ts",
  "lib/connection_failure.ts",
  "lib/default_ports.ts",
  "lib/error_message.ts",
  "lib/host.ts",
  "lib/large_bytes.ts",
  "lib/open_browser.ts",
  "lib/otlp/any_value.ts",
  "lib/otlp/exponential_bound.ts",
  "lib/otlp/nanos.ts",
  "lib/otlp/severity.ts",
  "lib/otlp/signal.ts",
  "lib/program_files.ts",
  "lib/repository.ts",
  "lib/shell_words.ts",
  "lib/time.ts",
  "lib/time_text.ts",
  "lib/unsafe_text.ts",
  "lib/version.ts",
];

/** The store's folders in the order in which a request passes them: each may import the ones before it. */
const STORE = ["tables", "scan", "segments", "salvage", "index", "query", "worker"].map((room) =>
  `lib/collector/store/${room}`
);

/** What a part of the collector may import from the rest of it. */
const COLLECTOR_CORE = [
  "lib/collector",
  "lib/collector/store",
  "lib/otlp",
  "lib/query",
  "lib/trace",
  "lib/zipkin_model.ts",
  ...COMMON,
];

/** What every command-line folder builds on. */
const CLI_CORE = ["lib/cli", "lib/suggest.ts", "lib/telemetry", ...COMMON];

/** What the workshop folders build on. */
const COURSE = [
  "lib/workshop/course",
  "lib/workshop/course/hint_count.ts",
  "lib/workshop/backends",
  "lib/otlp",
  ...COMMON,
];

/**
 * Which parts of the project a part may import. A file belongs to the part with the longest matching name.
 */
const ALLOWED: Record<string, string[]> = {
  "main.ts": ["lib/cli", "lib/cli/run.ts"],

  apps: ["apps/auto.ts", "lib/instrumentation"],
  // When run alone, the app that is configured by the environment starts the code that reads it.
  "apps/auto.ts": ["apps", "lib/instrumentation", "lib/telemetry"],

  "lib/cli/run.ts": ["lib/cli/commands", "lib/cli/flags", "lib/cli/upgrade", ...CLI_CORE],
  "lib/cli": ["lib/cli/flags", "lib/unsafe_text.ts"],
  "lib/cli/flags": ["apps", ...CLI_CORE],
  "lib/cli/files": CLI_CORE,
  "lib/cli/app": [
    "lib/cli/flags",
    "lib/cli/files",
    "apps",
    "lib/collector",
    "lib/launcher",
    ...CLI_CORE,
  ],
  // What a class shows, which guides report.
  "lib/cli/class": [
    "lib/class",
    "lib/cli/collector",
    "lib/cli/guide",
    "lib/cli/screen",
    "lib/cli/terminal",
    "lib/collector",
    ...CLI_CORE,
  ],
  "lib/cli/collector": [
    "lib/cli/flags",
    "lib/cli/files",
    "lib/collector",
    "lib/collector/api",
    "lib/collector/collector.ts",
    "lib/collector/forward",
    "lib/doctor",
    "lib/guests",
    "lib/mcp",
    "lib/otlp/shapes.ts",
    "lib/page/snapshot.ts",
    "lib/query",
    ...CLI_CORE,
  ],
  "lib/cli/terminal": [
    "lib/trace",
    "lib/cli/app",
    "lib/cli/collector",
    "lib/cli/flags",
    "apps",
    "lib/collector",
    "lib/otlp",
    "lib/stack_place.ts",
    ...CLI_CORE,
  ],
  "lib/cli/top": [
    "lib/cli/collector",
    "lib/cli/screen",
    "lib/cli/terminal",
    "lib/collector",
    "lib/otlp",
    "lib/query",
    "lib/trace",
    ...CLI_CORE,
  ],
  // A view that fills the terminal.
  "lib/cli/screen": ["lib/cli/terminal", ...CLI_CORE],
  "lib/cli/demo": [
    "lib/cli/app",
    "lib/cli/collector",
    "lib/cli/flags",
    "apps",
    "lib/collector",
    "lib/collector/collector.ts",
    "lib/guests",
    ...CLI_CORE,
  ],
  "lib/cli/fault": [
    "lib/cli/app",
    "lib/cli/flags",
    "lib/cli/terminal",
    "lib/collector",
    "lib/workshop/backends",
    "lib/workshop/fault",
    "lib/workshop/load",
    "lib/workshop/progress",
    ...CLI_CORE,
  ],
  "lib/cli/guide": [
    "lib/cli/app",
    "lib/cli/collector",
    "lib/cli/files",
    "lib/cli/flags",
    "lib/cli/screen",
    "lib/cli/terminal",
    "apps",
    "lib/class",
    "lib/collector",
    "lib/collector/collector.ts",
    "lib/doctor",
    "lib/guests",
    "lib/markdown.ts",
    "lib/workshop/check",
    "lib/workshop/conditions",
    "lib/workshop/ladder",
    "lib/workshop/progress",
    "lib/workshop/rules",
    "lib/workshop/solve",
    "lib/workshop/summary",
    "lib/workshop/timing",
    ...COURSE,
    ...CLI_CORE,
  ],
  // The part of a Collector that runs its pipelines.
  "lib/cli/lab": [
    "lib/cli/collector",
    "lib/collector",
    "lib/collector/decode",
    "lib/collector/forward",
    "lib/collector/receivers",
    "lib/lab",
    "lib/launcher",
    "lib/otlp",
    ...CLI_CORE,
  ],
  "lib/cli/upgrade": CLI_CORE,
  "lib/cli/workshop": [
    "lib/cli/class",
    "lib/workshop/progress",
    "lib/cli/files",
    "lib/cli/flags",
    "lib/cli/guide",
    "lib/cli/terminal",
    "lib/workshop/backends",
    "lib/workshop/course",
    "lib/workshop/handout",
    ...CLI_CORE,
  ],
  "lib/cli/commands": [
    "lib/workshop/timing",
    "lib/workshop/backends",
    "lib/workshop/check",
    "lib/workshop/conditions",
    "lib/cli/app",
    "lib/cli/class",
    "lib/cli/collector",
    "lib/cli/demo",
    "lib/cli/fault",
    "lib/cli/files",
    "lib/cli/flags",
    "lib/cli/guide",
    "lib/cli/lab",
    "lib/cli/screen",
    "lib/cli/terminal",
    "lib/cli/top",
    "lib/cli/upgrade",
    "lib/cli/workshop",
    "apps",
    "lib/collector",
    "lib/collector/api",
    "lib/doctor",
    "lib/guests",
    "lib/lab",
    "lib/mcp",
    "lib/query",
    "lib/workshop/collector_config",
    "lib/workshop/course",
    "lib/workshop/fault",
    "lib/workshop/load",
    ...CLI_CORE,
  ],

  "lib/collector/collector.ts": [
    "lib/collector/api",
    "lib/collector/forward",
    "lib/collector/decode",
    "lib/collector/receivers",
    "lib/collector/store/worker",
    "lib/collector/transfer",
    "lib/http_server",
    ...COLLECTOR_CORE,
  ],
  "lib/collector": ["lib/http_server", "lib/otlp", "lib/query", ...COMMON],
  "lib/collector/api": [
    "lib/collector/hints",
    "lib/collector/prometheus",
    "lib/collector/zipkin",
    ...COLLECTOR_CORE,
  ],
  "lib/collector/forward": ["lib/collector/store/segments", ...COLLECTOR_CORE],
  "lib/collector/hints": COLLECTOR_CORE,
  "lib/collector/decode": COLLECTOR_CORE,
  "lib/collector/prometheus": [
    "lib/linear_pattern.ts",
    "lib/prometheus_units.ts",
    ...COLLECTOR_CORE,
  ],
  "lib/collector/receivers": [
    "lib/collector/hints",
    "lib/collector/decode",
    "lib/http",
    "lib/http_server",
    ...COLLECTOR_CORE,
  ],
  "lib/collector/store": COLLECTOR_CORE,
  ...Object.fromEntries(
    STORE.map((room, order) => [room, [...STORE.slice(0, order), ...COLLECTOR_CORE]]),
  ),
  "lib/collector/transfer": ["lib/collector/decode", ...COLLECTOR_CORE],
  "lib/collector/zipkin": COLLECTOR_CORE,

  // It answers as the collector does, and stores nothing.
  "lib/class": [
    "lib/collector",
    "lib/collector/api",
    "lib/http_server",
    "lib/workshop/course",
    ...COMMON,
  ],
  "lib/guests": ["lib/collector", "lib/collector/api", ...COMMON],
  "lib/lab": [
    "lib/suggest.ts",
    "lib/collector",
    "lib/collector/store",
    "lib/otlp",
    "lib/workshop/collector_config",
    ...COMMON,
  ],
  "lib/http": [],
  "lib/http1": ["lib/http"],
  "lib/http2": ["lib/http"],
  "lib/http_server": ["lib/http", "lib/http1", "lib/http2", "lib/time.ts"],
  "lib/otlp": ["lib/large_bytes.ts", "lib/otlp/signal.ts"],
  "lib/otlp/shapes.ts": ["lib/otlp"],
  // These also run in the page.
  "lib/otlp/any_value.ts": ["lib/otlp"],
  "lib/otlp/exponential_bound.ts": [],
  "lib/otlp/nanos.ts": [],
  "lib/otlp/severity.ts": [],
  "lib/otlp/signal.ts": [],
  "lib/page/snapshot.ts": [],
  "lib/query": [],
  "lib/page": [
    "lib/class",
    "lib/collector",
    "lib/default_ports.ts",
    "lib/error_message.ts",
    "lib/guests",
    "lib/markdown.ts",
    "lib/otlp",
    "lib/otlp/any_value.ts",
    "lib/otlp/exponential_bound.ts",
    "lib/otlp/nanos.ts",
    "lib/otlp/severity.ts",
    "lib/otlp/signal.ts",
    "lib/page/snapshot.ts",
    "lib/query",
    "lib/stack_place.ts",
    "lib/time.ts",
    "lib/time_text.ts",
    "lib/trace",
    "lib/unsafe_text.ts",
    "lib/workshop/course/hint_count.ts",
  ],

  // It reads the collector's HTTP API only.
  "lib/mcp": [
    "lib/collector",
    "lib/otlp",
    "lib/query",
    "lib/trace",
    ...COMMON,
  ],
  "lib/doctor": ["lib/suggest.ts", "lib/telemetry", ...COMMON],
  // A separate package that imports nothing else from the project.
  "lib/instrumentation": ["lib/instrumentation/error_chain.ts"],
  "lib/instrumentation/error_chain.ts": [],
  // The relay receives as the collector does.
  "lib/launcher": [
    "lib/collector",
    "lib/collector/decode",
    "lib/collector/receivers",
    "lib/instrumentation",
    "lib/launcher/deno/preload",
    "lib/launcher/node/preload",
    "lib/launcher/bun/preload",
    "lib/otlp",
    "lib/telemetry",
    ...COMMON,
  ],
  // It runs inside other people's programs.
  "lib/launcher/deno/preload": ["lib/instrumentation"],
  "lib/launcher/node/preload": ["lib/instrumentation", "lib/launcher/deno/preload"],
  "lib/launcher/bun/preload": ["lib/instrumentation", "lib/launcher/deno/preload", "lib/telemetry"],
  "lib/telemetry": [
    "lib/linear_pattern.ts",
    "lib/otlp",
    "lib/prometheus_units.ts",
    "lib/zipkin_model.ts",
    ...COMMON,
  ],

  "lib/workshop/course": ["lib/program_files.ts", "lib/query", "lib/workshop/course/hint_count.ts"],
  "lib/workshop/course/hint_count.ts": [],
  "lib/workshop/backends": ["lib/otlp", "lib/otlp/shapes.ts", ...COMMON],
  "lib/workshop/progress": ["lib/workshop/course/hint_count.ts"],
  "lib/workshop/document": [],
  // Rules of Prometheus, and a dashboard of them.
  "lib/workshop/rules": ["lib/workshop/backends", "lib/workshop/document", ...COMMON],
  "lib/workshop/handout": ["lib/markdown.ts", "lib/workshop/document", ...COURSE],
  "lib/workshop/timing": ["lib/workshop/progress", ...COURSE],
  "lib/workshop/summary": [
    "lib/workshop/document",
    "lib/workshop/progress",
    "lib/workshop/timing",
    ...COURSE,
  ],
  "lib/workshop/collector_config": ["lib/suggest.ts", ...COMMON],
  "lib/workshop/conditions": [
    "lib/query",
    "lib/trace",
    "lib/workshop/collector_config",
    "lib/workshop/rules",
    "lib/collector",
    "lib/collector/prometheus",
    "lib/doctor",
    ...COURSE,
  ],
  "lib/workshop/check": ["lib/workshop/conditions", ...COURSE],
  "lib/workshop/ladder": ["lib/doctor", "lib/telemetry", "lib/workshop/conditions", ...COURSE],
  "lib/workshop/solve": ["lib/doctor", "lib/workshop/check", "lib/workshop/conditions", ...COURSE],
  "lib/workshop/load": COMMON,
  // A program to observe; the rest of the workshop observes.
  "lib/workshop/fault": ["lib/instrumentation", "lib/telemetry", ...COMMON],

  "lib/backoff.ts": [],
  "lib/connection_failure.ts": ["lib/instrumentation/error_chain.ts"],
  "lib/default_ports.ts": [],
  "lib/error_message.ts": ["lib/instrumentation/error_chain.ts"],
  "lib/host.ts": [],
  "lib/large_bytes.ts": [],
  "lib/linear_pattern.ts": [],
  "lib/markdown.ts": [],
  "lib/open_browser.ts": [],
  "lib/program_files.ts": [],
  "lib/repository.ts": [],
  "lib/prometheus_units.ts": [],
  "lib/shell_words.ts": [],
  "lib/stack_place.ts": [],
  "lib/suggest.ts": [],
  "lib/time.ts": [],
  "lib/time_text.ts": [],
  // Runs in the page too.
  "lib/trace": ["lib/otlp", "lib/otlp/any_value.ts", "lib/otlp/nanos.ts", "lib/query"],
  "lib/unsafe_text.ts": [],
  "lib/version.ts": ["deno.json"],
  "lib/zipkin_model.ts": [],
};

/** Which npm and jsr packages a part may import, by the prefix of their names. */
const PACKAGES: Record<string, string[]> = {
  "main.ts": [],
  "lib/backoff.ts": [],
  "lib/connection_failure.ts": [],
  "lib/default_ports.ts": [],
  "lib/error_message.ts": [],
  "lib/host.ts": [],
  "lib/large_bytes.ts": [],
  "lib/cli": [
    "diff",
    "string-width",
    "fastest-levenshtein",
    "valibot",
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
  "lib/collector/prometheus": ["hono", "@prometheus-io/lezer-promql"],
  "lib/doctor": [],
  "lib/http": [],
  "lib/http1": [],
  "lib/http2": [],
  "lib/http_server": [],
  "lib/linear_pattern.ts": ["re2js"],
  "lib/launcher": ["@opentelemetry/semantic-conventions"],
  "lib/launcher/node/preload": ["@opentelemetry/api", "@opentelemetry/semantic-conventions"],
  "lib/launcher/bun/preload": [
    "@opentelemetry/api",
    "@opentelemetry/configuration",
    "@opentelemetry/context-async-hooks",
    "@opentelemetry/resources",
    "@opentelemetry/semantic-conventions",
  ],
  "lib/launcher/deno/preload": [
    "hono",
    "@opentelemetry/api",
    "@opentelemetry/semantic-conventions",
  ],
  "lib/markdown.ts": [],
  "lib/mcp": ["@modelcontextprotocol/server", "zod"],
  "lib/page/snapshot.ts": [],
  "lib/query": [],
  "lib/page": [
    "reveal.js",
    "@dagrejs/dagre",
    "preact",
    "@preact/signals",
    "@tanstack/virtual-core",
    "uplot",
  ],
  "lib/program_files.ts": [],
  "lib/prometheus_units.ts": [],
  "lib/shell_words.ts": [],
  "lib/stack_place.ts": [],
  "lib/suggest.ts": ["fastest-levenshtein"],
  "lib/time.ts": [],
  "lib/time_text.ts": [],
  "lib/trace": [],
  "lib/otlp": [],
  "lib/otlp/shapes.ts": ["valibot"],
  "lib/class": ["hono"],
  "lib/guests": ["hono"],
  "lib/lab": ["yaml"],
  "lib/telemetry": ["@opentelemetry/", "ajv", "yaml"],
  "lib/unsafe_text.ts": [],
  "lib/version.ts": [],
  "lib/otlp/foreign": ["@opentelemetry/semantic-conventions"],
  "lib/zipkin_model.ts": ["@opentelemetry/semantic-conventions"],
  "lib/cli/fault": ["@opentelemetry/sdk-metrics"],
  "lib/workshop/fault": [
    "hono",
    "valibot",
    "@opentelemetry/api",
    "@opentelemetry/context-async-hooks",
    "@opentelemetry/core",
    "@opentelemetry/resources",
    "@opentelemetry/sdk-trace-base",
    "@opentelemetry/semantic-conventions",
  ],
  "lib/workshop": ["hono", "valibot", "yaml", "@opentelemetry/semantic-conventions"],
};

/** Packages from which a part may only import types, because they run elsewhere. */
const TYPES_ONLY: Record<string, string[]> = {
  "lib/page": ["lib/collector", "lib/guests", "lib/otlp"],
};

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

testWith(["read", "run", "env"], "no files import each other in a circle", async () => {
  const imports = new Map<string, Set<string>>();
  for (const { specifier, dependencies = [] } of await readModules()) {
    if (!specifier.startsWith(ROOT.href)) continue;
    const targets = dependencies.flatMap(({ code, type }) => [code?.specifier, type?.specifier])
      .filter((target) => target?.startsWith(ROOT.href)) as string[];
    imports.set(specifier, new Set(targets));
  }
  assertEquals(
    circlesOf(imports).map((files) => files.map((file) => file.slice(ROOT.href.length))),
    [],
  );
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

/** The entry points of the program, its workers, and its page. */
const ENTRIES = [
  "main.ts",
  "lib/cli/demo/app_worker.ts",
  "lib/collector/decode/decode_worker.ts",
  "lib/collector/store/worker/store_worker.ts",
  "lib/page/main.tsx",
  "lib/page/tutorial.ts",
  "lib/page/class.tsx",
  "lib/page/slides.ts",
];

/** The modules that these consist of. */
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

/** The longest of the names that matches a file or a folder above it. */
function longestOf(names: readonly string[], file: string): string | undefined {
  return names.filter((name) => file === name || file.startsWith(`${name}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function partOf(file: string): string {
  return longestOf(Object.keys(ALLOWED), file) ?? file;
}

function mayImport(file: string, target: string, isCode: boolean): boolean {
  const part = partOf(file);
  if (isCode && TYPES_ONLY[part]?.includes(partOf(target))) return false;
  return partOf(target) === part || (ALLOWED[part] ?? []).includes(partOf(target));
}

function mayUse(file: string, name: string): boolean {
  const packages = PACKAGES[longestOf(Object.keys(PACKAGES), file) ?? ""] ?? [];
  return packages.some((allowed) => name === allowed || name.startsWith(allowed));
}

/** Groups of modules that import each other: strongly connected components, by Tarjan's algorithm. */
function circlesOf(imports: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const circles: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  function visit(file: string): void {
    order.set(file, order.size);
    lowest.set(file, order.get(file)!);
    open.push(file);
    for (const target of imports.get(file) ?? []) {
      if (!imports.has(target)) continue;
      if (!order.has(target)) visit(target);
      if (open.includes(target)) {
        lowest.set(file, Math.min(lowest.get(file)!, lowest.get(target)!));
      }
    }
    if (lowest.get(file) !== order.get(file)) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1) circles.push(circle);
  }
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return circles;
}
