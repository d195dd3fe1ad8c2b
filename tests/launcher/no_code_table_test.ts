import { assertEquals } from "@std/assert";
import { buildPreload } from "../helpers/builds.ts";
import { NEEDS_POSTGRES, withPostgres } from "../helpers/database_servers.ts";
import { DENOS } from "../helpers/denos.ts";
import { withFolder } from "../helpers/folder.ts";
import { type Condition, testIf } from "../helpers/needs.ts";
import { needsNode, needsPython } from "./launching.ts";
import { testOnEach } from "./deno/launching.ts";
import { type Cells, denoTwin, observeRequests, observeTwins, WAYS } from "./no_code_table.ts";

const PAGE = new URL("../../docs/no-code.md", import.meta.url);

/** The start of the line above the table's rows. */
const HEAD = /^\| +\| Hono on Deno/;

testIf(
  needsTwins(),
  ["net", "env", "read", "write", "run"],
  "docs/no-code.md shows the results of the same app on Deno and in Flask",
  async () => {
    await buildPreload();
    await withPostgres(async (database) => {
      const observed = await observeTwins(DENOS, database);
      const written = tableIn(await Deno.readTextFile(PAGE));
      // A newer Deno than the page's newest one behaves the same.
      const newest = Object.keys(written).findLast((name) => name.includes("Deno"))!;
      for (const [name, cells] of Object.entries(observed)) {
        const expected = written[name] ?? written[newest];
        assertEquals(cells, expected, `${name}. The table is now:\n${asMarkdown(observed)}`);
      }
    });
  },
);

for (const [name, way] of Object.entries(WAYS).slice(1)) {
  testOnEach(`docs/no-code.md shows the results of the app by ${name}, too`, async (deno) => {
    await withPostgres(async (database) => {
      const columns = tableIn(await Deno.readTextFile(PAGE));
      const newest = Object.keys(columns).findLast((column) => column.includes("Deno"))!;
      const expected = columns[`Hono on Deno ${deno.version}`] ?? columns[newest]!;
      await withFolder(async (folder) => {
        const cells = await observeRequests(await denoTwin(deno, folder, way), database);
        assertEquals({ ...expected, ...cells }, expected);
      });
    });
  }, NEEDS_POSTGRES);
}

function needsTwins(): Condition {
  const modules = ["psycopg2", "urllib"].map((name) => `opentelemetry.instrumentation.${name}`);
  const all = [needsPython("psycopg2", ...modules), needsNode(), NEEDS_POSTGRES];
  return { missing: all.find(({ missing }) => missing !== undefined)?.missing };
}

/** The columns of the page's table, by name. */
function tableIn(page: string): Record<string, Cells> {
  const lines = page.split("\n");
  const rest = lines.slice(lines.findIndex((line) => HEAD.test(line)));
  const [names = [], , ...rows] = rest.slice(0, rest.findIndex((line) => !line.startsWith("|")))
    .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
  const columnAt = (i: number) => Object.fromEntries(rows.map((cells) => [cells[0], cells[i]!]));
  return Object.fromEntries(names.slice(1).map((name, i) => [name, columnAt(i + 1)]));
}

function asMarkdown(columns: Record<string, Cells>): string {
  const [first = {}] = Object.values(columns);
  const rows = Object.keys(first)
    .map((row) => [row, ...Object.values(columns).map((cells) => cells[row] ?? "")]);
  const names = ["", ...Object.keys(columns)];
  return [names, names.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
