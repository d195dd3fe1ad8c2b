import type { ModeName } from "../../../apps/mod.ts";
import { readProgramFile } from "../../program_files.ts";

/** The file that a learner writes for each mode: with auto, the app stays unchanged. */
export const MODE_FILES: Record<ModeName, string> = {
  base: "apps/base.ts",
  manual: "apps/manual.ts",
  middleware: "apps/middleware.ts",
  auto: "apps/base.ts",
};

/** A source file, with the name to show. */
export interface SourceFile {
  file: string;
  text: string;
}

/** Reads the source file of a mode. */
export async function readModeSource(mode: ModeName): Promise<SourceFile> {
  const file = MODE_FILES[mode];
  // In the executable, only a copy ends with .txt, because files that end with .ts are compiled. A folder
  // with sources may have older copies.
  const bytes = await readProgramFile(file) ?? await readProgramFile(`${file}.txt`);
  if (!bytes) throw new Error(`Cannot read ${file}: it is not part of this program`);
  return { file, text: new TextDecoder().decode(bytes) };
}
