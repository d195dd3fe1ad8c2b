import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { install, InstallError } from "../../../lib/launcher/install/install.ts";
import { javaAgentPath, NODE_PACKAGE, nodeFolder } from "../../../lib/launcher/install/packages.ts";
import { testIf, testWith } from "../../helpers/needs.ts";
import { onPath } from "../../helpers/on_path.ts";
import { prepare, withFiles } from "../preparing.ts";

const NEEDS = ["env", "read", "write", "run", "shell", "modes"] as const;

/** Serves a package to npm as a registry does. */
function startRegistry(tarball: Uint8Array<ArrayBuffer>, name: string, version: string) {
  const asked: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const path = decodeURIComponent(new URL(request.url).pathname);
    asked.push(path);
    if (path.endsWith(".tgz")) return new Response(tarball);
    const dist = { tarball: new URL("/package.tgz", request.url).href };
    const known = path.slice(1);
    const of = known === name ? version : "1.9.1";
    const versions = { [of]: { name: known, version: of, dist } };
    return Response.json({ name: known, "dist-tags": { latest: of }, versions });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    asked,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

async function tarballOf(folder: string): Promise<Uint8Array<ArrayBuffer>> {
  const { stdout } = await new Deno.Command("tar", {
    args: ["--create", "--gzip", "--directory", folder, "package"],
  }).output();
  return stdout;
}

const needsNpm = { missing: onPath("npm").includes("/") ? undefined : "no npm on PATH" };

testIf(
  needsNpm,
  [...NEEDS, "net"],
  "install: npm fetches the pinned version into a cache",
  async () => {
    const { name, version } = NODE_PACKAGE;
    const files = {
      "package/package.json": JSON.stringify({ exports: { "./register": "./register.js" } }),
      node: "",
    };
    await withFiles(files, async (folder) => {
      await using registry = startRegistry(await tarballOf(folder), name, version);
      const env = {
        PATH: Deno.env.get("PATH")!,
        HOME: folder,
        npm_config_registry: registry.url,
        npm_config_cache: `${folder}/npm`,
      };
      assertEquals(prepare(folder, "node", { HOME: folder }).lacks, "node");
      const lines: string[] = [];
      await install("node", env, (line) => lines.push(line));
      assertEquals(lines, [`Installing ${name} ${version} into ${nodeFolder(env)}`]);
      assert(registry.asked.includes(`/${name}`), registry.asked.join(" "));
      const prepared = prepare(folder, "node", { HOME: folder });
      assertEquals(
        prepared.did,
        `Running "node" with ${name} ${version}, installed by --install`,
      );
      assertEquals(prepared.lacks, undefined);
    });
  },
);

testWith(NEEDS, "install: npm's error message is reported", async () => {
  const npm = "#!/bin/sh\necho 'no network' >&2; exit 3\n";
  await withFiles({ npm }, async (folder) => {
    const env = { PATH: `${folder}:${Deno.env.get("PATH")}`, HOME: folder };
    const error = await assertRejects(() => install("node", env, () => {}), InstallError);
    assertEquals(error.message, "Cannot install: npm ended with code 3, and said:\nno network");
  });
});

testWith(NEEDS, "install: an agent with a different checksum is rejected", async () => {
  // Acts like Maven, but writes a file with different content.
  const mvn = '#!/bin/sh\nfor word; do case "$word" in -DoutputDirectory=*) ' +
    'echo other > "${word#*=}/opentelemetry-javaagent-2.25.0.jar";; esac; done\n';
  await withFiles({ mvn, java: "" }, async (folder) => {
    const env = { PATH: `${folder}:${Deno.env.get("PATH")}`, HOME: folder };
    const error = await assertRejects(() => install("java", env, () => {}), InstallError);
    assertMatch(error.message, /its checksum does not match the published one$/);
    assertEquals(prepare(folder, "java", { HOME: folder }).lacks, "java");
  });
});

testWith(NEEDS, "install: a fetched agent is used", async () => {
  await withFiles({ java: "" }, (folder) => {
    const env = { HOME: folder };
    const path = javaAgentPath(env)!;
    Deno.mkdirSync(path.replace(/[^/]*$/, ""), { recursive: true });
    Deno.writeTextFileSync(path, "");
    const { env: { JAVA_TOOL_OPTIONS } } = prepare(folder, "java", env);
    assertEquals(JAVA_TOOL_OPTIONS, `-javaagent:${path}`);
  });
});

testWith(NEEDS, "install: packages that cannot be installed are reported", async () => {
  const cases: [env: Record<string, string>, said: RegExp][] = [
    [{ PATH: "" }, /(HOME|LOCALAPPDATA) is not set$/],
    [{ PATH: "/nowhere", HOME: await Deno.makeTempDir() }, /there is no (npm|mvn) on PATH$/],
  ];
  for (const [env, said] of cases) {
    for (const what of ["node", "java"] as const) {
      const error = await assertRejects(() => install(what, env, () => {}), InstallError);
      assertMatch(error.message, said);
    }
    if (env.HOME) await Deno.remove(env.HOME, { recursive: true });
  }
});
