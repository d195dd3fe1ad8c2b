import { dirname } from "node:path";
import * as v from "valibot";
import { FAULT_KIND_NAMES, type FaultKind } from "./fault.ts";

const HISTORY = v.array(v.picklist(FAULT_KIND_NAMES));

/**
 * Chooses a kind that the learner hasn't met in this round; once all were met, any but the latest.
 *
 * @param met The kinds of this round, the latest last.
 * @param random From 0 to 1, exclusively.
 */
export function nextKind(met: readonly FaultKind[], random: number): FaultKind {
  const unmet = FAULT_KIND_NAMES.filter((kind) => !met.includes(kind));
  const open = unmet.length > 0 ? unmet : FAULT_KIND_NAMES.filter((kind) => kind !== met.at(-1));
  return open[Math.floor(random * open.length)]!;
}

/** The kinds that a learner has met in this round; none if the file is missing or can't be read. */
export async function readHistory(path: string): Promise<FaultKind[]> {
  try {
    return v.parse(HISTORY, JSON.parse(await Deno.readTextFile(path)));
  } catch {
    return [];
  }
}

/** Adds a kind, which begins a new round if all were met. A file that can't be written is no error. */
export async function addToHistory(path: string, kind: FaultKind): Promise<void> {
  const met = await readHistory(path);
  const isOver = FAULT_KIND_NAMES.every((one) => met.includes(one));
  const round = isOver ? [kind] : [...met.filter((one) => one !== kind), kind];
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(path, JSON.stringify(round));
  } catch {
    // Without it, the same kind may come again.
  }
}
