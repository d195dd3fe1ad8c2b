import type { ClassView } from "../../class/class_view.ts";
import { classCsv } from "../../class/csv.ts";
import { messageOf } from "../../error_message.ts";
import { StartError } from "../errors.ts";

/** The file that the table of a class is written to. */
export class CsvFile {
  readonly path: string;
  readonly #view: () => ClassView;

  constructor(path: string, view: () => ClassView) {
    this.path = path;
    this.#view = view;
  }

  /**
   * Writes the table as it is now.
   *
   * @throws {StartError} If the file can't be written.
   */
  async write(): Promise<void> {
    try {
      await Deno.writeTextFile(this.path, classCsv(this.#view()));
    } catch (error) {
      throw new StartError(
        `Cannot write "${this.path}": ${messageOf(error)}. Choose another file`,
        {
          cause: error,
        },
      );
    }
  }
}
