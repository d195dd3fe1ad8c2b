import type { Backends } from "../backends/backends.ts";
import type { OwnTraffic } from "../backends/own_traffic.ts";

/** The links between an app and the backend with its telemetry, in order. */
export type RungName =
  | "app"
  | "answer"
  | "exporter"
  | "receiver"
  | "collector-exporter"
  | "backend";

/** The environment variables of an app. */
export interface AppEnvironment {
  variables: Readonly<Record<string, string>>;
  /** Why these are the variables of this terminal instead: a clause for a message. */
  unknown?: string;
}

/** Everything that checking the links needs. */
export interface Climb {
  backends: Backends;
  /** Counts the test spans that the climb sends. */
  own: OwnTraffic;
  appUrl: string;
  /** The service to look for; undefined if the step has none. */
  service?: string;
  /** When the step began, in milliseconds since 1970. */
  startedAt: number;
  environment: AppEnvironment;
  /** Stops the climb. */
  signal?: AbortSignal;
}

/** Whether a link holds. */
export interface Rung {
  name: RungName;
  isWhole: boolean;
  /** What was found, in words. */
  found: string;
  /** How to fix it; empty if the link holds. */
  fix: string;
}

export function whole(name: RungName, found: string): Rung {
  return { name, isWhole: true, found, fix: "" };
}

export function broken(name: RungName, found: string, fix: string): Rung {
  return { name, isWhole: false, found, fix };
}
