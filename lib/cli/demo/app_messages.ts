import type { ModeName } from "../../../apps/mod.ts";

/** What the program says to an app's worker. */
export type AppRequest =
  | { kind: "start"; mode: ModeName; hostname: string; port: number }
  | { kind: "stop"; timeoutMillis: number };

/** What an app's worker says to the program. */
export type AppResponse =
  /** It serves; on another port if the one asked for was taken. */
  | { kind: "listening"; port: number; batchDelayMs: number | undefined }
  | { kind: "failed"; message: string }
  /** A line for the person at the terminal. */
  | { kind: "report"; line: string }
  | { kind: "stopped" };
