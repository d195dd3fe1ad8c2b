import { assertEquals, assertMatch } from "@std/assert";
import { withCollector } from "../helpers/collector_program.ts";
import { withFolder } from "../helpers/folder.ts";
import { testIf } from "../helpers/needs.ts";
import { needsProgram } from "../helpers/on_path.ts";

const GOLDEN = new URL("../testdata/golden/", import.meta.url).pathname;
const PACKAGES = "github.com/open-telemetry/opentelemetry-collector-contrib/pkg";

/** The first run also builds the program, on a machine with other work. */
const LIMIT_MS = 10 * 60_000;

testIf(
  needsProgram("go"),
  ["net", "env", "read", "write", "run"],
  "the Collector's golden files are exported as they came, by its own comparison",
  async () => {
    await withFolder(async (folder) => {
      const program = `${folder}/golden`;
      await run("go", ["build", "-o", program, "."]);
      const modules = ["golden", "pdatatest"].map((name) => `${PACKAGES}/${name}`);
      const list = await run("go", ["list", "-m", "-f", "{{.Dir}}", ...modules]);
      await withCollector(async ({ httpUrl, uiUrl }) => {
        const page = uiUrl.replace(/\/$/, "");
        const said = await run(program, [httpUrl, page, ...list.trim().split("\n")]);
        const [summary, ...differences] = said.trim().split("\n").toReversed();
        assertEquals(differences, []);
        assertMatch(summary!, /^compared [1-9]\d+ traces, [1-9]\d+ metrics, [1-9]\d+ logs$/);
      });
    });
  },
  { limitMillis: LIMIT_MS },
);

/** Runs a command in the program's folder and returns what it prints. */
async function run(command: string, args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, { args, cwd: GOLDEN })
    .output();
  if (!success) throw new Error(`${command} failed: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}
