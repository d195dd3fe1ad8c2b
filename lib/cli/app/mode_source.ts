import type { ModeName } from "../../../apps/mod.ts";
import { readProgramFile } from "../../program_files.ts";

/** The file that a learner writes for each mode: with auto the app stays as it is. */
export const MODE_FILES: Record<ModeName, string> = {
  base: "apps/base.ts",
  manual: "apps/manual.ts",
  middleware: "apps/middleware.ts",
  auto: "apps/base.ts",
};

/** A file in source code, under the name that it is shown with. */
export interface SourceFile {
  file: string;
  text: string;
}

/** Reads the file of a mode. */
export async function readModeSource(mode: ModeName): Promise<SourceFile> {
  const file = MODE_FILES[mode];
  // In the executable it is a text, because what ends with .ts is compiled.
  const bytes = await readProgramFile(`${file}.txt`) ?? await readProgramFile(file);
  if (!bytes) throw new Error(`Cannot read ${file}: it is not part of this program`);
  return { file, text: new TextDecoder().decode(bytes) };
}
