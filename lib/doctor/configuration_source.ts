import type { ConfigurationFile } from "../telemetry/configuration/configuration_file.ts";
import type { SettingsReading } from "../telemetry/read_settings.ts";
import type { Variable } from "../telemetry/settings.ts";

/** The configuration file that is set, and the result of reading it. */
export interface ConfigurationSource {
  path: string;
  /** The variable that names it. */
  variable: Variable;
  /** Its content; undefined if it can't be used. */
  file: ConfigurationFile | undefined;
  /** Why it can't be used, one line per problem. */
  problems: string[];
}

/** Reads the configuration file that the settings name, if any. */
export async function readConfigurationSource(
  { settings }: SettingsReading,
): Promise<ConfigurationSource | undefined> {
  const variable = settings.OTEL_CONFIG_FILE === undefined
    ? "OTEL_EXPERIMENTAL_CONFIG_FILE"
    : "OTEL_CONFIG_FILE";
  const path = settings[variable];
  if (path === undefined) return undefined;
  const { ConfigurationFileError, readConfigurationFile } = await import(
    "../telemetry/configuration/configuration_file.ts"
  );
  try {
    return { path, variable, file: readConfigurationFile(path), problems: [] };
  } catch (error) {
    if (!(error instanceof ConfigurationFileError)) throw error;
    return { path, variable, file: undefined, problems: error.message.split("\n") };
  }
}
