import { checkBuild } from "./checks/build.ts";
import { checkCertificates } from "./checks/certificates.ts";
import { checkClock } from "./checks/clock.ts";
import { checkConfiguration } from "./checks/configuration.ts";
import { checkConfigurationFile } from "./checks/configuration_file.ts";
import { checkEndpoints } from "./checks/endpoints.ts";
import { checkNames } from "./checks/names.ts";
import { checkPorts } from "./checks/ports.ts";
import { checkValues } from "./checks/values.ts";
import { readConfigurationSource } from "./configuration_source.ts";
import type { Check, DoctorInput, Finding } from "./finding.ts";

/** Every check, in the order of the report. */
const CHECKS: readonly Check[] = [
  checkConfiguration,
  checkNames,
  checkValues,
  checkConfigurationFile,
  checkCertificates,
  checkEndpoints,
  checkClock,
  checkPorts,
  checkBuild,
];

/** Answers "will my telemetry arrive?": runs all checks at once and returns what they found. */
export async function diagnose(given: Omit<DoctorInput, "configurationFile">): Promise<Finding[]> {
  const configurationFile = await readConfigurationSource(given.reading);
  const input = { ...given, ...configurationFile && { configurationFile } };
  return (await Promise.all(CHECKS.map((check) => check(input)))).flat();
}

/** Whether nothing failed; warnings are allowed. */
export function isHealthy(findings: readonly Finding[]): boolean {
  return findings.every(({ status }) => status !== "failed");
}
