import { assertEquals } from "@std/assert";
import { buildPreload } from "../helpers/builds.ts";
import { NEEDS_POSTGRES, withPostgres } from "../helpers/database_servers.ts";
import { DENOS } from "../helpers/denos.ts";
import { type Condition, testIf } from "../helpers/needs.ts";
import { needsPython } from "./launching.ts";
import { type Cells, observeTwins } from "./no_code_table.ts";

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

function needsTwins(): Condition {
  const modules = ["psycopg2", "urllib"].map((name) => `opentelemetry.instrumentation.${name}`);
  const { missing } = needsPython("psycopg2", ...modules);
  return missing === undefined ? NEEDS_POSTGRES : { missing };
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
