import { flagName, VARIABLES } from "../../telemetry/settings.ts";
import { type DoctorInput, type Finding, findingsOf } from "../finding.ts";

const { ok, warning, failed, skipped } = findingsOf("configuration file");

/** Whether the configuration file can be used, and which settings it overrides. */
export function checkConfigurationFile({ reading, configurationFile }: DoctorInput): Finding[] {
  if (!configurationFile) return [skipped("No configuration file is set")];
  const { path, variable, file, problems } = configurationFile;
  const findings: Finding[] = [];
  if (variable === "OTEL_EXPERIMENTAL_CONFIG_FILE") {
    findings.push(warning(`${variable} is an old name`, "Use OTEL_CONFIG_FILE instead"));
  }
  if (!file) {
    const remedy = `Correct the file, or unset ${variable}`;
    return [...findings, ...problems.map((problem) => failed(problem, remedy))];
  }
  findings.push(ok(`"${path}" is valid`), ...file.warnings.map((line) => warning(line)));
  const ignored = VARIABLES
    .filter((name) => reading.origins[name] !== "default")
    .filter((name) => !name.endsWith("_CONFIG_FILE") && !file.variables.includes(name))
    .map((name) => reading.origins[name] === "flag" ? flagName(name) : name);
  if (ignored.length > 0) {
    findings.push(
      warning(
        `Ignoring ${ignored.join(", ")}: "${path}" counts instead`,
        "Write the value into the file, or refer to the variable there: ${NAME}",
      ),
    );
  }
  return findings;
}
