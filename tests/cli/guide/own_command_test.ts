import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { ownCommand } from "../../../lib/cli/guide/own_command.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";

testWith(["read", "write", "env"], "ownCommand() is what can be called in the folder", async () => {
  await withFolder(async (folder) => {
    const execPath = join(folder, "otel-kit");
    await Deno.writeTextFile(execPath, "");
    const from = (inner: string, given = {}) =>
      ownCommand(join(folder, inner), { execPath, path: "", os: "linux", ...given });
    assertEquals(await from(""), "./otel-kit");
    assertEquals(await from("my-workshop"), "../otel-kit");
    assertEquals(await from("a/b/c"), execPath);
    assertEquals(await from("my-workshop", { path: folder }), "otel-kit");
    assertEquals(
      await from("course", { execPath: join(folder, "my kit/otel-kit") }),
      '"../my kit/otel-kit"',
    );
  });
});

testWith(["read", "write", "env"], "ownCommand() isn't another program on PATH", async () => {
  await withFolder(async (folder) => {
    await Deno.mkdir(join(folder, "other"));
    for (const file of ["otel-kit", "other/otel-kit"]) {
      await Deno.writeTextFile(join(folder, file), "");
    }
    const program = {
      execPath: join(folder, "otel-kit"),
      path: join(folder, "other"),
      os: "linux",
    };
    assertEquals(await ownCommand(folder, { ...program, os: "linux" }), "./otel-kit");
  });
});

testWith(["read", "write", "env"], "ownCommand() runs sources with Deno", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "deno"), "");
    const program = {
      execPath: join(folder, "deno"),
      path: "",
      os: "linux",
      main: join(folder, "kit/main.ts"),
    } as const;
    assertEquals(await ownCommand(join(folder, "kit"), program), "deno run -qP main.ts");
    assertEquals(await ownCommand(join(folder, "mine"), program), "deno run -qP ../kit/main.ts");
  });
});
