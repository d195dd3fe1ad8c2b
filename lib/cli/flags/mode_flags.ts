import { MODE_NAMES, MODES } from "../../../apps/mod.ts";
import { APP_FLAGS } from "./app_flags.ts";
import type { FlagTable } from "./flags.ts";
import { TELEMETRY_FLAGS } from "./telemetry_flags.ts";

/** The flags of `serve`, but for those of telemetry. */
export const SERVE_OWN_FLAGS = {
  mode: {
    placeholder: "MODE",
    aliases: ["M"],
    choices: MODE_NAMES.flatMap((mode) => [mode, ...MODES[mode].aliases]),
    help: "How the app is instrumented (default base)",
  },
  ...APP_FLAGS,
} as const satisfies FlagTable;

/** The flags of `auto`, but for those of telemetry. */
export const AUTO_OWN_FLAGS = {
  ...APP_FLAGS,
  "java-agent": {
    placeholder: "FILE",
    file: true,
    nonEmpty: true,
    help: "The agent for a Java program (default opentelemetry-javaagent*.jar beside it or here)",
  },
  version: { aliases: ["V"], reference: true, help: "Print the version" },
} as const satisfies FlagTable;

/** All flags of the two commands that run an app with telemetry. */
export const MODE_FLAGS = {
  serve: { ...SERVE_OWN_FLAGS, ...TELEMETRY_FLAGS },
  auto: { ...AUTO_OWN_FLAGS, ...TELEMETRY_FLAGS },
};
