import type { OpenRows } from "../../../trace/rows.ts";

/** More would make the URL too long; the oldest changes are forgotten. */
const MOST_CHANGED = 200;
const SEPARATOR = ".";

/** Reads which rows are open from the URL. */
export function readOpenRows(text: string | null): OpenRows {
  const [all, ...changed] = (text ?? "").split(SEPARATOR);
  return {
    all: all === "open" || all === "closed" ? all : undefined,
    changed: new Set(changed.filter((id) => id !== "")),
  };
}

/** Writes which rows are open for the URL; empty if nothing was changed. */
export function writeOpenRows({ all, changed }: OpenRows): string {
  const ids = [...changed].slice(-MOST_CHANGED);
  return all === undefined && ids.length === 0 ? "" : [all ?? "some", ...ids].join(SEPARATOR);
}
