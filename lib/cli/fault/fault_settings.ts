import type { Environment } from "../../telemetry/read_settings.ts";
import type { FaultWindow } from "../../workshop/fault/activity.ts";
import type { FaultKind } from "../../workshop/fault/fault.ts";

/** What was said of the shop on the command line. */
export interface FaultSettings {
  /** Undefined: any, which is not told. */
  kind: FaultKind | undefined;
  seed: number;
  window: FaultWindow;
  /** Whether the shop has customers of ours. */
  hasLoad: boolean;
  address: { hostname: string; port: number };
  /** What flags say of telemetry. */
  variables: Environment;
}
