import { assertEquals, assertMatch } from "@std/assert";
import { prepareProgram } from "../../../lib/launcher/runtime.ts";
import { testWith } from "../../helpers/needs.ts";
import { prepare, withFiles } from "../preparing.ts";

const NEEDS = ["env", "read", "write", "modes"] as const;
const LAUNCHER = "opentelemetry-instrument";

testWith(
  NEEDS,
  "Python: losses at SIGTERM are mentioned, unless the program ends cleanly",
  async () => {
    const python = "#!/usr/bin/python3\n";
    const names = ["gunicorn", "uvicorn", "flask", "pytest"];
    const files = Object.fromEntries(["python3", LAUNCHER, ...names].map((name) => [name, python]));
    await withFiles(files, (folder) => {
      const warnings = (command: string, ...args: string[]) =>
        prepare(folder, command, {}, args).warnings.length;
      assertEquals(names.map((name) => warnings(name)), [0, 1, 1, 0]);
      assertEquals(warnings(`${folder}/gunicorn`, "app:app"), 0);
      assertEquals(warnings("python3", "-m", "gunicorn", "app:app"), 0);
      assertEquals(warnings("python3", "-m", "flask", "run"), 1);
      assertEquals(warnings("python3", "app.py"), 1);
      const instead = { command: "flask", args: [], sigtermAs: "SIGINT" } as const;
      assertEquals(prepareProgram({ ...instead, env: { PATH: folder } }).warnings, []);
      for (const name of names) {
        const { command, args } = prepare(folder, name, {}, ["a"]);
        assertEquals([command, args], [`${folder}/${LAUNCHER}`, [name, "a"]]);
      }
    });
  },
);

testWith(NEEDS, "Python: a version manager's command needs the manager's launcher", async () => {
  const shim = '#!/usr/bin/env bash\nset -e\n[ -n "$PYENV_DEBUG" ] && set -x\n';
  await withFiles({ "shims/pytest": shim, [LAUNCHER]: "#!/usr/bin/python3\n" }, async (folder) => {
    const env = { PATH: `${folder}/shims:${folder}` };
    assertMatch(prepare(folder, "pytest", env).did, /opentelemetry-instrument is not installed/);
    await Deno.writeTextFile(`${folder}/shims/${LAUNCHER}`, shim, { mode: 0o755 });
    assertEquals(prepare(folder, "pytest", env).command, `${folder}/shims/${LAUNCHER}`);
  });
});

testWith(
  NEEDS,
  "Python: project managers run the launcher in the project's environment",
  async () => {
    const files = {
      uv: "",
      poetry: "#!/usr/bin/python3\n",
      [LAUNCHER]: "#!/usr/bin/python3\n",
      [`.venv/bin/${LAUNCHER}`]: "#!/usr/bin/python3\n",
    };
    await withFiles(files, (folder) => {
      const argsOf = (command: string, ...args: string[]) => {
        const prepared = prepare(folder, command, {}, args);
        assertEquals([prepared.command, prepared.runtime], [command, "python"]);
        return prepared.args.join(" ");
      };
      const cases: [words: string, instrumented: string][] = [
        ["uv run flask run", `uv run ${LAUNCHER} flask run`],
        ["uv run app.py", `uv run ${LAUNCHER} python app.py`],
        ["uv run --with x -q flask run", `uv run --with x -q ${LAUNCHER} flask run`],
        ["uv --quiet run -- python -m app", `uv --quiet run -- ${LAUNCHER} python -m app`],
        ["poetry run gunicorn app:app", `poetry run ${LAUNCHER} gunicorn app:app`],
        [`uv run ${LAUNCHER} flask`, `uv run ${LAUNCHER} flask`],
        ["uv run", "uv run"],
      ];
      for (const [words, instrumented] of cases) {
        const [command = "", ...args] = words.split(" ");
        assertEquals(`${command} ${argsOf(command, ...args)}`, instrumented);
      }
      assertEquals(prepare(folder, "uv", {}, ["sync"]).runtime, "other");
    });
  },
);

testWith(NEEDS, "Python: a project without the launcher gets the next step", async () => {
  const files = { uv: "", poetry: "", [LAUNCHER]: "", "pyproject.toml": "[project]\n" };
  await withFiles(files, (folder) => {
    const { args, did } = prepare(folder, "uv", {}, ["run", "flask"]);
    assertEquals(args, ["run", "flask"]);
    assertMatch(did, /not installed in its project.*: uv add opentelemetry-distro opentelemetry-/);
    Deno.writeTextFileSync(`${folder}/pyproject.toml`, 'dependencies = ["opentelemetry-distro"]');
    assertEquals(prepare(folder, "poetry", {}, ["run", "flask"]).args, ["run", LAUNCHER, "flask"]);
  });
});
