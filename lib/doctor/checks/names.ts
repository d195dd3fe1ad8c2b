import { suggest } from "../../suggest.ts";
import { isVariable, type Variable, VARIABLES } from "../../telemetry/settings.ts";
import { type DoctorInput, type Finding, findingsOf } from "../finding.ts";

const { ok, warning } = findingsOf("names");

/** The maximum number of wrong letters for which a spelling is suggested. */
const MAX_DISTANCE = 3;

/** A wrong prefix is only reported if the rest is nearly right: it may belong to another program. */
const MAX_DISTANCE_OF_OTHERS = 2;

/** Names from other programs or earlier versions, with their equivalents here. */
const OTHER_NAMES: Readonly<Record<string, Variable>> = {
  OTEL_NODE_DISABLED_INSTRUMENTATIONS: "OTEL_PYTHON_DISABLED_INSTRUMENTATIONS",
  OTEL_NODE_RESOURCE_DETECTORS: "OTEL_EXPERIMENTAL_RESOURCE_DETECTORS",
  OTEL_EXPORTER_OTLP_SPAN_INSECURE: "OTEL_EXPORTER_OTLP_TRACES_INSECURE",
  OTEL_EXPORTER_OTLP_METRIC_INSECURE: "OTEL_EXPORTER_OTLP_METRICS_INSECURE",
  OTEL_SPAN_ATTRIBUTE_PER_EVENT_COUNT_LIMIT: "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT",
  OTEL_SPAN_ATTRIBUTE_PER_LINK_COUNT_LIMIT: "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT",
  OTEL_EXPORTER_JAEGER_ENDPOINT: "OTEL_EXPORTER_OTLP_ENDPOINT",
  OTEL_EXPORTER_JAEGER_AGENT_HOST: "OTEL_EXPORTER_OTLP_ENDPOINT",
};

/** The owners of variables, by prefix. */
const OWNERS: readonly (readonly [prefix: string, owner: string])[] = [
  ["OTEL_DENO", "Deno's own telemetry"],
  ["OTEL_PYTHON_", "programs in Python"],
  ["OTEL_NODE_", "programs on Node.js"],
  ["OTEL_JAVA", "programs in Java"],
  ["OTEL_DOTNET_", "programs on .NET"],
  ["OTEL_GO_", "programs in Go"],
  ["OTEL_PHP_", "programs in PHP"],
  ["OTEL_RUBY_", "programs in Ruby"],
  ["OTEL_EXPORTER_JAEGER_", "the Jaeger exporter, which is no more: Jaeger takes OTLP"],
  ["OTEL_INSTRUMENTATION_", "other instrumentations"],
];

/** Names that are unknown or not read here. No value is shown. */
export function checkNames({ env, flags, ineffective = [] }: DoctorInput): Finding[] {
  const findings = [
    ...Object.keys(env).filter((name) => env[name]).sort().flatMap((name) => judge(name, name)),
    ...Object.keys(flags).filter((name) => flags[name]).sort()
      .flatMap((name) => judge(name, `--env ${name}`)),
    ...ineffective.map((sentence) => warning(sentence)),
  ];
  return findings.length > 0 ? findings : [ok("Every OTEL_* variable that is set is known")];
}

function judge(name: string, shown: string): Finding[] {
  if (isVariable(name) || !/^(OTEL|OTLE|OETL|OTLP)_/i.test(name)) return [];
  const rename = (other: string) => `Use ${other} instead`;
  const upper = name.toUpperCase();
  if (!name.startsWith("OTEL_")) {
    const nearest = suggest(upper, VARIABLES, { maxDistance: MAX_DISTANCE_OF_OTHERS });
    return nearest ? [warning(`Ignoring "${shown}": the name is not known`, rename(nearest))] : [];
  }
  const other = OTHER_NAMES[name];
  const owner = OWNERS.find(([prefix]) => name.startsWith(prefix))?.[1];
  const nearest = suggest(upper, VARIABLES, { maxDistance: MAX_DISTANCE }) ??
    (owner ? undefined : withSameWords(upper));
  const whose = owner && (other || !nearest) ? `it is for ${owner}` : undefined;
  const why = whose ?? (other ? "it has another name here" : "the name is not known");
  const better = other ?? nearest;
  return [
    warning(
      `Ignoring "${shown}": ${why}`,
      better ? rename(better) : whose ? undefined : "Unset it, or look for its name in --help",
    ),
  ];
}

/** The shortest known name with all words of the given one: OTEL_ENDPOINT leaves some out. */
function withSameWords(name: string): string | undefined {
  const words = name.split("_");
  return VARIABLES
    .filter((variable) => words.every((word) => variable.split("_").includes(word)))
    .sort((a, b) => a.length - b.length)[0];
}
