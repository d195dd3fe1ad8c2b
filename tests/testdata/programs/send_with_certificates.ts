// deno-lint-ignore-file no-console
import { messageOf } from "../../../lib/error_message.ts";
import { createTransport } from "../../../lib/telemetry/otlp/otlp_exporter.ts";
import type { OtlpTarget } from "../../../lib/telemetry/otlp/target.ts";

/**
 * Sends an empty request over HTTP and over gRPC with each pair of certificate and key, and prints the
 * outcome. The arguments are both URLs, the CA certificate, and the pairs, each joined by a comma.
 */
const [http, grpc, certificate, ...pairs] = Deno.args as [string, string, string, ...string[]];

for (const pair of pairs) {
  const [clientCertificate, clientKey] = pair.split(",");
  for (const protocol of ["http/protobuf", "grpc"] as const) {
    const target: OtlpTarget = {
      signal: "traces",
      protocol,
      url: protocol === "grpc" ? grpc : `${http}/v1/traces`,
      headers: {},
      timeoutMillis: 10_000,
      compression: "none",
      certificate,
      clientCertificate,
      clientKey,
    };
    try {
      const transport = await createTransport(target);
      await transport.send(new Uint8Array(), target.timeoutMillis);
      transport.shutdown();
      console.log("sent");
    } catch (error) {
      console.log(messageOf(error));
    }
  }
}
