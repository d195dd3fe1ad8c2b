import { join } from "node:path";
import {
  type ConfigurationFile,
  ConfigurationFileError,
  readConfigurationFile,
} from "../../telemetry/configuration/configuration_file.ts";
import { exportersOf } from "../../telemetry/configuration/exporters.ts";
import { broken, type Climb, type ExpectedProgram, type Rung } from "./rung.ts";

const NAME = "config-file";
const SIGNAL_PATH = "/v1/traces";

type ConfigFile = NonNullable<ExpectedProgram["configFile"]>;
type Variables = Climb["environment"]["variables"];

/** Why an app that should read a configuration file can't start with it. Empty if it can. */
export function unreadableFileRungs(configFile: ConfigFile | undefined): Rung[] {
  if (!configFile) return [];
  const { problem } = read(configFile);
  return problem === undefined
    ? []
    : [broken(NAME, problem, "Correct the file, and start the app again.")];
}

/** Does the app that runs read the configuration file of the step? */
export function readsFileRungs(
  { environment: { args, variables }, program, appUrl }: Climb,
): Rung[] {
  if (!args || !program?.configFile || variables["OTEL_CONFIG_FILE"]) return [];
  const { name } = program.configFile;
  return [
    broken(
      NAME,
      `the app at ${appUrl} runs without --config-file ${name}`,
      `Stop it, and start it with the file: otel-kit auto --config-file ${name}`,
    ),
  ];
}

/** Why no spans arrive from an app that reads this file; undefined if the file is right. */
export function configFileMistake(
  configFile: ConfigFile,
  { backends, environment: { variables } }: Pick<Climb, "backends" | "environment">,
): string | undefined {
  const { name } = configFile;
  const { configuration = {}, problem } = read(configFile, variables);
  if (problem !== undefined) return `${problem}. Correct it, and start the app again.`;
  const right = {
    otlp_http: `${backends.otlpHttpUrl}${SIGNAL_PATH}`,
    otlp_grpc: backends.otlpGrpcUrl,
  };
  const written = exportersOf(configuration, "traces").flatMap((exporter) =>
    (["otlp_http", "otlp_grpc"] as const).flatMap((kind) => {
      const model = exporter[kind];
      return model === undefined ? [] : [{ kind, endpoint: String(model?.["endpoint"] ?? "") }];
    })
  );
  const [first] = written;
  if (!first) {
    return `${name} has no exporter for spans over OTLP. Add \`otlp_http\` to a processor, and ` +
      "start the app again.";
  }
  const isRight = written.some(({ kind, endpoint }) => leadsTo(right[kind], endpoint));
  if (isRight) return undefined;
  return `${name} sends spans to ${first.endpoint || "the default endpoint"} with ` +
    `\`${first.kind}\`. Use \`otlp_http\` with the endpoint ${right.otlp_http}, or ` +
    `\`otlp_grpc\` with ${right.otlp_grpc}, and start the app again.`;
}

/** Whether an endpoint has the port and the path of another one. */
function leadsTo(right: string, endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const [a, b] = [new URL(right), new URL(endpoint)];
  return a.port === b.port && a.pathname === b.pathname;
}

/** What the file contains, or its first problem. */
function read(
  { folder, name }: ConfigFile,
  variables?: Variables,
): Partial<ConfigurationFile> & { problem?: string } {
  const path = join(folder, name);
  try {
    return variables
      ? readConfigurationFile(path, (name) => variables[name])
      : readConfigurationFile(path);
  } catch (error) {
    if (!(error instanceof ConfigurationFileError)) throw error;
    const [first = ""] = error.message.replaceAll(path, name).split("\n");
    return { problem: `${name} has a mistake: ${first}` };
  }
}
