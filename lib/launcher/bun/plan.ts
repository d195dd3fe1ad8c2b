import {
  ATTR_PROCESS_RUNTIME_NAME,
  ATTR_SERVICE_INSTANCE_ID,
} from "@opentelemetry/semantic-conventions/incubating";
import {
  ATTR_SERVICE_NAME,
  ATTR_TELEMETRY_SDK_LANGUAGE,
  ATTR_TELEMETRY_SDK_NAME,
  ATTR_TELEMETRY_SDK_VERSION,
  TELEMETRY_SDK_LANGUAGE_VALUE_NODEJS,
} from "@opentelemetry/semantic-conventions";
import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import { readProgramFile } from "../../program_files.ts";
import { batchOptions } from "../../telemetry/configuration/batch_options.ts";
import { configurationFromSettings } from "../../telemetry/configuration/from_settings.ts";
import type { SettingsReading } from "../../telemetry/read_settings.ts";
import { VERSION } from "../../version.ts";
import { routesOf } from "../deno/plan.ts";
import { preloadSettings } from "../deno/preload_settings.ts";
import type { PreparedProgram } from "../prepared_program.ts";
import type { Program } from "../run_command.ts";
import type { RelayOptions } from "../relay.ts";
import type { Passed } from "../deno/preload/settings.ts";
import { type BunPreloadSettings, SETTINGS } from "./preload/settings.ts";

/** How the traces of a program on Bun reach their destination: always through a relay. */
export interface BunPlan {
  routes: RelayOptions["routes"];
  /** Prepares the program for a relay at this address. */
  prepare(relayUrl: string): Program;
  warnings: string[];
}

const NOWHERE = { targets: [], console: false };

/** Determines what to preload into a program on Bun. */
export async function planBun(
  program: PreparedProgram,
  reading: SettingsReading,
): Promise<BunPlan> {
  const source = await readProgramFile("bun_preload.js");
  if (source === undefined) {
    return {
      routes: { traces: NOWHERE, metrics: NOWHERE, logs: NOWHERE },
      warnings: [
        "Cannot trace a program on Bun: dist/bun_preload.js is missing. To build it: deno task preload",
      ],
      prepare: () => program,
    };
  }
  const { tracer_provider, attribute_limits, propagator } = configurationFromSettings(reading);
  const { routes, warnings } = routesOf(reading, "bun");
  const { http, warnings: unreadable } = preloadSettings(reading, "bun");
  const common: Omit<Passed<BunPreloadSettings>, "tracesUrl"> = {
    http,
    specifiers: [],
    resource: resourceOf(reading),
    configuration: {
      ...tracer_provider && { tracer_provider },
      ...attribute_limits && { attribute_limits },
      ...propagator && { propagator },
    },
    batch: batchOptions({ schedule_delay: reading.settings.OTEL_BSP_SCHEDULE_DELAY }, 5000),
  };
  return {
    routes: { traces: routes.traces, metrics: NOWHERE, logs: NOWHERE },
    warnings: [...unreadable, ...warnings],
    prepare(relayUrl) {
      const settings = { ...common, tracesUrl: `${relayUrl}/v1/traces` };
      const { BUN_OPTIONS } = program.env;
      const options = [`--preload=${packedUrl(source, settings)}`, BUN_OPTIONS].filter(Boolean);
      return { ...program, env: { ...program.env, BUN_OPTIONS: options.join(" ") } };
    },
  };
}

/**
 * The preload, compressed, because the length of a variable is limited and the preload contains an SDK. It is
 * loaded under a name, because stack traces of the program would otherwise show its URL, which is the code
 * itself.
 */
function packedUrl(source: Uint8Array, settings: Passed<BunPreloadSettings>): string {
  const packed = Buffer.from(gzipSync(source)).toString("base64");
  const key = JSON.stringify(SETTINGS.description);
  const loader = 'import{gunzipSync as g}from"node:zlib";' +
    `globalThis[Symbol.for(${key})]=${JSON.stringify(JSON.stringify(settings))};` +
    `const contents=g(Buffer.from("${packed}","base64")).toString();` +
    'Bun.plugin({name:"otel-kit",setup:b=>b.module("otel-kit",()=>({contents,loader:"js"}))});' +
    'await import("otel-kit")';
  return `data:text/javascript;base64,${Buffer.from(loader).toString("base64")}`;
}

function resourceOf({ settings }: SettingsReading): Record<string, string> {
  return {
    [ATTR_SERVICE_NAME]: "unknown_service:bun",
    [ATTR_SERVICE_INSTANCE_ID]: crypto.randomUUID(),
    [ATTR_PROCESS_RUNTIME_NAME]: "bun",
    [ATTR_TELEMETRY_SDK_LANGUAGE]: TELEMETRY_SDK_LANGUAGE_VALUE_NODEJS,
    [ATTR_TELEMETRY_SDK_NAME]: "otel-kit",
    [ATTR_TELEMETRY_SDK_VERSION]: VERSION,
    ...settings.OTEL_ENTITIES,
    ...settings.OTEL_RESOURCE_ATTRIBUTES,
    ...settings.OTEL_SERVICE_NAME !== undefined &&
      { [ATTR_SERVICE_NAME]: settings.OTEL_SERVICE_NAME },
  };
}
