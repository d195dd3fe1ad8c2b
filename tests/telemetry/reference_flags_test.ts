import { assert, assertEquals } from "@std/assert";
import { auto } from "../../lib/cli/auto.ts";
import { parseFlags } from "../../lib/cli/flags.ts";
import { flagName, settingOf, VARIABLES } from "../../lib/telemetry/settings.ts";
import { areGranted, type Condition, testIf } from "../helpers/needs.ts";

const BATCH = ["export_timeout", "max_export_batch_size", "max_queue_size", "schedule_delay"];
const OTLP = [
  "certificate",
  "client_certificate",
  "client_key",
  "compression",
  "endpoint",
  "headers",
  "insecure",
  "protocol",
  "timeout",
];

/** Every flag of `opentelemetry-instrument` 0.66b1, without the leading hyphens. */
const REFERENCE = [
  ...["logs_exporter", "metrics_exporter", "traces_exporter", "propagators", "context"],
  ...["id_generator", "meter_provider", "tracer_provider"],
  ...["attribute_count_limit", "attribute_value_length_limit"],
  ...["event_attribute_count_limit", "link_attribute_count_limit", "span_attribute_count_limit"],
  ...["span_attribute_value_length_limit", "span_event_count_limit", "span_link_count_limit"],
  ...["logrecord_attribute_count_limit", "logrecord_attribute_value_length_limit"],
  ...["blrp", "bsp"].flatMap((prefix) => BATCH.map((name) => `${prefix}_${name}`)),
  ...["config_file", "experimental_resource_detectors", "resource_attributes", "service_name"],
  ...["sdk_disabled", "log_level"],
  ...["", "traces_", "metrics_", "logs_"].flatMap((infix) =>
    OTLP.map((name) => `exporter_otlp_${infix}${name}`)
  ),
  "exporter_otlp_metrics_default_histogram_aggregation",
  "exporter_otlp_metrics_temporality_preference",
  ...["exporter_prometheus_host", "exporter_prometheus_port"],
  ...["exporter_zipkin_endpoint", "exporter_zipkin_timeout"],
  ...["metrics_exemplar_filter", "metric_export_interval", "metric_export_timeout"],
  ...["traces_sampler", "traces_sampler_arg"],
  ...["logger_configurator", "meter_configurator", "tracer_configurator"],
  ...["sdk_internal_metrics_enabled", "auto_instrumentation_experimental_gevent_patch"],
  ...["configurator", "disabled_instrumentations", "distro", "semconv_stability_opt_in"],
];

const LAUNCHER = "opentelemetry-instrument";

Deno.test("the variables that are not ours alone have the flags of the reference command", () => {
  const shared = VARIABLES.filter((variable) => !settingOf(variable).extra);
  assertEquals(new Set(REFERENCE).size, 88);
  assertEquals(
    shared.map((variable) => flagName(variable).slice(2)).toSorted(),
    REFERENCE.map((flag) => flag.replaceAll("_", "-")).toSorted(),
  );
});

Deno.test("every start of a flag that is clear to the reference command is clear to auto", () => {
  const flags = [...REFERENCE, "version", "help"];
  for (const flag of flags) {
    for (let length = 1; length <= flag.length; length++) {
      const typed = flag.slice(0, length);
      const isClear = typed === flag || flags.filter((one) => one.startsWith(typed)).length === 1;
      if (!isClear || typed.endsWith("_")) continue;
      const { values } = parseFlags([`--${typed}`, "true"], auto.flags);
      assertEquals([...values.keys()], [flag.replaceAll("_", "-")], typed);
    }
  }
});

Deno.test("no two variables have the same flag", () => {
  assertEquals(new Set(VARIABLES.map(flagName)).size, VARIABLES.length);
});

testIf(needsReference(), ["run"], "the reference command has the flags of the list", async () => {
  const { stdout } = await new Deno.Command(LAUNCHER, { args: ["--help"] }).output();
  const listed = new TextDecoder().decode(stdout).match(/--\w+/g) ?? [];
  const flags = new Set(listed.map((flag) => flag.slice(2)));
  assert(flags.delete("version") && flags.delete("help"));
  assertEquals([...flags].toSorted(), REFERENCE.toSorted());
});

function needsReference(): Condition {
  if (!areGranted(["run"])) return { missing: undefined };
  try {
    new Deno.Command(LAUNCHER, { args: ["--version"], stdout: "null", stderr: "null" })
      .outputSync();
    return { missing: undefined };
  } catch {
    return { missing: `no ${LAUNCHER} on PATH` };
  }
}
