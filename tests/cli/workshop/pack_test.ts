import { assertEquals, assertStringIncludes } from "@std/assert";
import { withFolder } from "../../helpers/folder.ts";
import { areGranted, testIf, testWith } from "../../helpers/needs.ts";
import { runHere, runHereUntil } from "../../helpers/run_here.ts";

const EXECUTABLE = new URL("../../../otel-kit", import.meta.url).pathname;
const NEEDS = ["net", "env", "read", "write", "run", "sys"] as const;

/** Why there is no namespace without a network, or no program to pack; undefined if there are both. */
function missing(): string | undefined {
  if (!areGranted(NEEDS)) return undefined;
  if (Deno.build.os !== "linux") return "network namespaces are Linux's";
  try {
    Deno.statSync(EXECUTABLE);
    const { success } = new Deno.Command("unshare", {
      args: ["--map-root-user", "--net", "ip", "link", "set", "lo", "up"],
      stderr: "null",
    }).outputSync();
    return success ? undefined : "unshare --net is not allowed";
  } catch {
    return "no executable, or no unshare";
  }
}

testIf(
  { missing: missing() },
  NEEDS,
  "a packed workshop works in a network namespace without a network",
  async () => {
    await withFolder(async (folder) => {
      const dir = `${folder}/stick`;
      const packed = await runHereUntil(
        new AbortController().signal,
        ...["workshop", "pack", dir, `--program=${EXECUTABLE}`],
      );
      assertEquals(packed.code, 0, packed.status);
      const script = [
        "ip link set lo up",
        ". ./start.sh",
        "! deno eval 'await fetch(\"http://1.1.1.1\")' 2>/dev/null",
        "otel-kit workshop init second",
        "otel-kit guide solve first-span --dir my-workshop",
        "otel-kit guide check prerequisites --dir my-workshop --wait 0s || true",
      ].join("\nset -e\n");
      const { code, stdout, stderr } = await new Deno.Command("unshare", {
        args: ["--map-root-user", "--net", "sh", "-c", script],
        cwd: dir,
        env: { HOME: folder, XDG_DATA_HOME: `${folder}/data`, PATH: "/usr/sbin:/usr/bin:/bin" },
        clearEnv: true,
      }).output();
      const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
      assertEquals(code, 0, text);
      assertStringIncludes(text, "[passed]");
    });
  },
);

testWith(["env", "read"], "workshop pack needs an executable, and a new folder", async () => {
  const { code, status } = await runHere("workshop", "pack");
  assertEquals(code, 2);
  assertStringIncludes(status, "expected one new folder");
  const sources = await runHere("workshop", "pack", "/nowhere/stick");
  assertStringIncludes(sources.status, "name it with --program");
});
