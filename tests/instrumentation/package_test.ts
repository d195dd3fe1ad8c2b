import { assertEquals } from "@std/assert";
import * as incubating from "@opentelemetry/semantic-conventions/incubating";
import { fileURLToPath } from "node:url";
import project from "../../deno.json" with { type: "json" };
import configuration from "../../lib/instrumentation/deno.json" with { type: "json" };
import { INSTRUMENTATION_SCOPE } from "../../lib/instrumentation/scope.ts";
import * as copied from "../../lib/instrumentation/unstable_conventions.ts";
import { DENOS } from "../helpers/denos.ts";
import { testWith } from "../helpers/needs.ts";
import { fromSources, runProgram } from "../helpers/program.ts";

const FOLDER = fileURLToPath(new URL("../../lib/instrumentation/", import.meta.url));

Deno.test("the package and its scope have the version of the project", () => {
  assertEquals(configuration.version, project.version);
  assertEquals(INSTRUMENTATION_SCOPE.version, project.version);
});

Deno.test("copied names of unstable conventions are correct", () => {
  for (const [name, value] of Object.entries(copied)) {
    assertEquals(value, Reflect.get(incubating, name), name);
  }
});

testWith(
  ["read"],
  "the package imports only its declared dependencies, and nothing from the project",
  async () => {
    const imported = new Set<string>();
    for await (const { name } of Deno.readDir(FOLDER)) {
      if (!name.endsWith(".ts")) continue;
      const source = await Deno.readTextFile(`${FOLDER}${name}`);
      for (const [, specifier] of source.matchAll(/^(?!\s*\*).*\bfrom "([^"]+)";$/gm)) {
        imported.add(specifier!);
      }
    }
    const others = [...imported].filter((name) => !/^(\.\/\w+\.ts$|node:)/.test(name));
    const packages = others.map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)![0]);
    assertEquals([...new Set(packages)].sort(), Object.keys(configuration.imports).sort());
  },
);

testWith(
  ["run", "read", "env"],
  "providers can be registered after the first request",
  async () => {
    const { stdout, stderr } = await runProgram([], {
      launch: fromSources("tests/testdata/programs/late_providers.ts"),
    });
    assertEquals(JSON.parse(stdout), {
      paths: ["/after"],
      names: ["http.server.active_requests", "http.server.request.duration"],
    }, stderr);
  },
);

for (const { path, version } of DENOS) {
  testWith(["run", "read"], `deno publish accepts the package, with Deno ${version}`, async () => {
    const { code, stderr } = await runProgram(["publish", "--dry-run", "--allow-dirty"], {
      launch: { command: path, args: [] },
      cwd: FOLDER,
    });
    assertEquals(code, 0, stderr);
  });
}
