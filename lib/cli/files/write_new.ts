import { messageOf } from "../../error_message.ts";
import { StartError } from "../errors.ts";

/**
 * Writes a file that doesn't exist yet or, if forced, one that does.
 *
 * @throws {StartError} If it can't be written.
 */
export async function writeNew(file: string, text: string, isForced: boolean): Promise<void> {
  try {
    await Deno.writeTextFile(file, text, { createNew: !isForced });
  } catch (error) {
    throw new StartError(`Cannot write "${file}": ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.AlreadyExists) {
    return "it exists. Overwrite it with --force, or choose another file";
  }
  if (error instanceof Deno.errors.NotFound) return "there is no such folder. Choose another file";
  return `${messageOf(error)}. Choose another file`;
}
