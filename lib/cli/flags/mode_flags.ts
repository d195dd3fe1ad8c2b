import { MODE_NAMES, MODES } from "../../../apps/mod.ts";
import { oneOf } from "../../telemetry/value_types.ts";
import { APP_FLAGS } from "./app_flags.ts";
import type { FlagTable } from "./flags.ts";
import { TELEMETRY_FLAGS } from "./telemetry_flags.ts";

/** When a program's telemetry is relayed. */
export const RELAY_USE = oneOf("always", "auto", "never");

/** The flags of `serve`, except those for telemetry. */
export const SERVE_OWN_FLAGS = {
  mode: {
    placeholder: "MODE",
    aliases: ["M"],
    choices: MODE_NAMES.flatMap((mode) => [mode, ...MODES[mode].aliases]),
    help: "How the app is instrumented (default base)",
  },
  ...APP_FLAGS,
} as const satisfies FlagTable;

/** The flags of `auto`, except those for telemetry. */
export const AUTO_OWN_FLAGS = {
  ...APP_FLAGS,
  "java-agent": {
    placeholder: "FILE",
    file: true,
    nonEmpty: true,
    help: "Agent for a Java program (default opentelemetry-javaagent*.jar beside it or here)",
  },
  relay: {
    placeholder: RELAY_USE.placeholder,
    choices: RELAY_USE.choices!,
    nonEmpty: true,
    help:
      "Send a Deno program's telemetry through a relay, which also corrects it; auto: only if " +
      "Deno cannot send it itself (default auto)",
  },
  install: {
    help: "Download the instrumentation for a Node or Java program into a cache, if it is missing",
  },
  "sigterm-as-sigint": {
    help: "Pass SIGTERM on as SIGINT, so that a Python program flushes its telemetry",
  },
  version: { aliases: ["V"], reference: true, help: "Print the version" },
} as const satisfies FlagTable;

/** The flags of telemetry that people use most. */
const USUAL_TELEMETRY_FLAGS = [
  "service-name",
  "resource-attributes",
  "exporter-otlp-endpoint",
  "exporter-otlp-protocol",
  "traces-exporter",
  "print-config",
  "dry-run",
] as const;

/** The flags that `--help` of the two commands lists. */
export const USUAL_FLAGS = {
  serve: ["mode", "host", "port", ...USUAL_TELEMETRY_FLAGS],
  auto: ["host", "port", "relay", ...USUAL_TELEMETRY_FLAGS],
} as const;

/** All flags of the two commands that run an app with telemetry. */
export const MODE_FLAGS = {
  serve: { ...SERVE_OWN_FLAGS, ...TELEMETRY_FLAGS },
  auto: { ...AUTO_OWN_FLAGS, ...TELEMETRY_FLAGS },
};
