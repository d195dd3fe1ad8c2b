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

/** The target of `--forward`, with its settings. */
export interface ForwardRoute extends Pick<ForwarderOptions, "url" | "transports"> {
  /** One line: protocol and URL, without credentials. */
  description: string;
  hostname: string;
  port: number;
  /** Why the target is unreachable at the moment; undefined if it listens. */
  probe(): Promise<string | undefined>;
}

/** The environment variables that apply to it: protocol and credentials, but not endpoints. */
const USED =
  /^OTEL_EXPORTER_OTLP_(PROTOCOL|HEADERS|COMPRESSION|TIMEOUT|CERTIFICATE|CLIENT_KEY|CLIENT_CERTIFICATE)$/;

/** The timeout for opening a connection. */
const PROBE_TIMEOUT_MS = 2000;

/**
 * The target of `--forward`. It is read like OTEL_EXPORTER_OTLP_ENDPOINT: each signal gets its path, and port
 * 4317 implies gRPC. Protocol, headers, certificates and compression come from the environment. JSON is not
 * supported, because requests are forwarded as they are stored.
 *
 * @throws {UsageError} If the endpoint is invalid, or a certificate cannot be read.
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
      // Only a request shows whether a proxy reaches the target.
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
