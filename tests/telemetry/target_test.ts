import { assertEquals, assertMatch } from "@std/assert";
import { describeTarget, resolveOtlpTarget } from "../../lib/telemetry/otlp/target.ts";
import { type Environment, readSettings } from "../../lib/telemetry/settings.ts";

function targetOf(env: Environment) {
  return resolveOtlpTarget(readSettings(env), "traces");
}

const ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
const TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
const PROTOCOL = "OTEL_EXPORTER_OTLP_PROTOCOL";

Deno.test("resolveOtlpTarget() has the specification's defaults", () => {
  const target = targetOf({});
  assertEquals(target.protocol, "http/protobuf");
  assertEquals(target.url, "http://localhost:4318/v1/traces");
  assertEquals(target.timeoutMillis, 10_000);
  assertEquals(target.compression, "none");
  assertEquals(target.notes, []);
  assertEquals(targetOf({ [PROTOCOL]: "grpc" }).url, "http://localhost:4317");
});

Deno.test("resolveOtlpTarget() appends the signal's path to an endpoint for all", () => {
  assertEquals(targetOf({ [ENDPOINT]: "http://a:1" }).url, "http://a:1/v1/traces");
  assertEquals(targetOf({ [ENDPOINT]: "http://a:1/" }).url, "http://a:1/v1/traces");
  assertEquals(targetOf({ [ENDPOINT]: "http://a:1/b/" }).url, "http://a:1/b/v1/traces");
  assertEquals(targetOf({ [ENDPOINT]: "http://a:1/b?c=d" }).url, "http://a:1/b/v1/traces?c=d");
});

Deno.test("resolveOtlpTarget() uses an endpoint for traces as it is", () => {
  assertEquals(targetOf({ [TRACES_ENDPOINT]: "http://a:1" }).url, "http://a:1/");
  assertEquals(
    targetOf({ [TRACES_ENDPOINT]: "http://a:1/x", [ENDPOINT]: "http://b" }).url,
    "http://a:1/x",
  );
});

Deno.test("resolveOtlpTarget() prefers what is set for traces", () => {
  const target = targetOf({
    [PROTOCOL]: "grpc",
    OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: "http/json",
    OTEL_EXPORTER_OTLP_HEADERS: "a=1,b=2",
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: "b=3",
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

Deno.test("resolveOtlpTarget() takes gRPC for port 4317, and says so", () => {
  const target = targetOf({ [ENDPOINT]: "http://localhost:4317" });
  assertEquals(target.protocol, "grpc");
  assertEquals(target.url, "http://localhost:4317");
  assertMatch(target.notes.join(), /gRPC.*4317/);
});

Deno.test("resolveOtlpTarget() does as asked on the other's port, and says so", () => {
  const http = targetOf({ [ENDPOINT]: "http://localhost:4317", [PROTOCOL]: "http/protobuf" });
  assertEquals(http.url, "http://localhost:4317/v1/traces");
  assertMatch(http.notes.join(), /4317.*try port 4318/);
  const grpc = targetOf({ [ENDPOINT]: "http://localhost:4318", [PROTOCOL]: "grpc" });
  assertEquals(grpc.protocol, "grpc");
  assertMatch(grpc.notes.join(), /4318.*try port 4317/);
});

Deno.test("describeTarget() hides credentials", () => {
  const target = targetOf({ [ENDPOINT]: "https://user:secret@a/b" });
  assertEquals(describeTarget(target), "http/protobuf to https://***@a/b/v1/traces");
});
