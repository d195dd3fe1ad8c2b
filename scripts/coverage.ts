/**
 * Runs tests, all or those in some files, and prints which share of each folder's lines and branches they
 * cover. Programs that a test starts count if they run on Deno and end by themselves.
 *
 *     deno task coverage [FILE...]
 */

import { relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const DATA = "dist/coverage";
/** Files that need no coverage, and generated ones. */
const EXCLUDED = String.raw`/(tests|bench|scripts)/|/schema/validator\.js$`;
/** Folders below this depth are counted with their parent: `lib/collector/store`. */
const DEPTH = 3;

/** The coverage of a folder. */
export interface FolderCoverage {
  folder: string;
  files: number;
  /** Percent of the lines. */
  lines: number;
  /** Percent of the branches; undefined if there are none. */
  branches: number | undefined;
}

/** Sums up an lcov report by folder; `root` is the folder of the project. */
export function coverageByFolder(report: string, root: string): FolderCoverage[] {
  const records = report.split("end_of_record").filter((record) => record.includes("SF:"));
  const folders = Map.groupBy(records, (record) => {
    const path = relative(root, /^SF:(.*)$/m.exec(record)![1]!);
    return path.split(/[/\\]/).slice(0, -1).slice(0, DEPTH).join("/") || ".";
  });
  return [...folders].map(([folder, records]) => {
    const sum = (field: string) => records.reduce((sum, record) => sum + countOf(record, field), 0);
    const share = (hit: string, found: string) => 100 * sum(hit) / sum(found);
    return {
      folder,
      files: records.length,
      lines: share("LH", "LF"),
      branches: sum("BRF") > 0 ? share("BRH", "BRF") : undefined,
    };
  }).sort((a, b) => a.folder < b.folder ? -1 : 1);
}

function countOf(record: string, field: string): number {
  return Number(new RegExp(`^${field}:(\\d+)$`, "m").exec(record)?.[1] ?? 0);
}

if (import.meta.main) {
  const tested = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["test", "--parallel", "-P", `--coverage=${DATA}`, "--coverage-raw-data-only", "--clean"],
      ...Deno.args,
    ],
    cwd: ROOT,
  }).spawn().status;
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["coverage", "--lcov", `--exclude=${EXCLUDED}`, DATA],
    cwd: ROOT,
    stderr: "inherit",
  }).output();
  if (!success) throw new Error("Cannot sum up: deno coverage failed");
  const report = new TextDecoder().decode(stdout);
  const percent = (share: number | undefined) => share?.toFixed(1).padStart(9) ?? "         ";
  const rows = coverageByFolder(report, ROOT).map(({ folder, files, lines, branches }) =>
    `${folder.padEnd(28)}${String(files).padStart(6)}${percent(lines)}${percent(branches)}`
  );
  const text = [`${"".padEnd(28)} files  lines %  branch %`, ...rows, ""].join("\n");
  await Deno.stdout.write(new TextEncoder().encode(text));
  Deno.exit(tested.code);
}
