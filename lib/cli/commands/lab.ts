import { messageOf } from "../../error_message.ts";
import { aborted } from "../../time.ts";
import { defineCommand } from "../command.ts";
import { StartError, UsageError } from "../errors.ts";
import type { FlagTable } from "../flags/flags.ts";
import { type Help, section } from "../flags/help.ts";

/** How long the queues may take at the end. */
const SHUTDOWN_TIMEOUT_MS = 2000;

const FLAGS = {
  config: {
    placeholder: "FILE",
    nonEmpty: true,
    file: true,
    help: "A Collector's configuration, of which the lab reads a small part; see below",
  },
  check: { help: "Start nothing: only check the file" },
} as const satisfies FlagTable;

/** `otel-kit lab`: runs a small part of a Collector's configuration, to learn what it does. */
export const lab = defineCommand({
  name: "lab",
  flags: FLAGS,
  help,
  async run({ flags: { config: path, check } }, { output, stop }) {
    if (path === undefined) {
      throw new UsageError("Name a configuration: otel-kit lab --config collector.yaml");
    }
    const { LabConfigError, readLabConfig } = await import("../../lab/read_config.ts");
    const { WITHOUT_EFFECT } = await import("../../lab/accepted.ts");
    const { typeOf } = await import("../../workshop/collector_config/yaml_maps.ts");
    const text = await readConfig(path);
    const config = (() => {
      try {
        return readLabConfig(text, Deno.env.toObject());
      } catch (error) {
        if (!(error instanceof LabConfigError)) throw error;
        throw new UsageError(
          `Cannot use ${path}:\n${error.message}\nThe lab reads a small part of a Collector's ` +
            `configuration. For everything else, use the real one: otelcol-contrib --config ${path}`,
          { cause: error },
        );
      }
    })();
    for (const id of config.idle) {
      output.status(`${id} has no effect in the lab: ${WITHOUT_EFFECT.get(typeOf(id))}`);
    }
    if (check) {
      output.data(`${path}: the lab can run it`);
      return 0;
    }
    const { startLab } = await import("../lab/start_lab.ts");
    const running = await startLab(config, { print: output.data, report: output.status });
    for (const [id, { endpoint }] of config.senders) output.status(`${id} sends to ${endpoint}`);
    for (const url of running.urls) output.status(`Listening on ${url}/ for OTLP`);
    output.status("Stop it with Ctrl-C");
    await aborted(stop);
    output.status("Stopping");
    await running.shutdown(SHUTDOWN_TIMEOUT_MS);
    return 0;
  },
});

/** @throws {StartError} If the file can't be read. */
async function readConfig(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    throw new StartError(`Cannot read ${path}: ${messageOf(error)}`, { cause: error });
  }
}

function help(): Help {
  return {
    usage: "--config FILE [flags]",
    about: "Runs a small part of a Collector's configuration, to learn what it does: change it, " +
      "start again, and see the difference. The real Collector runs the same file. Anything " +
      "that the lab doesn't have is refused, with its line.",
    more: [
      section("In the file", [
        ["receivers", "otlp, with grpc, http, or both, on this machine"],
        ["processors", "attributes and resource (insert, update, upsert, delete)"],
        ["", "filter: trace_conditions that compare an attribute or the name with a text"],
        ["", "redaction: blocked_values, with allow_all_keys"],
        ["", "memory_limiter and batch are accepted, and have no effect"],
        ["connectors", "span_metrics, with dimensions"],
        ["exporters", "otlp_http with sending_queue and retry_on_failure, and debug"],
        ["service", "pipelines for traces, metrics, and logs"],
        ["", "telemetry.metrics.readers: where otelcol_exporter_queue_size goes"],
      ]),
      section("Try it", [
        ["otel-kit lab --config collector.yaml", "in one terminal, and in another"],
        ["otel-kit auto --endpoint http://127.0.0.1:25318", "if the lab listens there"],
      ]),
    ],
  };
}
