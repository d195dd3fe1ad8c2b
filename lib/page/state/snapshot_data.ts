import type { TraceFile } from "../../collector/model.ts";
import { SNAPSHOT_ELEMENT_ID } from "../snapshot.ts";

/** The embedded trace; undefined if the page belongs to a collector. */
export function readSnapshot(): TraceFile | undefined {
  const text = document.getElementById(SNAPSHOT_ELEMENT_ID)?.textContent;
  return text ? JSON.parse(text) : undefined;
}
