/** A Deno program and the real Collector, which requires a client certificate. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { isAtLeast } from "../../../lib/launcher/deno/version.ts";
import { withOtelcol } from "../../helpers/otelcol.ts";
import { TLS_FILES } from "../../helpers/tls_files.ts";
import { needsServers } from "../../helpers/servers.ts";
import { launch, testOnEach } from "./launching.ts";

const STRICT = {
  cert_file: TLS_FILES.cert,
  key_file: TLS_FILES.key,
  client_ca_file: TLS_FILES.ca,
};

const OWN = {
  OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: TLS_FILES.clientCert,
  OTEL_EXPORTER_OTLP_CLIENT_KEY: TLS_FILES.clientKey,
};

for (
  const [name, protocol, since] of [
    ["http", "http/protobuf", "2.7.12"],
    ["grpc", "grpc", "2.8.0"],
  ] as const
) {
  testOnEach(`a client certificate is shown over ${name}`, async (deno) => {
    await withOtelcol(async (otelcol) => {
      await otelcol.start();
      const env = {
        OTEL_EXPORTER_OTLP_ENDPOINT: otelcol.endpoints[name],
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_EXPORTER_OTLP_CERTIFICATE: TLS_FILES.ca,
        OTEL_METRICS_EXPORTER: "none",
        OTEL_LOGS_EXPORTER: "none",
      };
      await launch(deno, { ...env, OTEL_SERVICE_NAME: "without" });
      const shown = await launch(deno, { ...env, ...OWN, OTEL_SERVICE_NAME: "shown" });
      const text = await otelcol.waitForLines(1);
      assertStringIncludes(text, '"shown"');
      assertEquals(text.includes('"without"'), false);
      assertEquals(shown.isRelayed, !isAtLeast(deno.version, since), shown.stderr);
    }, STRICT);
  }, needsServers("collector"));
}
