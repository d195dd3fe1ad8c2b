import type { ForwarderOptions } from "../../collector/forward/forwarder.ts";
import { connectionFailure, NO_ANSWER } from "../../connection_failure.ts";
import { messageOf } from "../../error_message.ts";
import { addressOf } from "../../host.ts";
import { otlpExporterFromSettings } from "../../telemetry/configuration/otlp_exporter.ts";
import { createTransport } from "../../telemetry/otlp/otlp_exporter.ts";
import { findProxyRoute, readProxyVariables } from "../../telemetry/otlp/proxy.ts";
import type { OtlpTransport } from "../../telemetry/otlp/transport.ts";
import { describeTarget, type OtlpTarget, otlpTarget } from "../../telemetry/otlp/target.ts";
import { type Environment, readSettings } from "../../telemetry/read_settings.ts";
import { type Signal, SIGNALS } from "../../otlp/signal.ts";
import { maskCredentials } from "../../telemetry/value_types.ts";
import { UsageError } from "../errors.ts";

/** Where `--forward` goes and how. */
export interface ForwardRoute extends Pick<ForwarderOptions, "url" | "transports"> {
  /** In a line: protocol and URL, without credentials. */
  description: string;
  hostname: string;
  port: number;
  /** Why nobody can be reached there at the moment; undefined if somebody listens. */
  probe(): Promise<string | undefined>;
}

/** What of the environment counts for it: how to send and to get in, and not where to go. */
const USED =
  /^OTEL_EXPORTER_OTLP_(PROTOCOL|HEADERS|COMPRESSION|TIMEOUT|CERTIFICATE|CLIENT_KEY|CLIENT_CERTIFICATE)$/;

/** How long to wait for a port to be opened. */
const PROBE_TIMEOUT_MS = 2000;

/**
 * The way to the endpoint of `--forward`. It is read like OTEL_EXPORTER_OTLP_ENDPOINT: each signal
 * gets its path, and port 4317 means gRPC. Protocol, headers, certificates and compression are those
 * of the environment; JSON is not sent, because requests are passed on as they are kept.
 *
 * @throws {UsageError} If the endpoint is none, or a certificate cannot be read.
 */
export async function openForwardRoute(
  endpoint: string,
  env: Environment = Deno.env.toObject(),
): Promise<ForwardRoute> {
  const shown = maskCredentials(endpoint);
  if (!/^https?:\/\//i.test(endpoint) || !URL.canParse(endpoint)) {
    throw new UsageError(
      `Cannot use --forward "${shown}": expected an http or https URL, like http://localhost:4318`,
    );
  }
  const used = Object.entries(env).filter(([name, value]) =>
    USED.test(name) && value !== "http/json"
  );
  const reading = readSettings(Object.fromEntries(used), {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  });
  try {
    const targets = SIGNALS.map((signal) =>
      [signal, otlpTarget(otlpExporterFromSettings(reading, signal), signal)] as const
    );
    return { ...await openRoute(targets), url: shown };
  } catch (error) {
    throw new UsageError(`Cannot use --forward "${shown}": ${messageOf(error)}`, {
      cause: error,
    });
  }
}

async function openRoute(
  targets: readonly (readonly [Signal, OtlpTarget])[],
): Promise<Omit<ForwardRoute, "url">> {
  const transports: [Signal, OtlpTransport][] = [];
  for (const [signal, target] of targets) {
    transports.push([signal, await createTransport(target)]);
  }
  const [, target] = targets[0]!;
  const address = addressOf(new URL(target.url));
  return {
    ...address,
    transports: Object.fromEntries(transports) as Record<Signal, OtlpTransport>,
    description: describeTarget(target).replace(/\/v1\/\w+$/, ""),
    async probe() {
      // What a proxy reaches, only a request tells.
      if (findProxyRoute(new URL(target.url), readProxyVariables()).proxy) return undefined;
      const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
      try {
        (await Deno.connect({ ...address, signal })).close();
        return undefined;
      } catch (error) {
        return signal.aborted ? NO_ANSWER : connectionFailure(error);
      }
    },
  };
}
