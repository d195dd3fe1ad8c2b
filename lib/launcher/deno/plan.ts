import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { ATTR_SERVICE_INSTANCE_ID } from "@opentelemetry/semantic-conventions/incubating";
import { exportersOf } from "../../telemetry/configuration/exporters.ts";
import { configurationFromSettings } from "../../telemetry/configuration/from_settings.ts";
import { type OtlpTarget, otlpTarget } from "../../telemetry/otlp/target.ts";
import type { SettingsReading } from "../../telemetry/read_settings.ts";
import { type Signal, SIGNALS } from "../../otlp/signal.ts";
import type { Settings } from "../../telemetry/settings.ts";
import { fallenInto } from "../gaps.ts";
import type { RelayRoute } from "../relay.ts";
import { foreignToDeno, withoutForeign } from "./foreign.ts";
import { gapsOf } from "./gaps.ts";
import { whyNoStart, whyRelay } from "./sending.ts";
import { attributesText, settingsForDeno, switchesOf, withoutRelay } from "./variables.ts";
import { isAtLeast, OLDEST_DENO } from "./version.ts";

type Env = Record<string, string>;

/** When a Deno program's telemetry goes through a relay; `auto` means only if Deno can't send it. */
export type RelayUse = "always" | "auto" | "never";

/** Why a relay is needed. */
export interface DenoRelay {
  routes: Record<Signal, RelayRoute>;
  /** The names of the resource attributes that arrive percent-encoded. */
  encoded: readonly string[];
  /** A sentence for the user. */
  why: string;
}

/** How the telemetry of a Deno program reaches its destination. */
export interface DenoPlan {
  /** The program's variables; with a relay, without endpoints. */
  env: Env;
  /** What the relay does, and why Deno can't. */
  relay?: DenoRelay;
  /** Warnings for the user. */
  warnings: string[];
}

/** How a Deno program is run, besides its settings. */
export interface DenoRun {
  version: string;
  /** By default `auto`. */
  relay?: RelayUse;
  /** Whether the program gets the preload, which adds some of what Deno lacks. */
  isPreloaded: boolean;
}

/** Decides which settings this version of Deno supports itself, and what the relay must do. */
export function planDeno(
  env: Env,
  reading: SettingsReading,
  { version, relay: use = "auto", isPreloaded }: DenoRun,
): DenoPlan {
  const { routes: wanted, warnings } = routesOf(reading);
  const exportTimeouts = exportTimeoutsOf(reading);
  const attributes = attributesText(attributesOf(reading.settings), version);
  const { encoded } = attributes;
  const destinations = { routes: wanted, exportTimeouts, env, encoded };
  const end = use === "never" ? whyNoStart(destinations, version) : undefined;
  const routes = end === undefined ? wanted : NOWHERE;
  const common = {
    ...settingsForDeno(withoutForeign(env, reading), reading),
    OTEL_RESOURCE_ATTRIBUTES: attributes.text,
    ...switchesOf(routes),
  };
  const goesNowhere = SIGNALS.every((signal) =>
    routes[signal].targets.length === 0 && !routes[signal].console
  );
  const need = whyRelay({ ...destinations, routes }, version);
  const why = goesNowhere || use === "never" ? undefined : need ?? ALWAYS[use];
  return {
    env: why === undefined ? withoutRelay(common, routes) : common,
    ...why !== undefined && { relay: { routes: withLimits(routes, exportTimeouts), encoded, why } },
    warnings: [
      ...isAtLeast(version, OLDEST_DENO) ? [] : [
        `Deno ${version} is older than ${OLDEST_DENO}, the oldest supported version: ` +
        "it may treat the settings differently",
      ],
      ...fallenInto(gapsOf(version, isPreloaded), reading, `deno ${version}`),
      ...foreignToDeno(reading, version),
      ...warnings,
      ...end === undefined ? [] : [`--relay never: ${end}. It runs without telemetry`],
      ...use === "never" && need !== undefined ? [`--relay never: ${need}`] : [],
    ],
  };
}

const NOTHING: RelayRoute = { targets: [], console: false };

const NOWHERE: Record<Signal, RelayRoute> = { traces: NOTHING, metrics: NOTHING, logs: NOTHING };

const ALWAYS = { always: "--relay always asks for it", auto: undefined } as const;

/** The targets of each signal, and one sentence for each unsupported exporter. */
export function routesOf(reading: SettingsReading, runtime = "deno") {
  const configuration = configurationFromSettings(reading);
  const warnings: string[] = [];
  const routeOf = (signal: Signal): RelayRoute => {
    const targets: OtlpTarget[] = [];
    let console = false;
    for (const exporter of exportersOf(configuration, signal)) {
      const [name, model] = Object.entries(exporter)[0]!;
      if (name === "console") console = true;
      else if (name.startsWith("otlp_")) targets.push(otlpTarget({ [name]: model ?? {} }, signal));
      else {
        const word = name.replace("/development", "");
        warnings.push(
          `OTEL_${signal.toUpperCase()}_EXPORTER "${word}": no effect on ${runtime}; ` +
            "it has no such exporter",
        );
      }
    }
    return { targets, console };
  };
  const routes = { traces: routeOf("traces"), metrics: routeOf("metrics"), logs: routeOf("logs") };
  return { routes, warnings };
}

/**
 * The time limits of exports per signal, besides OTLP's. The default limit for metrics is no reason for a relay
 * if OTLP's limit is longer.
 */
function exportTimeoutsOf({ settings, origins }: SettingsReading): Record<Signal, number> {
  const isUsual = origins.OTEL_METRIC_EXPORT_TIMEOUT === "default";
  return {
    traces: settings.OTEL_BSP_EXPORT_TIMEOUT || Infinity,
    metrics: isUsual ? Infinity : settings.OTEL_METRIC_EXPORT_TIMEOUT || Infinity,
    logs: settings.OTEL_BLRP_EXPORT_TIMEOUT || Infinity,
  };
}

/** The relay applies the shorter of the two limits. */
function withLimits(
  routes: Record<Signal, RelayRoute>,
  exportTimeouts: Record<Signal, number>,
): Record<Signal, RelayRoute> {
  const limited = (signal: Signal) => ({
    ...routes[signal],
    targets: routes[signal].targets.map((target) => ({
      ...target,
      timeoutMillis: Math.min(target.timeoutMillis, exportTimeouts[signal]),
    })),
  });
  return { traces: limited("traces"), metrics: limited("metrics"), logs: limited("logs") };
}

/**
 * Resource attributes besides OTEL_SERVICE_NAME, over which an attribute takes precedence in Deno.
 * They include a `service.instance.id`, which Deno does not set itself: without one, a backend such
 * as Prometheus mistakes the metrics of a restarted program for those of the previous run.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/resource/service/
 */
function attributesOf(settings: Settings): Record<string, string> {
  const attributes: Record<string, string> = {
    [ATTR_SERVICE_INSTANCE_ID]: crypto.randomUUID(),
    ...settings.OTEL_ENTITIES,
    ...settings.OTEL_RESOURCE_ATTRIBUTES,
  };
  if (settings.OTEL_SERVICE_NAME !== undefined) delete attributes[ATTR_SERVICE_NAME];
  return attributes;
}
