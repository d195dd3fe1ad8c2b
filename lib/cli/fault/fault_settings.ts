import type { Environment } from "../../telemetry/read_settings.ts";
import type { FaultWindow } from "../../workshop/fault/activity.ts";
import type { FaultKind } from "../../workshop/fault/fault.ts";

/** The shop's settings from the command line. */
export interface FaultSettings {
  /** If undefined, the seed decides, and the kind isn't named. */
  kind: FaultKind | undefined;
  /** If undefined, the learner hasn't met the kind of this fault lately. */
  seed: number | undefined;
  window: FaultWindow;
  /** Whether the kit simulates customers. */
  hasLoad: boolean;
  address: { hostname: string; port: number };
  /** Telemetry settings from flags. */
  variables: Environment;
}
