import { assert, assertEquals, assertMatch } from "@std/assert";
import { readDemoFiles } from "../../../lib/cli/files/demo_files.ts";
import { withFolder } from "../../helpers/folder.ts";
import { type Need, testIf, testWith } from "../../helpers/needs.ts";
import { runHere } from "../../helpers/run_here.ts";

const NEEDS: readonly Need[] = ["read", "write"];

testWith(
  NEEDS,
  "collector-demo writes every file, and prints the location and the next step",
  async () => {
    await withFolder(async (root) => {
      const folder = `${root}/a/b`;
      const { code, data, status } = await runHere("collector-demo", folder);
      const files = await readDemoFiles();
      for (
        const path of ["docker-compose.yaml", ".env", "README.md", "scale/docker-compose.yaml"]
      ) {
        assert(files.some((file) => file.path === path), path);
      }
      assertEquals([code, data], [0, files.map(({ path }) => `${folder}/${path}`).join("\n")]);
      assertMatch(status, new RegExp(`^Files in ${folder}: ${files.length} new\n`));
      assert(status.includes(`  cd ${folder}\n  docker compose up --wait\n`), status);
      for (const { path, text } of files) {
        assertEquals(await Deno.readTextFile(`${folder}/${path}`), text);
      }
    });
  },
);

testWith(NEEDS, "collector-demo keeps identical files, and reports it", async () => {
  await withFolder(async (folder) => {
    await runHere("collector-demo", folder);
    const { length } = await readDemoFiles();
    const { code, data, status } = await runHere("collector-demo", `${folder}/`);
    assertEquals([code, data], [0, ""]);
    assertMatch(status, new RegExp(`: ${length} unchanged\n`));
  });
});

testWith(NEEDS, "collector-demo writes nothing if a file differs, unless forced", async () => {
  await withFolder(async (folder) => {
    const changed = `${folder}/scale/gateway.yaml`;
    await Deno.mkdir(`${folder}/scale`);
    await Deno.writeTextFile(changed, "mine");
    const refused = await runHere("collector-demo", folder);
    assertEquals(refused, {
      code: 1,
      data: "",
      status: `Cannot write to "${folder}": these files exist and differ\n  ${changed}\n` +
        "Nothing was written. Name another folder, or overwrite them with --force",
    });
    assertEquals(await Deno.readTextFile(changed), "mine");
    assertEquals(Array.from(Deno.readDirSync(folder)).length, 1);

    // The flag can come before or after the folder.
    for (const args of [["--force", folder], [folder, "-f"]]) {
      await Deno.writeTextFile(changed, "mine");
      const { code, status } = await runHere("collector-demo", ...args);
      assertEquals(code, 0);
      assertMatch(status, /1 overwritten/);
      assert(await Deno.readTextFile(changed) !== "mine");
    }
  });
});

testWith(NEEDS, "collector-demo reports why it cannot write", async () => {
  await withFolder(async (folder) => {
    const file = `${folder}/file`;
    await Deno.writeTextFile(file, "");
    for (const path of [file, `${file}/below`]) {
      const { code, status } = await runHere("collector-demo", path);
      assertEquals(code, 1);
      assert(status.startsWith(`Cannot write to "${path}": it, or a folder on the way`), status);
    }
    await Deno.mkdir(`${folder}/taken/.env`, { recursive: true });
    const { code, status } = await runHere("collector-demo", `${folder}/taken`);
    assertEquals(code, 1);
    assertMatch(status, /a folder is in the place of a file/);
  });
});

testIf(
  { missing: isRoot() ? "root may write everywhere" : undefined },
  [...NEEDS, "modes"],
  "collector-demo reports a missing write permission",
  async () => {
    await withFolder(async (folder) => {
      await Deno.chmod(folder, 0o500);
      const { code, status } = await runHere("collector-demo", `${folder}/x`);
      assertEquals(code, 1);
      assertMatch(status, /permission denied\. Name another folder/);
    });
  },
);

testWith([], "collector-demo accepts exactly one folder", async () => {
  for (const args of [["a", "b"], [""]]) {
    const { code, status } = await runHere("collector-demo", ...args);
    assertEquals(code, 2);
    assertMatch(status, /expected one folder/);
  }
});

/** Whether this process runs as root. Without permission to check, the tests are ignored anyway. */
function isRoot(): boolean {
  return Deno.permissions.querySync({ name: "sys" }).state === "granted" && Deno.uid() === 0;
}
