import type { Backends } from "../backends/backends.ts";

/** The links between an app and the place where its telemetry is looked at, in their order. */
export type RungName =
  | "app"
  | "answer"
  | "exporter"
  | "receiver"
  | "collector-exporter"
  | "backend";

/** The variables that an app was started with. */
export interface AppEnvironment {
  variables: Readonly<Record<string, string>>;
  /** Why they are those of this terminal instead, which may be alike: a clause for a message. */
  unknown?: string;
}

/** What is known when the ladder is climbed. */
export interface Climb {
  backends: Backends;
  appUrl: string;
  /** Whose telemetry is looked for; undefined where the step is about none. */
  service?: string;
  /** When the step began, in milliseconds since 1970. */
  startedAt: number;
  environment: AppEnvironment;
  /** Ends the climb where it is. */
  signal?: AbortSignal;
}

/** Whether a link holds. */
export interface Rung {
  name: RungName;
  isWhole: boolean;
  /** What was seen, in words. */
  found: string;
  /** How to mend it; empty where it is whole. */
  fix: string;
}

export function whole(name: RungName, found: string): Rung {
  return { name, isWhole: true, found, fix: "" };
}

export function broken(name: RungName, found: string, fix: string): Rung {
  return { name, isWhole: false, found, fix };
}
