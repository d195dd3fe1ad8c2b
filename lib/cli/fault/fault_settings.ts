import type { Environment } from "../../telemetry/read_settings.ts";
import type { FaultWindow } from "../../workshop/fault/activity.ts";
import type { FaultKind } from "../../workshop/fault/fault.ts";

/** The shop's settings from the command line. */
export interface FaultSettings {
  /** If undefined, a random fault is used and not named. */
  kind: FaultKind | undefined;
  seed: number;
  window: FaultWindow;
  /** Whether the kit simulates customers. */
  hasLoad: boolean;
  address: { hostname: string; port: number };
  /** Telemetry settings from flags. */
  variables: Environment;
}
