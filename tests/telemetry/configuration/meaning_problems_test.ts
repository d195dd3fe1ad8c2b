import { assertEquals } from "@std/assert";
import { parse } from "yaml";
import { findMeaningProblems } from "../../../lib/telemetry/configuration/meaning_problems.ts";

const EXPORTER = "/tracer_provider/processors/0/batch/exporter/otlp_http";

/** Files that are valid by the schema, and the parts that make no sense. */
const ROWS: Record<string, [text: string, ...problems: string[]]> = {
  "nothing": ["disabled: true"],
  "a name for all instruments": [
    "meter_provider: { views: [{ selector: {}, stream: { name: x } }] }",
    "/meter_provider/views/0/stream/name: must not be set for several instruments: " +
    "expected one instrument_name, without wildcards, in the selector",
  ],
  "a name for some instruments": [
    "meter_provider: { views: [{ selector: { instrument_name: http.* }, stream: { name: x } }] }",
    "/meter_provider/views/0/stream/name: must not be set for several instruments: " +
    "expected one instrument_name, without wildcards, in the selector",
  ],
  "a name for one instrument": [
    "meter_provider: { views: [{ selector: { instrument_name: a }, stream: { name: x } }] }",
  ],
  "attributes whose values are of their types": [
    `resource:
  attributes:
    - { name: a, value: "5", type: string }
    - { name: b, value: 5, type: int }
    - { name: c, value: 0.5, type: double }
    - { name: d, value: true, type: bool }
    - { name: e, value: [1, 2], type: int_array }
    - { name: f, value: null, type: int }
    - { name: g, value: 5 }`,
  ],
  "attributes whose values are not": [
    `resource:
  attributes:
    - { name: a, value: 5, type: string }
    - { name: b, value: "5", type: int }
    - { name: c, value: 0.5, type: int }
    - { name: d, value: 1, type: bool }
    - { name: e, value: [1, 0.5], type: int_array }
    - { name: f, value: a, type: string_array }`,
    "/resource/attributes/0/value: must be a string; put it in quotes, as its type says",
    "/resource/attributes/1/value: must be an integer, as its type says",
    "/resource/attributes/2/value: must be an integer, as its type says",
    "/resource/attributes/3/value: must be true or false, as its type says",
    "/resource/attributes/4/value: must be a list as its type says, each an integer",
    "/resource/attributes/5/value: must be a list as its type says, each a string; put it in quotes",
  ],
  "a list of attributes": ["resource: { attributes_list: 'a=b,c=%20' }"],
  "a bad list of attributes": [
    "resource: { attributes_list: 'a=b,c' }",
    "/resource/attributes_list: must be key=value pairs separated by commas, percent-encoded",
  ],
  "an endpoint that is none": [
    exporter("{ endpoint: 'localhost:4318' }"),
    `${EXPORTER}/endpoint: cannot send to "localhost:4318": expected an http or https URL`,
  ],
  "a compression that there is not": [
    exporter("{ compression: zip }"),
    `${EXPORTER}/compression: cannot compress with "zip": expected gzip or none`,
  ],
  "headers that cannot be sent": [
    exporter('{ headers: [{ name: a b, value: "" }, { name: a, value: "b\\nc" }], timeout: 5 }'),
    `${EXPORTER}/headers/0: must be a valid HTTP header name and value (the value is not shown)`,
    `${EXPORTER}/headers/1: must be a valid HTTP header name and value (the value is not shown)`,
  ],
  "a list of headers that is none": [
    exporter("{ headers_list: s3cr3t }"),
    `${EXPORTER}/headers_list: cannot read headers_list: ` +
    "expected key=value pairs separated by commas (it is not shown)",
  ],
  "the trust in proxies": [
    "distribution: { otel_kit: { trust_proxy: yes } }",
    "/distribution/otel_kit/trust_proxy: must be boolean",
  ],
  "a time that no timer takes": [
    exporter("{ timeout: 2147483648 }"),
    `${EXPORTER}/timeout: must be at most 2147483647; it is in milliseconds`,
  ],
};

function exporter(model: string): string {
  return `tracer_provider: { processors: [{ batch: { exporter: { otlp_http: ${model} } } }] }`;
}

for (const [name, [text, ...problems]] of Object.entries(ROWS)) {
  Deno.test(`findMeaningProblems() judges ${name}`, () => {
    const found = findMeaningProblems(parse(text));
    assertEquals(found.map(({ pointer, text }) => `${pointer}: ${text}`), problems);
  });
}
