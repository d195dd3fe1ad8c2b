import { assertEquals } from "@std/assert";
import { testWith } from "./helpers/needs.ts";
import { readSources } from "./helpers/sources.ts";

/** Objects that are filled by key, but only with our own keys. */
const OWN_KEYS: ReadonlyMap<string, string> = new Map([
  ["lib/collector/receivers/http_handler.ts", "names of headers of ours"],
  ["lib/collector/api/jaeger_ui_spans.ts", "numbers of processes"],
  ["lib/telemetry/read_settings.ts", "variables of our table"],
  ["lib/workshop/conditions/evaluate.ts", "ids of conditions, which the course checks"],
  ["lib/cli/flags/telemetry_flags.ts", "variables that the user sets"],
]);

/** Objects whose members are set by names from elsewhere, and why that is safe. */
const OWN_NAMES: ReadonlyMap<string, string> = new Map([
  ["lib/cli/demo/demo_environment.ts", "variables of ours"],
  ["lib/cli/flags/telemetry_flags.ts", "variables of our table"],
  ["lib/cli/guide/guide_flags.ts", "names of backends"],
  ["lib/cli/guide/terminal/pages/step.ts", "names of sections of ours"],
  ["lib/cli/guide/solve.ts", "ids of questions, which the course checks"],
  ["lib/collector/api/jaeger_ui_spans.ts", "numbers of processes"],
  ["lib/collector/store/query/encoded_scopes.ts", "fields of OTLP's messages"],
  ["lib/instrumentation/console.ts", "methods of the console"],
  ["lib/instrumentation/headers.ts", "names with a prefix"],
  ["lib/launcher/deno/project_files.ts", "names in the user's own project"],
  ["lib/launcher/runtimes/python.ts", "variables of ours"],
  ["lib/otlp/decode.ts", "fields of OTLP's messages"],
  ["lib/telemetry/effective_settings.ts", "variables of our table"],
  ["lib/telemetry/read_settings.ts", "variables of our table"],
  ["lib/telemetry/traces/copy_attributes.ts", "every name but one, which it defines"],
  ["lib/workshop/conditions/evaluate.ts", "ids of conditions, which the course checks"],
  ["lib/workshop/progress/progress.ts", "ids of courses and steps, which the course checks"],
  ["lib/workshop/progress/renamed_steps.ts", "ids of steps, which the course checks"],
  ["lib/launcher/deno/preload/databases/kv.ts", "methods of ours"],
  ["lib/launcher/deno/preload/integers.ts", "names that the object has already"],
  ["lib/launcher/deno/preload/node_servers.ts", "methods of ours"],
  ["lib/launcher/deno/preload/patches/mysql2.ts", "methods of ours"],
  ["lib/launcher/deno/preload/patches/express.ts", "methods of ours"],
]);

/** A member set by a variable name: `__proto__` would be lost, or change all other objects. */
const NAMED =
  /[\w)\]]\[(?:[\w.]*\.)?(?:key|name|\w*Id|id|variable|method|question|label)\]!? (?:\?\?)?= /;

/** A lookup in an inline table: `constructor` would be found in it. */
const LOOKED_UP = /\{[^{}\n]*: [^{}\n]*\}\)\[\w/;

/** An empty object to be filled: the key `__proto__` would be lost in it. */
const FILLED = /: (?:Partial<)?Record<string, [^=\n]*> = \{\};/;

testWith(["read"], "names from others are keys of maps, not of plain objects", async () => {
  const wrong: string[] = [];
  const excused = new Set<string>();
  for await (const { file, source } of readSources("lib/")) {
    if (/^lib\/workshop\/(steps|template)\//.test(file) || !FILLED.test(source)) continue;
    if (OWN_KEYS.has(file)) excused.add(file);
    else wrong.push(file);
  }
  assertEquals(wrong, []);
  assertEquals([...excused].sort(), [...OWN_KEYS.keys()].sort(), "excuses that are needed");
});

testWith(["read"], "no member of a plain object is set by names from others", async () => {
  const wrong: string[] = [];
  const excused = new Set<string>();
  for await (const { file, source } of readSources("lib/")) {
    if (/^lib\/workshop\/(steps|template)\//.test(file)) continue;
    if (LOOKED_UP.test(source)) wrong.push(`${file}: use a Map, or compare`);
    if (!NAMED.test(source)) continue;
    if (OWN_NAMES.has(file)) excused.add(file);
    else wrong.push(`${file}: use a Map`);
  }
  assertEquals(wrong, []);
  assertEquals([...excused].sort(), [...OWN_NAMES.keys()].sort(), "excuses that are needed");
});
