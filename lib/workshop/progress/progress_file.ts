import { dirname } from "node:path";
import * as v from "valibot";
import { FORMAT, noProgress, PROGRESS, type Progress } from "./progress.ts";

/** The file was written by a newer version, and is left unchanged. */
export class NewerProgressError extends Error {
  override name = "NewerProgressError";
}

/** The result of reading. */
export interface ReadProgress {
  progress: Progress;
  /** Where an unreadable file was moved. */
  movedTo?: string;
}

/**
 * Reads the progress file; a missing file means no progress. An unreadable one is moved aside,
 * never overwritten.
 *
 * @throws {NewerProgressError} If a newer version wrote it.
 */
export async function readProgress(path: string): Promise<ReadProgress> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { progress: noProgress() };
    throw error;
  }
  const written = parse(text);
  const format = (written as { format?: unknown } | undefined)?.format;
  if (typeof format === "number" && format > FORMAT) {
    throw new NewerProgressError(
      `Cannot use the progress in ${path}: a newer otel-kit wrote it (format ${format}, expected ` +
        `${FORMAT}). Update otel-kit, or move the file away to start over`,
    );
  }
  const result = v.safeParse(PROGRESS, written);
  if (result.success) return { progress: result.output };
  const movedTo = `${path}.broken-${crypto.randomUUID().slice(0, 8)}`;
  await Deno.rename(path, movedTo);
  return { progress: noProgress(), movedTo };
}

/** Writes the file atomically: at any time, it is either the old one or the new one. */
export async function writeProgress(path: string, progress: Progress): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const next = `${path}.${crypto.randomUUID().slice(0, 8)}.tmp`;
  try {
    await Deno.writeTextFile(next, `${JSON.stringify(progress, null, 2)}\n`);
    await Deno.rename(next, path);
  } catch (error) {
    await Deno.remove(next).catch(() => {});
    throw error;
  }
}

/** The path of this user's progress file; undefined if it can't be determined. */
export function progressPath(
  env: Readonly<Record<string, string>>,
  os: typeof Deno.build.os = Deno.build.os,
): string | undefined {
  const folder = dataFolder(env, os);
  return folder && `${folder}/progress.json`;
}

/** The path of the file with the faults that this user has met; undefined if it can't be determined. */
export function faultHistoryPath(env: Readonly<Record<string, string>>): string | undefined {
  const folder = dataFolder(env, Deno.build.os);
  return folder && `${folder}/faults.json`;
}

function dataFolder(
  env: Readonly<Record<string, string>>,
  os: typeof Deno.build.os,
): string | undefined {
  const home = env["HOME"];
  const folder = os === "windows"
    ? env["LOCALAPPDATA"]
    : os === "darwin"
    ? home && `${home}/Library/Application Support`
    : env["XDG_DATA_HOME"] || (home && `${home}/.local/share`);
  return folder ? `${folder}/otel-kit` : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
