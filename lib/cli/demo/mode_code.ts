import { diffLines } from "diff";
import type { ModeName } from "../../../apps/mod.ts";
import type { CompareMode } from "../../collector/api/compare.ts";
import { readProgramFile } from "../program_files.ts";

/** The file that a learner writes for each mode: with auto the app stays as it is. */
const FILES: Record<ModeName, string> = {
  base: "apps/base.ts",
  manual: "apps/manual.ts",
  middleware: "apps/middleware.ts",
  auto: "apps/base.ts",
};

/**
 * Reads the code of a mode, and marks what the plain app does not have. Empty lines do not count as
 * added.
 */
export async function readModeCode(
  mode: ModeName,
): Promise<Pick<CompareMode, "file" | "code" | "addedLines">> {
  const file = FILES[mode];
  const [base, own] = await Promise.all([readSource(FILES.base), readSource(file)]);
  const code = markAdded(base, own);
  const addedLines = code.filter(({ text, isAdded }) => isAdded && text.trim() !== "").length;
  return { file, code, addedLines };
}

/** The lines of a text, each with whether another text does not have it. */
export function markAdded(base: string, own: string): CompareMode["code"] {
  return diffLines(base, own)
    .filter(({ removed }) => !removed)
    .flatMap(({ value, added }) =>
      value.replace(/\n$/, "").split("\n").map((text) => ({ text, isAdded: added }))
    );
}

async function readSource(file: string): Promise<string> {
  // In the executable it is a text, because what ends with .ts is compiled.
  const bytes = await readProgramFile(`${file}.txt`) ?? await readProgramFile(file);
  if (!bytes) throw new Error(`Cannot read ${file}: it is not part of this program`);
  return new TextDecoder().decode(bytes);
}
