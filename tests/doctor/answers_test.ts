import { assertEquals } from "@std/assert";
import { type Circumstances, explainRefusal, type Meaning } from "../../lib/doctor/answers.ts";
import type { Answer } from "../../lib/doctor/probe.ts";
import type { OtlpTarget } from "../../lib/telemetry/otlp/target.ts";
import { grpcTarget } from "../helpers/targets.ts";
import { assertRemedies, KNOBS } from "./remedies.ts";

/** An answer, with the members that differ from a plain rejection by an HTTP server. */
interface Told extends Partial<Omit<Answer, "target">>, Partial<Omit<Circumstances, "same">> {
  target?: Partial<OtlpTarget>;
}

type Row = [trouble: string, told: Told, status: Meaning["status"], wanted: RegExp];

const GRPC: Partial<OtlpTarget> = { protocol: "grpc" };
const NOT_READY = /is not ready: try again later/;
const OWN_PROBLEM = /The server failed: see its logs/;
const NO_CREDENTIALS = /requires credentials: set them with --exporter-otlp-headers/;
const NOT_ALLOWED = /do not allow sending here: check the permissions .* --exporter-otlp-headers/;
const TOO_MUCH = /^The server is the right one: send less/;
const OTHERS_ARE_TAKEN = /does not take traces: choose --traces-exporter none, or another endpoint/;

const ROWS: Row[] = [
  ["TLS where none is spoken", { speaks: "TLS" }, "failed", /write https:\/\/ in --endpoint/],
  ["HTTP to gRPC", { speaks: "the other protocol" }, "failed", /choose grpc with --protocol/],
  [
    "gRPC to HTTP",
    { speaks: "the other protocol", target: GRPC },
    "failed",
    /speaks HTTP: choose http\/protobuf with --protocol/,
  ],
  [
    "what cannot be sent",
    { answered: false, retryable: false },
    "failed",
    /^The request cannot be sent: check --endpoint and --exporter-otlp-certificate$/,
  ],
  ["no OTLP", { answered: true }, "failed", /^This is not an OTLP server: check host and port/],
  [
    "silence",
    { answered: false, retryable: true },
    "failed",
    /accepts connections there and does not answer OTLP/,
  ],
  ["200", { httpStatus: 200 }, "failed", /^This is not an OTLP server: check host, port and path/],
  ["400", { httpStatus: 400 }, "failed", /check --protocol, now http\/protobuf/],
  ["401 without credentials", { httpStatus: 401 }, "failed", NO_CREDENTIALS],
  [
    "401 with credentials",
    { httpStatus: 401, target: { headers: { authorization: "secret" } } },
    "failed",
    /check --exporter-otlp-headers \(sent: authorization\), and whether they are expired/,
  ],
  ["403", { httpStatus: 403 }, "failed", NOT_ALLOWED],
  ["404", { httpStatus: 404 }, "failed", /^Nothing accepts OTLP at that path/],
  ["404 for one signal", { httpStatus: 404, tookOthers: true }, "failed", OTHERS_ARE_TAKEN],
  ["405", { httpStatus: 405 }, "failed", /^This is not a path for OTLP: check the path/],
  ["407", { httpStatus: 407 }, "failed", /proxy requires credentials: check HTTP_PROXY/],
  ["413", { httpStatus: 413 }, "failed", /too large: raise the limit/],
  [
    "415",
    { httpStatus: 415 },
    "failed",
    /does not take http\/protobuf: choose http\/json with --protocol$/,
  ],
  [
    "415 to JSON",
    { httpStatus: 415, target: { protocol: "http/json" } },
    "failed",
    /does not take http\/json: choose http\/protobuf with --protocol$/,
  ],
  [
    "415 to gzip",
    { httpStatus: 415, target: { compression: "gzip" } },
    "failed",
    /with gzip: choose .*, or none with --exporter-otlp-compression$/,
  ],
  ["429", { httpStatus: 429 }, "warning", TOO_MUCH],
  [
    "429 with a time",
    { httpStatus: 429, retryAfterMillis: 2500 },
    "warning",
    /and asks to wait 3 s: send less/,
  ],
  ...[502, 503, 504].map((httpStatus): Row => [
    `${httpStatus}`,
    { httpStatus },
    "failed",
    NOT_READY,
  ]),
  ["a redirect", { httpStatus: 308 }, "failed", /not followed: write the final URL in --endpoint/],
  ["500", { httpStatus: 500 }, "failed", OWN_PROBLEM],
  [
    "another status",
    { httpStatus: 418 },
    "failed",
    /^Check --endpoint, --protocol and --exporter-otlp-headers$/,
  ],
  [
    "INVALID_ARGUMENT",
    { grpcStatus: 3, target: GRPC },
    "failed",
    /does not understand even an empty request: see its logs/,
  ],
  ["DEADLINE_EXCEEDED", { grpcStatus: 4, target: GRPC }, "failed", NOT_READY],
  ["UNAVAILABLE", { grpcStatus: 14, target: GRPC }, "failed", NOT_READY],
  ...[5, 12].flatMap((grpcStatus): Row[] => [
    [
      `gRPC status ${grpcStatus}`,
      { grpcStatus, target: GRPC },
      "failed",
      /has no OTLP service: check host and port/,
    ],
    [
      `gRPC status ${grpcStatus} for one signal`,
      { grpcStatus, target: GRPC, tookOthers: true },
      "failed",
      OTHERS_ARE_TAKEN,
    ],
  ]),
  ["PERMISSION_DENIED", { grpcStatus: 7, target: GRPC }, "failed", NOT_ALLOWED],
  ["RESOURCE_EXHAUSTED", { grpcStatus: 8, target: GRPC }, "warning", TOO_MUCH],
  ["UNAUTHENTICATED", { grpcStatus: 16, target: GRPC }, "failed", NO_CREDENTIALS],
  ["INTERNAL", { grpcStatus: 13, target: GRPC }, "failed", OWN_PROBLEM],
];

Deno.test("explainRefusal() has the right remedy for each answer, and no other", () => {
  const meanings = ROWS.map(([trouble, told, status, wanted]) => {
    const { tookOthers = false, speaks, target, ...answer } = told;
    const given: Answer = {
      accepted: false,
      reason: "",
      answered: true,
      retryable: false,
      httpStatus: undefined,
      grpcStatus: undefined,
      retryAfterMillis: undefined,
      tookMillis: 1,
      ...answer,
      target: grpcTarget("http://localhost:4318", { protocol: "http/protobuf", ...target }),
    };
    const meaning = explainRefusal(given, { knobs: KNOBS, same: [given], tookOthers, speaks });
    assertEquals(meaning.status, status, trouble);
    return { trouble, remedy: meaning.remedy, wanted };
  });
  assertRemedies(meanings);
});
