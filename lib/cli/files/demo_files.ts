import { programFolder } from "../../program_files.ts";
import { readFiles, type TextFile } from "./text_files.ts";

/** The files of collector-demo in alphabetical order, those of a folder after its sibling files. */
export function readDemoFiles(): Promise<TextFile[]> {
  return readFiles(programFolder("collector-demo"));
}
