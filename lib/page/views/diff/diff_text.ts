import type { Difference, DiffNode } from "../../../trace/diff.ts";
import { changeNanos, pathChanges } from "../../../trace/diff.ts";
import { formatDuration } from "../../format/duration.ts";
import { formatShare } from "../../format/number.ts";
import { serviceLabel } from "../../format/service_label.ts";

/** More causes would not be read. */
const MOST_CAUSES = 3;
/** Causes of less than this share of the whole change are left out. */
const LEAST_SHARE = 0.1;

/** A change with its sign: "+120 ms", "−3 µs". */
export function signed(nanos: number): string {
  return nanos > 0 ? `+${formatDuration(nanos)}` : formatDuration(nanos);
}

/** How a place differs, in words. */
export function describeDifference(node: DiffNode, difference: Difference): string {
  if (difference === "only-a") return "only in A";
  if (difference === "only-b") return "only in B";
  const change = changeNanos(node)!;
  if (change === 0) return "same";
  const share = formatShare(Math.abs(change), node.a!.sumNanos);
  return node.a!.sumNanos > 0 ? `${signed(change)} (${share})` : signed(change);
}

/** A place's name with its service. */
export function placeName({ name, serviceName }: DiffNode): string {
  return name === undefined
    ? "a missing parent"
    : `${name || "(no name)"} of ${serviceLabel(serviceName)}`;
}

/** A part of the change of the traces' durations. */
export interface Cause {
  node: DiffNode;
  nanos: number;
}

/** The places that account for most of the change, in its direction. */
export function mainCauses(roots: readonly DiffNode[], changeOfTrace: number): Cause[] {
  return pathChanges(roots)
    .filter(({ nanos }) => nanos * changeOfTrace > 0)
    .filter(({ nanos }) => Math.abs(nanos) >= LEAST_SHARE * Math.abs(changeOfTrace))
    .slice(0, MOST_CAUSES);
}
