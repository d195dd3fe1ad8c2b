import type { ModeName } from "../../../apps/mod.ts";

/** A message from the program to an app's worker. */
export type AppRequest =
  | { kind: "start"; mode: ModeName; hostname: string; port: number }
  | { kind: "stop"; timeoutMillis: number };

/** A message from an app's worker to the program. */
export type AppResponse =
  /** The app is serving; on another port if the requested one was taken. */
  | { kind: "listening"; port: number; batchDelayMs: number | undefined }
  | { kind: "failed"; message: string }
  /** A line for the terminal. */
  | { kind: "report"; line: string }
  | { kind: "stopped" };
