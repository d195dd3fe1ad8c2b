import type { FaultWindow } from "../../workshop/fault/activity.ts";
import type { FaultKind } from "../../workshop/fault/fault.ts";
import type { ParsedFlags } from "../flags/flags.ts";

/** What was said of the shop on the command line. */
export interface FaultSettings {
  /** Undefined: any, which is not told. */
  kind: FaultKind | undefined;
  seed: number;
  window: FaultWindow;
  /** Whether the shop has customers of ours. */
  hasLoad: boolean;
  address: { hostname: string; port: number };
  parsed: ParsedFlags;
}
