import { assert, assertEquals } from "@std/assert";
import { auto } from "../../lib/cli/commands/auto.ts";
import { isGiven, parseFlags } from "../../lib/cli/flags/flags.ts";
import { flagName, settingOf, VARIABLES } from "../../lib/telemetry/settings.ts";
import { testIf } from "../helpers/needs.ts";
import { needsReference, REFERENCE_COMMAND, REFERENCE_FLAGS } from "../helpers/reference.ts";

Deno.test("variables that others share have the flags of the reference command", () => {
  const shared = VARIABLES.filter((variable) => !settingOf(variable).extra);
  assertEquals(new Set(REFERENCE_FLAGS).size, 88);
  assertEquals(
    shared.map((variable) => flagName(variable).slice(2)).toSorted(),
    REFERENCE_FLAGS.map((flag) => flag.replaceAll("_", "-")).toSorted(),
  );
});

Deno.test("every unambiguous flag prefix of the reference command is unambiguous in auto", () => {
  const flags = [...REFERENCE_FLAGS, "version", "help"];
  for (const flag of flags) {
    for (let length = 1; length <= flag.length; length++) {
      const typed = flag.slice(0, length);
      const isClear = typed === flag || flags.filter((one) => one.startsWith(typed)).length === 1;
      if (!isClear || typed.endsWith("_")) continue;
      const { flags: given } = parseFlags([`--${typed}`, "true"], auto.flags);
      const names = Object.keys(given).filter((name) => isGiven(given[name]));
      assertEquals(names, [flag.replaceAll("_", "-")], typed);
    }
  }
});

Deno.test("no two variables have the same flag", () => {
  assertEquals(new Set(VARIABLES.map(flagName)).size, VARIABLES.length);
});

testIf(needsReference(), ["run"], "the reference command has the flags of the list", async () => {
  const { stdout } = await new Deno.Command(REFERENCE_COMMAND, { args: ["--help"] }).output();
  const listed = new TextDecoder().decode(stdout).match(/--\w+/g) ?? [];
  const flags = new Set(listed.map((flag) => flag.slice(2)));
  assert(flags.delete("version") && flags.delete("help"));
  assertEquals([...flags].toSorted(), REFERENCE_FLAGS.toSorted());
});
