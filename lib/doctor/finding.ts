import type { Environment, SettingsReading } from "../telemetry/read_settings.ts";
import type { ConfigurationSource } from "./configuration_source.ts";

/** How it stands: only `failed` means that telemetry will not arrive as it was asked for. */
export type Status = "ok" | "warning" | "failed" | "skipped";

/** One thing that a check found. */
export interface Finding {
  /** The name of the check. */
  check: string;
  status: Status;
  /** One sentence, or a few lines, without a final full stop; no secret is in it. */
  message: string;
  /** The next step, where there is one. */
  remedy?: string;
}

/** What the checks look at. */
export interface DoctorInput {
  /** The variables of the process. */
  env: Environment;
  /** What flags set, by the names of variables. */
  flags: Environment;
  /** What both of them result in. */
  reading: SettingsReading;
  /** Nothing is sent or looked up. */
  offline: boolean;
  /** The configuration file, where one is set: it replaces the settings. */
  configurationFile?: ConfigurationSource;
  /** Sentences on what is known, was given and has no effect. */
  ineffective?: readonly string[];
}

/** Looks at one thing; never throws, and takes little more than five seconds. */
export type Check = (input: DoctorInput) => Finding[] | Promise<Finding[]>;

/** Makes the findings of a check. */
export function findingsOf(check: string) {
  const make = (status: Status) => (message: string, remedy?: string): Finding => ({
    check,
    status,
    message,
    ...remedy !== undefined && { remedy },
  });
  return {
    ok: make("ok"),
    warning: make("warning"),
    failed: make("failed"),
    skipped: make("skipped"),
  };
}

/** `a`, `a and b`, or `a, b and c`. */
export function enumerate(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
