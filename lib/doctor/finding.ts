import type { Environment, SettingsReading } from "../telemetry/read_settings.ts";
import type { ConfigurationSource } from "./configuration_source.ts";

/** The result: only `failed` means that telemetry will not arrive as configured. */
export type Status = "ok" | "warning" | "failed" | "skipped";

/** One result of a check. */
export interface Finding {
  /** The name of the check. */
  check: string;
  status: Status;
  /** One sentence, or a few lines, without a final full stop. Contains no secrets. */
  message: string;
  /** The next step, if there is one. */
  remedy?: string;
}

/** The input of the checks. */
export interface DoctorInput {
  /** The variables of the process. */
  env: Environment;
  /** Values from flags, by the names of variables. */
  flags: Environment;
  /** The settings that both result in. */
  reading: SettingsReading;
  /** Nothing is sent or resolved. */
  offline: boolean;
  /** The configuration file, if one is set: it replaces the settings. */
  configurationFile?: ConfigurationSource;
  /** Sentences about settings that are given and supported, but have no effect. */
  ineffective?: readonly string[];
}

/** Checks one thing. Never throws, and takes little more than five seconds. */
export type Check = (input: DoctorInput) => Finding[] | Promise<Finding[]>;

/** Creates the findings of a check. */
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
