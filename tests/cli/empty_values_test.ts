import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Flag, listFlags } from "../../lib/cli/flags/flags.ts";
import { describeCommands } from "../../lib/cli/run.ts";
import { TELEMETRY_FLAGS } from "../../lib/cli/flags/telemetry_flags.ts";
import { withFolder } from "../helpers/folder.ts";
import { testWith } from "../helpers/needs.ts";
import { runHere } from "../helpers/run_here.ts";

const NEEDS = ["net", "env", "read", "write"] as const;

/** The specification treats an empty variable as unset; the same goes for one that a flag sets. */
const MAY_BE_EMPTY = listFlags(TELEMETRY_FLAGS).filter(({ name }) => name !== "env");

/** Words that must precede a command's flags; for some commands they depend on the flag. */
const WORDS: Record<string, (flag: Flag) => string[]> = {
  diff: () => ["manual"],
  fault: ({ name }) => ["service", "span", "kind"].includes(name) ? ["answer"] : [],
  guide: ({ name }) =>
    name === "out" ? ["summary"] : name.includes("url") ? ["check", "--wait=0s"] : ["list"],
  workshop: ({ name }) => [
    ["progress", "class"].includes(name)
      ? "reset"
      : ["program", "deno"].includes(name)
      ? "pack"
      : name === "course"
      ? "init"
      : "new-step",
  ],
};

testWith(NEEDS, "no flag of any command accepts a meaningless empty value", async () => {
  await withFolder(async (folder) => {
    const progress = `--progress=${folder}/progress.json`;
    for (const { name, flags } of await describeCommands()) {
      for (const flag of flags.filter((flag) => flag.placeholder !== undefined)) {
        if (MAY_BE_EMPTY.some((one) => one.name === flag.name)) continue;
        const own = name === "guide" || name === "quiz" ? [progress] : [];
        for (const empty of [[`--${flag.name}=`], [`--${flag.name}`, ""]]) {
          const args = [name, ...WORDS[name]?.(flag) ?? [], ...own, ...empty];
          const { code, data, status } = await runHere(...args);
          const [first = ""] = status.split("\n");
          assertEquals([code, data], [2, ""], `${args.join(" ")}: ${status}`);
          assertStringIncludes(first, '""');
          // deno-lint-ignore no-control-regex -- the test looks for control characters
          assert(!/[\x00-\x09\x0b-\x1f\x7f]/.test(status), JSON.stringify(status));
        }
      }
    }
  });
});

testWith(NEEDS, "an empty value of a telemetry flag unsets its variable", async () => {
  for (const { name, placeholder } of MAY_BE_EMPTY) {
    if (placeholder === undefined) continue;
    const { code, status } = await runHere("auto", `--${name}=`, "--dry-run");
    assertEquals(code, 0, `--${name}=: ${status}`);
  }
});
