import { assertEquals, assertMatch } from "@std/assert";
import {
  otlpExporterFromSettings,
  otlpNotes,
} from "../../../lib/telemetry/configuration/otlp_exporter.ts";
import { describeTarget, otlpTarget } from "../../../lib/telemetry/otlp/target.ts";
import { type Environment, readSettings } from "../../../lib/telemetry/read_settings.ts";

function targetOf(env: Environment) {
  const reading = readSettings(env);
  const target = otlpTarget(otlpExporterFromSettings(reading, "traces"), "traces");
  return { ...target, notes: otlpNotes(reading, "traces") };
}

const ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
const TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
const PROTOCOL = "OTEL_EXPORTER_OTLP_PROTOCOL";

Deno.test("otlpTarget() has the specification's defaults", () => {
  const target = targetOf({});
  assertEquals(target.protocol, "http/protobuf");
  assertEquals(target.url, "http://localhost:4318/v1/traces");
  assertEquals(target.timeoutMillis, 10_000);
  assertEquals(target.compression, "none");
  assertEquals(target.notes, []);
  assertEquals(targetOf({ [PROTOCOL]: "grpc" }).url, "http://localhost:4317");
});

Deno.test("otlpTarget() appends the signal's path to an endpoint for all", () => {
  assertEquals(targetOf({ [ENDPOINT]: "http://a:1" }).url, "http://a:1/v1/traces");
  assertEquals(targetOf({ [ENDPOINT]: "http://a:1/" }).url, "http://a:1/v1/traces");
  assertEquals(targetOf({ [ENDPOINT]: "http://a:1/b/" }).url, "http://a:1/b/v1/traces");
  assertEquals(targetOf({ [ENDPOINT]: "http://a:1/b?c=d" }).url, "http://a:1/b/v1/traces?c=d");
});

Deno.test("otlpTarget() uses an endpoint for traces as it is", () => {
  assertEquals(targetOf({ [TRACES_ENDPOINT]: "http://a:1" }).url, "http://a:1/");
  assertEquals(
    targetOf({ [TRACES_ENDPOINT]: "http://a:1/x", [ENDPOINT]: "http://b" }).url,
    "http://a:1/x",
  );
});

Deno.test("otlpTarget() prefers what is set for traces", () => {
  const target = targetOf({
    [PROTOCOL]: "grpc",
    OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: "http/json",
    OTEL_EXPORTER_OTLP_HEADERS: "a=1,b=2",
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: "B=3",
    OTEL_EXPORTER_OTLP_TIMEOUT: "1",
    OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: "0",
    OTEL_EXPORTER_OTLP_COMPRESSION: "gzip",
    OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: "none",
    OTEL_EXPORTER_OTLP_CERTIFICATE: "all.pem",
  });
  assertEquals(target.protocol, "http/json");
  assertEquals(target.headers, { a: "1", b: "3" });
  assertEquals(target.timeoutMillis, Infinity);
  assertEquals(target.compression, "none");
  assertEquals(target.certificate, "all.pem");
});

Deno.test("otlpTarget() uses gRPC for port 4317, and reports it", () => {
  const target = targetOf({ [ENDPOINT]: "http://localhost:4317" });
  assertEquals(target.protocol, "grpc");
  assertEquals(target.url, "http://localhost:4317");
  assertMatch(target.notes.join(), /gRPC.*4317/);
});

Deno.test("otlpTarget() uses the given protocol on the other's port, and reports it", () => {
  const http = targetOf({ [ENDPOINT]: "http://localhost:4317", [PROTOCOL]: "http/protobuf" });
  assertEquals(http.url, "http://localhost:4317/v1/traces");
  assertMatch(http.notes.join(), /4317.*try port 4318/);
  const grpc = targetOf({ [ENDPOINT]: "http://localhost:4318", [PROTOCOL]: "grpc" });
  assertEquals(grpc.protocol, "grpc");
  assertMatch(grpc.notes.join(), /4318.*try port 4317/);
});

Deno.test("otlpTarget() uses gRPC for host and port alone, with TLS unless it is insecure", () => {
  const env = { [ENDPOINT]: "collector:4317" };
  assertEquals(targetOf(env).url, "https://collector:4317");
  const insecure = { ...env, OTEL_EXPORTER_OTLP_TRACES_INSECURE: "true" };
  assertEquals(targetOf(insecure).url, "http://collector:4317");
  const plain = { ...insecure, [ENDPOINT]: "https://collector:4317" };
  assertEquals(targetOf(plain).url, "https://collector:4317");
});

Deno.test("otlpNotes() finds paths that differ from what users expect", () => {
  assertMatch(targetOf({ [TRACES_ENDPOINT]: "http://a:4318" }).notes.join(), /Most servers want/);
  assertMatch(
    targetOf({ [ENDPOINT]: "http://a:4318/v1/traces" }).notes.join(),
    /Leave the path out/,
  );
});

Deno.test("describeTarget() hides credentials", () => {
  const target = targetOf({ [ENDPOINT]: "https://user:secret@a/b" });
  assertEquals(describeTarget(target), "http/protobuf to https://***@a/b/v1/traces");
});
