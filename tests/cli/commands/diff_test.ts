import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { withFolder } from "../../helpers/folder.ts";
import { testIf, testWith } from "../../helpers/needs.ts";
import { needsProgram } from "../../helpers/on_path.ts";
import { runHere } from "../../helpers/run_here.ts";

const NEEDS = ["env", "read", "write"] as const;

testWith(["read"], "diff shows and counts the lines that one mode adds to another", async () => {
  const { code, data } = await runHere("diff", "base", "contrib");
  assertEquals(code, 0);
  assertMatch(data, /^From apps\/base\.ts to apps\/middleware\.ts: \+\d+ −\d+ lines\n\n@@ /);
  assertMatch(data, /^\+ {2}app\.use\(httpInstrumentation\(/m);
  assert(!data.includes("\x1b"));
  assertEquals(await runHere("diff", "middleware"), { code, data, status: "" });
});

testWith(
  ["read"],
  "diff explains why base and auto do not differ, and how to start them",
  async () => {
    const { code, data } = await runHere("diff", "base", "nocode");
    assertEquals(code, 0);
    assertStringIncludes(data, "auto runs apps/base.ts unchanged");
    assertMatch(data, /^ {2}otel-kit auto$/m);
    const plain = await runHere("diff", "base", "auto", "--plain");
    assertEquals([plain.code, plain.data, plain.status], [0, "", data]);
    assertEquals((await runHere("diff", "manual", "manual")).data.split(":")[0], "Nothing differs");
  },
);

testIf(
  needsProgram("patch"),
  [...NEEDS, "run"],
  "diff --plain prints valid input for patch",
  async () => {
    await withFolder(async (folder) => {
      const file = `${folder}/app.ts`;
      await Deno.copyFile("apps/base.ts", file);
      await Deno.writeTextFile(`${folder}/diff`, await plainDiff("base", "manual"));
      const { success } = await new Deno.Command("patch", {
        args: ["--quiet", file, `${folder}/diff`],
      }).output();
      assert(success);
      assertEquals(await Deno.readTextFile(file), await Deno.readTextFile("apps/manual.ts"));
    });
  },
);

testWith(NEEDS, "diff --dir shows how a learner's file differs from the solution", async () => {
  await withFolder(async (dir) => {
    const missing = await runHere("diff", "manual", "--dir", dir);
    assertEquals(missing.code, 1);
    assertStringIncludes(missing.status, " workshop init DIR");

    await runHere("workshop", "init", dir);
    const begun = await runHere("diff", "manual", "--dir", dir);
    assertStringIncludes(begun.data, `From ${dir}/manual.ts to solution/manual.ts: +`);
    const steps = await runHere("diff", "base", "manual", "--dir", dir);
    assertStringIncludes(steps.data, `From ${dir}/base.ts to ${dir}/manual.ts: +`);
    assertMatch((await runHere("diff", "base", "--dir", dir)).data, /^Nothing differs between /);

    await Deno.copyFile("lib/workshop/steps/solution/manual.ts", `${dir}/manual.ts`);
    assertMatch((await runHere("diff", "manual", "--dir", dir)).data, /^Nothing differs between /);
    await Deno.writeTextFile(`${dir}/manual.ts`, "\tx\x1b[2J");
    assertMatch((await runHere("diff", "manual", "--dir", dir)).data, /^- {2}x\\x1b\[2J$/m);
  });
});

Deno.test("diff lists the modes, and exits with 2", async () => {
  for (
    const [args, message] of [
      [[], "expected one or two of base, manual, middleware, auto"],
      [["base", "manul"], 'Unknown mode "manul": expected base, manual, middleware, auto. Did you'],
      [["base", "manual", "auto"], 'Cannot use "auto": expected two modes at most'],
    ] as const
  ) {
    const { code, status } = await runHere("diff", ...args);
    assertEquals(code, 2);
    assertStringIncludes(status, message);
  }
});

async function plainDiff(...modes: string[]): Promise<string> {
  return `${(await runHere("diff", ...modes, "--plain")).data}\n`;
}
