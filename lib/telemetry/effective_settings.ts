import { type Signal, SIGNALS } from "../otlp/signal.ts";
import { otlpExporterFromSettings } from "./configuration/otlp_exporter.ts";
import { DEFAULT_TIMEOUT_MS } from "./otlp/target.ts";
import { type Origin, readSettings, type SettingsReading } from "./read_settings.ts";
import { type Settings, type Variable, VARIABLES } from "./settings.ts";

/** Where an effective value came from; `derived` means from other settings. */
export type EffectiveOrigin = Origin | "derived";

/** Every setting as it takes effect. */
export interface EffectiveSettings {
  /** Undefined if there is none: no limit, no file, no header. */
  settings: Settings;
  origins: Readonly<Record<Variable, EffectiveOrigin>>;
}

/** Spans and log records without limits of their own use the general ones. */
const INHERITED: readonly (readonly [Variable, Variable])[] = [
  ["OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT"],
  ["OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "OTEL_ATTRIBUTE_COUNT_LIMIT"],
  ["OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT"],
  ["OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT", "OTEL_ATTRIBUTE_COUNT_LIMIT"],
];

/** Limits that never exceed another one. */
const BOUNDED: readonly (readonly [Variable, Variable])[] = [
  ["OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "OTEL_BSP_MAX_QUEUE_SIZE"],
  ["OTEL_BLRP_MAX_EXPORT_BATCH_SIZE", "OTEL_BLRP_MAX_QUEUE_SIZE"],
  ["OTEL_METRIC_EXPORT_TIMEOUT", "OTEL_METRIC_EXPORT_INTERVAL"],
];

type Values = Partial<Record<Variable, unknown>>;

/**
 * The settings as they take effect: unset ones are filled in, such as the protocol that follows from a port.
 */
export function effectiveSettings(reading: SettingsReading): EffectiveSettings {
  const settings = effectiveValues(reading);
  const usual = effectiveValues(readSettings({}));
  const origins = VARIABLES.map((variable) => {
    const isAsGiven = settings[variable] === reading.settings[variable];
    const isUsual = String(settings[variable]) === String(usual[variable]);
    return [variable, isAsGiven ? reading.origins[variable] : isUsual ? "default" : "derived"];
  });
  return { settings: settings as unknown as Settings, origins: Object.fromEntries(origins) };
}

function effectiveValues(reading: SettingsReading): Values {
  const values: Values = { ...reading.settings };
  for (const [variable, common] of INHERITED) values[variable] ??= values[common];
  for (const [variable, bound] of BOUNDED) {
    const [value, most] = [Number(values[variable]), Number(values[bound])];
    if (value > most || value === 0 && variable === "OTEL_METRIC_EXPORT_TIMEOUT") {
      values[variable] = most;
    }
  }
  for (const signal of SIGNALS) fillIn(values, `${infixOf(signal)}_`, otlpOf(reading, signal));
  fillIn(values, "", commonOtlp(reading));
  return values;
}

/** Sets a setting that is not set. */
function fillIn(values: Values, infix: string, otlp: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(otlp)) {
    values[`OTEL_EXPORTER_OTLP_${infix}${name}` as Variable] ??= value;
  }
}

/** How a signal is sent. */
function otlpOf(reading: SettingsReading, signal: Signal): Record<string, unknown> {
  const { otlp_grpc, otlp_http } = otlpExporterFromSettings(reading, signal);
  const { endpoint, compression, timeout, headers, tls } = otlp_grpc ?? otlp_http ?? {};
  return {
    ENDPOINT: endpoint,
    PROTOCOL: otlp_grpc ? "grpc" : `http/${otlp_http?.encoding}`,
    HEADERS: headers?.length ? headers : undefined,
    TIMEOUT: timeout,
    COMPRESSION: compression,
    INSECURE: otlp_grpc?.tls?.insecure ?? reading.settings.OTEL_EXPORTER_OTLP_INSECURE ?? false,
    CERTIFICATE: tls?.ca_file ?? undefined,
    CLIENT_KEY: tls?.key_file ?? undefined,
    CLIENT_CERTIFICATE: tls?.cert_file ?? undefined,
  };
}

/** How a signal without settings of its own is sent. */
function commonOtlp(reading: SettingsReading): Record<string, unknown> {
  const own = /^OTEL_EXPORTER_OTLP_(TRACES|METRICS|LOGS)_/;
  const unset = VARIABLES.filter((variable) => own.test(variable));
  const common = Object.fromEntries(unset.map((variable) => [variable, undefined]));
  const { ENDPOINT, PROTOCOL } = otlpOf({
    ...reading,
    settings: { ...reading.settings, ...common } as Settings,
    origins: { ...reading.origins, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "default" },
  }, "traces");
  return {
    ENDPOINT: String(ENDPOINT).replace(/\/v1\/traces$/, ""),
    PROTOCOL,
    TIMEOUT: DEFAULT_TIMEOUT_MS,
    COMPRESSION: "none",
    INSECURE: false,
  };
}

function infixOf(signal: Signal): Uppercase<Signal> {
  return signal.toUpperCase() as Uppercase<Signal>;
}
