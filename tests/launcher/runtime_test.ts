import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Runtime } from "../../lib/launcher/prepared_program.ts";
import { prepareProgram } from "../../lib/launcher/runtime.ts";
import { testWith } from "../helpers/needs.ts";
import { prepare, withFiles } from "./preparing.ts";

const NEEDS = ["env", "read", "write", "modes"] as const;

testWith(NEEDS, "runtime: it is detected by the name or first line of the file", async () => {
  const cases: [name: string, content: string, runtime: Runtime][] = [
    ["deno", "", "deno"],
    ["node", "", "node"],
    ["nodejs", "", "node"],
    ["python", "", "python"],
    ["python3.12", "", "python"],
    ["pypy3", "", "python"],
    ["bun", "", "bun"],
    ["java", "", "java"],
    ["dotnet", "", "dotnet"],
    ["php8.2", "", "php"],
    ["php-fpm", "", "php"],
    ["ruby", "", "ruby"],
    ["rails", "#!/usr/bin/env ruby\n", "ruby"],
    ["go", "", "go"],
    ["gofmt", "", "other"],
    ["javac", "", "other"],
    ["gunicorn", "#!/venv/bin/python3\n", "python"],
    ["npm", "#!/usr/bin/env node\n", "node"],
    ["flask", "#!/venv/bin/python3\n", "python"],
    ["long", '#!/bin/sh\n\'\'\'exec\' "/long venv/bin/python" "$0" "$@"\n', "python"],
    ["task", "#!/usr/bin/env -S A=1 deno run --allow-env\n", "deno"],
    ["pytest", '#!/usr/bin/env bash\nset -e\n[ -n "$PYENV_DEBUG" ] && set -x\n', "python"],
    ["rake", '#!/usr/bin/env bash\nset -e\n[ -n "$RBENV_DEBUG" ] && set -x\n', "ruby"],
    ["npx", "#!/usr/bin/env bash\n# asdf-plugin: nodejs 22.1.0\nexec asdf exec npx\n", "node"],
    ["script", "#!/bin/sh\nexec node\n", "other"],
    ["wrapper", "#!/bin/sh node\n", "other"],
    ["node-gyp-like", "\x7fELF", "other"],
    ["pythonic", "", "other"],
  ];
  const files = Object.fromEntries(cases.map(([name, content]) => [name, content]));
  await withFiles(files, (folder) => {
    for (const [name, , runtime] of cases) {
      assertEquals(prepare(folder, name).runtime, runtime, name);
      assertEquals(prepare("/nowhere", `${folder}/${name}`).runtime, runtime, name);
      assertEquals(prepare(folder, `./${name}`).runtime, runtime, name);
    }
    assertEquals(prepare(folder, "nothing").runtime, "other");
  });
});

testWith(NEEDS, "runtime: any other program only gets the environment", async () => {
  await withFiles({ ls: "" }, (folder) => {
    const env = { PATH: folder, OTEL_SERVICE_NAME: "shop" };
    assertEquals(prepare(folder, "ls", env), {
      runtime: "other",
      command: "ls",
      args: ["-x"],
      env,
      did: 'Running "ls" with the settings in its environment',
      warnings: [],
    });
  });
});

testWith(NEEDS, "runtime: nothing is turned on if telemetry is off", async () => {
  await withFiles({ deno: "", python: "", "opentelemetry-instrument": "" }, (folder) => {
    for (const name of ["deno", "python"]) {
      const env = { PATH: folder, OTEL_SDK_DISABLED: "true" };
      const program = prepare(folder, name, env);
      assertEquals([program.command, program.env], [name, env]);
      assertStringIncludes(program.did, "telemetry off: OTEL_SDK_DISABLED is true");
    }
  });
});

testWith(NEEDS, "runtime: Deno's telemetry is turned on unless OTEL_DENO is given", async () => {
  await withFiles({ deno: "" }, (folder) => {
    const program = prepare(folder, "deno");
    assertEquals(program.env.OTEL_DENO, "true");
    assertEquals(program.did, `Running "deno" with Deno's own telemetry: OTEL_DENO=true`);
    const given = prepare(folder, "deno", { OTEL_DENO: "false" });
    assertEquals(given.env, { PATH: folder, OTEL_DENO: "false" });
    assertEquals(given.did, 'Running "deno" with OTEL_DENO=false, as given');
  });
});

const NODE_PACKAGE = "node_modules/@opentelemetry/auto-instrumentations-node";

