import { assertEquals } from "@std/assert";
import { testWith } from "./helpers/needs.ts";
import { readSources } from "./helpers/sources.ts";

/** Objects that are filled by key, and whose keys are ours. */
const OWN_KEYS: ReadonlyMap<string, string> = new Map([
  ["lib/collector/receivers/http_handler.ts", "names of headers of ours"],
  ["lib/collector/zipkin/api.ts", "names of parameters of ours"],
  ["lib/telemetry/read_settings.ts", "variables of our table"],
  ["lib/workshop/conditions/evaluate.ts", "ids of conditions, which the course checks"],
  ["lib/cli/flags/telemetry_flags.ts", "variables that the user sets"],
]);

/** An empty object that is to be filled: what others named `__proto__` would be lost in it. */
const FILLED = /: (?:Partial<)?Record<string, [^=\n]*> = \{\};/;

testWith(["read"], "what others name is kept in maps, not in plain objects", async () => {
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
