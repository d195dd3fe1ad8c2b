import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { TARGETS } from "../../scripts/release/targets.ts";
import { testIf, testWith } from "../helpers/needs.ts";
import { needsProgram, onPath } from "../helpers/on_path.ts";
import { runProgram } from "../helpers/program.ts";

const WORKFLOWS = new URL("../../.github/workflows/", import.meta.url);
const FILES = ["ci.yml", "docs.yml", "release.yml"];

for (const name of FILES) {
  testWith(["read"], `${name} pins actions, and grants each job what it needs`, async () => {
    const text = await Deno.readTextFile(new URL(name, WORKFLOWS));
    const used = text.match(/^ +(?:- )?uses: .*$/gm) ?? [];
    assert(used.length > 0);
    for (const line of used) assertMatch(line, /uses: [\w/-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/);
    const { permissions, jobs } = parse(text);
    assertEquals(permissions, {});
    for (const { permissions } of Object.values<{ permissions?: unknown }>(jobs)) {
      assert(permissions !== undefined);
    }
    assert(!text.includes("secrets."), "no secret is needed where OIDC serves");
  });
}

testWith(["read"], "release.yml tries every target on its own system", async () => {
  const { jobs } = parse(await Deno.readTextFile(new URL("release.yml", WORKFLOWS)));
  const tried: { os: string; target: string }[] = jobs.try.strategy.matrix.include;
  assertEquals(tried.map(({ target }) => target), TARGETS.map(({ name }) => name));
  for (const job of ["github", "npm", "image"]) {
    assertEquals(jobs[job].needs, ["rebuild", "try"]);
  }
});

const LINTERS: Record<string, string[]> = { actionlint: [], zizmor: ["--offline", "--quiet"] };

for (const [name, flags] of Object.entries(LINTERS)) {
  testIf(needsProgram(name), ["env", "read", "run"], `${name} finds nothing`, async () => {
    const files = FILES.map((file) => fileURLToPath(new URL(file, WORKFLOWS)));
    const launch = { command: onPath(name), args: flags };
    const { code, stdout, stderr } = await runProgram(files, { launch });
    assertEquals(code, 0, stdout + stderr);
  });
}
