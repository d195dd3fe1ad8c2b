import { assert, assertMatch } from "@std/assert";
import type { DoctorInput, Finding } from "../../lib/doctor/finding.ts";
import { knobsOf } from "../../lib/doctor/knobs.ts";
import { readSettings } from "../../lib/telemetry/read_settings.ts";

/** What the doctor examines where these variables are set. */
export function inputOf(
  env: Record<string, string> = {},
  more: Partial<DoctorInput> = {},
): DoctorInput {
  return { env, flags: {}, reading: readSettings(env), offline: true, ...more };
}

/** The knobs where there is no configuration file. */
export const KNOBS = knobsOf(inputOf());

/** A remedy beside what it is to be. */
export interface ExpectedRemedy {
  /** What is wrong. */
  trouble: string;
  remedy: string | undefined;
  wanted: RegExp;
}

/** Each remedy is as wanted, and as none of the others is wanted: no two can be swapped. */
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

/** The remedy of the one finding whose message is as wanted. */
export function remedyOf(findings: readonly Finding[], message: RegExp): string | undefined {
  const found = findings.filter((finding) => message.test(finding.message));
  assert(found.length === 1, `${found.length} for ${message}: ${JSON.stringify(findings)}`);
  return found[0]!.remedy;
}
