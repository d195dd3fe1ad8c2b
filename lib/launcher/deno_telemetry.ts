import { configurationFromSettings } from "../telemetry/configuration/from_settings.ts";
import { exportersOf } from "../telemetry/configuration/exporters.ts";
import { DEFAULT_TIMEOUT_MS, type OtlpTarget, otlpTarget } from "../telemetry/otlp/target.ts";
import type { SettingsReading } from "../telemetry/read_settings.ts";
import { type Signal, SIGNALS } from "../telemetry/setting.ts";
import type { RelayRoute } from "./relay.ts";

type Env = Record<string, string>;

/** How the telemetry of a Deno program gets to where it shall go. */
export interface DenoRouting {
  routes: Record<Signal, RelayRoute>;
  /** Whether Deno's own exporter cannot do that, so that the relay must. */
  needsRelay: boolean;
  /** One sentence for each exporter that there is not. */
  warnings: string[];
}

/** The switches of Deno's telemetry, with the word for off. */
const SWITCHES: Record<Signal, readonly [variable: string, off: string]> = {
  traces: ["OTEL_DENO_TRACING", "false"],
  metrics: ["OTEL_DENO_METRICS", "false"],
  logs: ["OTEL_DENO_CONSOLE", "ignore"],
};

/** Works out where the settings send each signal, and whether Deno 2.7 can do that by itself. */
export function routeDenoTelemetry(reading: SettingsReading): DenoRouting {
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
          `OTEL_${signal.toUpperCase()}_EXPORTER "${word}": no effect on deno; ` +
            "it has no such exporter",
        );
      }
    }
    return { targets, console };
  };
  const routes = { traces: routeOf("traces"), metrics: routeOf("metrics"), logs: routeOf("logs") };
  return { routes, needsRelay: !canDoAlone(Object.values(routes)), warnings };
}

/**
 * Plain OTLP over HTTP, in one encoding for all signals and with no time limit of its own, is what
 * Deno does; and switching off.
 */
function canDoAlone(routes: RelayRoute[]): boolean {
  const targets = routes.flatMap(({ targets }) => targets);
  return routes.every(({ console }) => !console) &&
    targets.every(({ protocol, compression, certificate, clientCertificate, timeoutMillis }) =>
      timeoutMillis === DEFAULT_TIMEOUT_MS && protocol !== "grpc" &&
      protocol === targets[0]?.protocol && compression === "none" &&
      certificate === targets[0]?.certificate &&
      clientCertificate === targets[0]?.clientCertificate
    );
}

/** The variables that turn off what goes nowhere. */
export function switchesOf(routes: Record<Signal, RelayRoute>): Env {
  return Object.fromEntries(
    SIGNALS.filter((signal) => routes[signal].targets.length === 0 && !routes[signal].console)
      .map((signal) => SWITCHES[signal]),
  );
}

/** The variables of a program that sends to the relay: what the relay does is not its matter. */
export function behindRelay(env: Env, url: string): Env {
  const kept = Object.entries(env).filter(([name]) =>
    !/^OTEL_EXPORTER_OTLP_(?!METRICS_(TEMPORALITY|DEFAULT))/.test(name)
  );
  return {
    ...Object.fromEntries(kept),
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
  };
}

/**
 * The variables of a program that sends by itself: what Deno reads for all signals alone is spelled
 * out there, if it was said for each of them.
 */
export function withoutRelay(env: Env, routes: Record<Signal, RelayRoute>): Env {
  const [target] = Object.values(routes).flatMap(({ targets }) => targets);
  if (!target) return env;
  const { protocol, certificate, clientCertificate, clientKey } = target;
  return {
    ...env,
    OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
    ...certificate !== undefined && { OTEL_EXPORTER_OTLP_CERTIFICATE: certificate },
    ...clientCertificate !== undefined &&
      { OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: clientCertificate },
    ...clientKey !== undefined && { OTEL_EXPORTER_OTLP_CLIENT_KEY: clientKey },
  };
}