testWith(NEEDS, "runtime: Node first loads the package installed in a parent folder", async () => {
  const files = {
    node: "",
    [`it's here/${NODE_PACKAGE}/package.json`]: '{"exports": {"./register": "./lib/start.js"}}',
    "it's here/src/deep/file": "",
  };
  await withFiles(files, (folder) => {
    const program = prepareProgram({
      command: "node",
      args: ["app.js"],
      env: { PATH: folder, NODE_OPTIONS: "--max-old-space-size=100" },
    }, `${folder}/it's here/src/deep`);
    const [, url = ""] = /^--import=(data:text\/javascript,[^\s'"\\]+) --max-old-space-size=100$/
      .exec(program.env.NODE_OPTIONS!) ?? [];
    const register = decodeURIComponent(new URL(url).hash.slice(1));
    assertEquals(
      fileURLToPath(register),
      join(Deno.realPathSync(folder), `it's here/${NODE_PACKAGE}/lib/start.js`),
    );
    assertEquals(program.args, ["app.js"]);
    assertEquals(program.did, 'Running "node" with @opentelemetry/auto-instrumentations-node');
  });
});

testWith(NEEDS, "runtime: Node without the package gets the next step", async () => {
  await withFiles({ node: "" }, (folder) => {
    const program = prepare(folder, "node");
    assertEquals(program.env, { PATH: folder });
    assertMatch(
      program.did,
      /not installed.*npm install @opentelemetry\/auto-instrumentations-node/,
    );
  });
});

testWith(
  NEEDS,
  "runtime: Python's launcher of the same environment is put in front",
  async () => {
    const files = {
      "venv/python": "",
      "venv/opentelemetry-instrument": "#!/usr/bin/python3\n",
      "bin/opentelemetry-instrument": "#!/usr/bin/python3\n",
      "bin/python": "",
    };
    await withFiles(files, async (folder) => {
      await Deno.writeTextFile(`${folder}/serve`, `#!${folder}/venv/python\n`, { mode: 0o755 });
      const env = { PATH: `${folder}/bin` };
      for (const command of [`${folder}/venv/python`, `${folder}/serve`]) {
        const program = prepareProgram({ command, args: ["x"], env });
        assertEquals(program.command, `${folder}/venv/opentelemetry-instrument`);
        assertEquals(program.args, [command, "x"]);
      }
      const program = prepareProgram({ command: "python", args: [], env });
      assertEquals(program.command, `${folder}/bin/opentelemetry-instrument`);
      assertEquals(program.did, 'Running "python" with opentelemetry-instrument');

      const itself = prepareProgram({ command: "opentelemetry-instrument", args: ["x"], env });
      assertEquals([itself.command, itself.args], ["opentelemetry-instrument", ["x"]]);
    });
  },
);

testWith(NEEDS, "runtime: Python without its launcher gets the next step", async () => {
  await withFiles({ python3: "" }, (folder) => {
    const program = prepare(folder, "python3");
    assertEquals([program.command, program.args], ["python3", ["-x"]]);
    assertMatch(
      program.did,
      /not installed.*pip install opentelemetry-distro opentelemetry-exporter-otlp$/,
    );
  });
});

testWith(NEEDS, "runtime: Python gets the documented protocol, and seconds", async () => {
  await withFiles({ python: "" }, (folder) => {
    assertEquals(prepare(folder, "python").env.OTEL_EXPORTER_OTLP_PROTOCOL, "http/protobuf");
    const { env, warnings } = prepare(folder, "python", {
      OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
      OTEL_EXPORTER_OTLP_TIMEOUT: "2500",
      OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: "soon",
      OTEL_EXPORTER_OTLP_LOGS_TIMEOUT: "10",
      OTEL_BSP_EXPORT_TIMEOUT: "3000",
    });
    assertEquals(env.OTEL_EXPORTER_OTLP_PROTOCOL, "grpc");
    assertEquals(env.OTEL_EXPORTER_OTLP_TIMEOUT, "2.5");
    assertEquals(env.OTEL_EXPORTER_OTLP_TRACES_TIMEOUT, "soon");
    assertEquals(env.OTEL_EXPORTER_OTLP_LOGS_TIMEOUT, "10");
    assertEquals(env.OTEL_BSP_EXPORT_TIMEOUT, "3000");
    assertEquals(warnings, [
      'OTEL_EXPORTER_OTLP_TIMEOUT "2500": Python reads seconds, so it gets "2.5"',
      'OTEL_EXPORTER_OTLP_LOGS_TIMEOUT "10": read as seconds, as in Python',
    ]);
    assert(!("OTEL_EXPORTER_OTLP_METRICS_TIMEOUT" in env));
  });
});
