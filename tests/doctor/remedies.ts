import { assert, assertMatch } from "@std/assert";
import type { DoctorInput, Finding } from "../../lib/doctor/finding.ts";
import { knobsOf } from "../../lib/doctor/knobs.ts";
import { readSettings } from "../../lib/telemetry/read_settings.ts";

/** The doctor's input for these variables. */
export function inputOf(
  env: Record<string, string> = {},
  more: Partial<DoctorInput> = {},
): DoctorInput {
  return { env, flags: {}, reading: readSettings(env), offline: true, ...more };
}

/** The knobs if there is no configuration file. */
export const KNOBS = knobsOf(inputOf());

/** A remedy, and what it should be. */
export interface ExpectedRemedy {
  /** The problem. */
  trouble: string;
  remedy: string | undefined;
  wanted: RegExp;
}

/** Checks that each remedy matches its own expectation and no other, so that no two can be swapped. */
export function assertRemedies(rows: readonly ExpectedRemedy[]): void {
  for (const { trouble, remedy, wanted } of rows) assertMatch(remedy ?? "none", wanted, trouble);
  for (const { trouble, remedy, wanted } of rows) {
    for (const other of rows) {
      if (other.remedy === remedy) continue;
      assert(
        !wanted.test(other.remedy!),
        `${trouble} would do with the remedy of ${other.trouble}`,
      );
    }
  }
}

/** The remedy of the only finding whose message matches. */
export function remedyOf(findings: readonly Finding[], message: RegExp): string | undefined {
  const found = findings.filter((finding) => message.test(finding.message));
  assert(found.length === 1, `${found.length} for ${message}: ${JSON.stringify(findings)}`);
  return found[0]!.remedy;
}
