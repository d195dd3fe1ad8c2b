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

/** When the telemetry of a Deno program goes through a relay: `auto` is if Deno cannot send it. */
export type RelayUse = "always" | "auto" | "never";

/** What a relay is needed for. */
export interface DenoRelay {
  routes: Record<Signal, RelayRoute>;
  /** The names of the resource's attributes that it gets percent-encoded. */
  encoded: readonly string[];
  /** A sentence for the user. */
  why: string;
}

/** How the telemetry of a Deno program gets to where it shall go. */
export interface DenoPlan {
  /** The variables of the program; where there is a relay, without where to send. */
  env: Env;
  /** What the relay does, and why Deno does not. */
  relay?: DenoRelay;
  /** What is not as the user may think. */
  warnings: string[];
}

/** Works out what Deno can do of the settings by itself in this version, and what the relay must. */
export function planDeno(
  env: Env,
  reading: SettingsReading,
  version: string,
  use: RelayUse = "auto",
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
        `Deno ${version} is older than ${OLDEST_DENO}, the oldest that is known here: ` +
        "what it does with the settings may be something else",
      ],
      ...fallenInto(gapsOf(version), reading, `deno ${version}`),
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

/** Where the settings send each signal, and one sentence for each exporter that there is not. */
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
 * How long an export of each signal may take, beside what OTLP allows. The usual limit for metrics is
 * no reason for a relay where OTLP is allowed more.
 */
function exportTimeoutsOf({ settings, origins }: SettingsReading): Record<Signal, number> {
  const isUsual = origins.OTEL_METRIC_EXPORT_TIMEOUT === "default";
  return {
    traces: settings.OTEL_BSP_EXPORT_TIMEOUT || Infinity,
    metrics: isUsual ? Infinity : settings.OTEL_METRIC_EXPORT_TIMEOUT || Infinity,
    logs: settings.OTEL_BLRP_EXPORT_TIMEOUT || Infinity,
  };
}

/** The relay keeps the shorter of both limits. */
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
 * What describes the program beside OTEL_SERVICE_NAME, which Deno takes for weaker than an attribute.
 * It has a `service.instance.id`, which Deno does not give itself: without one, a backend such as
 * Prometheus takes the metrics of a program that was started anew for those of the one before.
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
