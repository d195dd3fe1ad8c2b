import { closedUrl } from "../../ports.ts";
import type { Mistake, Row } from "../mistake.ts";

/** Nothing listens there. */
export const DEAD = { OTEL_EXPORTER_OTLP_ENDPOINT: closedUrl() };
/** The receiver for gRPC, for an app that sends over HTTP. */
export const GRPC_PORT = { OTEL_EXPORTER_OTLP_ENDPOINT: "GRPC" };

/** What a row says besides its step. */
export type Rest = [what: string, mistake: Mistake, said: RegExp];

export function rowsOf(step: string, rests: readonly Rest[]): Row[] {
  return rests.map((rest) => [step, ...rest]);
}

/** For a step with questions. */
export function quizRows(step: string): Row[] {
  return rowsOf(step, [
    ["no answer", {}, /(is|are) open: /],
    ["wrong answers", { isWrong: true }, /Not (all four|all six|all three|both|five|quite)/],
  ]);
}

/** For a step with an app. */
export function appRows(step: string): Row[] {
  return rowsOf(step, [
    ["app not started", {}, /nothing is listening at http/],
    ["port taken", { isTaken: true }, /is the port taken by/],
  ]);
}

/** What a step's file is like that exports its own telemetry. */
export interface ExportingFile {
  name: string;
  /** Another file that runs by mistake. */
  other: string;
  /** Changes the name of the service that the step looks for. */
  rename: [from: string, to: string];
  /** Leaves out the `return` of the route of `/`. */
  noReturn: [from: string | RegExp, to: string];
  /** What is said about it. */
  returnSaid?: RegExp;
  /** Leaves out the end of each span; undefined if no span is written by hand. */
  noEnd?: [from: string | RegExp, to: string];
  /** What is said about it. */
  endSaid?: RegExp;
}

/** For a step whose app is a file that exports its own spans. */
export function exportingRows(step: string, file: ExportingFile): Row[] {
  const { name, other, rename, noReturn, noEnd, endSaid = /never ends a span/ } = file;
  const { returnSaid = /404, as it does if a route returns nothing/ } = file;
  const edited = (...edit: NonNullable<Mistake["edit"]>): Mistake => ({ runs: name, edit });
  return [
    ...appRows(step),
    ...rowsOf(step, [
      ["base app on the port", { runs: "base.ts" }, new RegExp(`is base.ts, .* ${name}`)],
      ["wrong file", { runs: other }, new RegExp(`is ${other}, .* ${name}`)],
      ["wrong port", { runs: name, env: DEAD }, /The app sends to port \d+, but the receiver/],
      ["wrong protocol", { runs: name, env: GRPC_PORT }, /accepts gRPC, but the app sends/],
      ["wrong name", edited(...rename), /OTEL_SERVICE_NAME has no effect/],
      ["exporter none", edited(/.*OTLPTraceExporter\(\).*\n/, ""), /has no exporter for OTLP/],
      ["missing return", edited(...noReturn), returnSaid],
      ["no deno", { hasNoDeno: true }, /Deno is not installed, or not on the PATH/],
    ]),
    ...rowsOf(step, brokenFileRows(name, "OTLPTraceExporter")),
    ...noEnd ? rowsOf(step, [["span not ended", edited(...noEnd), endSaid]]) : [],
  ];
}

/** For a file that doesn't run. */
export function brokenFileRows(name: string, imported: string): Rest[] {
  return [
    [
      "forgotten import",
      { runs: name, edit: [new RegExp(`import \\{ ${imported}.*\\n`), ""], endsAtOnce: true },
      new RegExp(`Cannot find name '${imported}'`),
    ],
    [
      "syntax error",
      { runs: name, edit: ["new Hono();", "new Hono(;"], endsAtOnce: true },
      new RegExp(`${name} has a mistake: .*\\(${name}:\\d+:\\d+\\)`),
    ],
  ];
}

/** What a launched step expects. */
export interface Launched {
  service: string;
  /** Whether the step looks for the name; otherwise, any name will do. */
  isNamed?: boolean;
  /** Whether it is the learner's file; otherwise, any app will do. */
  hasFile?: boolean;
  /** The signal that it looks at first. */
  signal?: "traces" | "metrics" | "logs";
}

/** For a step whose app is launched: the base app, or another one by mistake. */
export function launchedRows(step: string, launched: Launched): Row[] {
  const { service, signal = "traces", hasFile = false, isNamed = true } = launched;
  const launch = (...more: string[]): Mistake => ({
    runs: "base.ts",
    auto: [`--service-name=${service}`, ...more],
  });
  const renamed = { ...launch(), auto: ["--service-name=other"] };
  return [
    ...appRows(step),
    ...rowsOf(step, [
      ["base app on the port", { runs: "base.ts" }, /base.ts runs without .* auto,/],
      ["wrong port", launch(`--endpoint=${closedUrl()}`), /sends to port \d+, but/],
      [
        "wrong protocol",
        launch("--endpoint=GRPC", "--protocol=http/protobuf"),
        /accepts gRPC, but the app sends over HTTP/,
      ],
    ]),
    ...!isNamed ? [] : rowsOf(step, [
      [
        "wrong name",
        renamed,
        signal === "traces"
          ? new RegExp(`Set its name: OTEL_SERVICE_NAME=${service}`)
          : new RegExp(`(from|with) "?${service}.* but from "?other`),
      ],
    ]),
    ...rowsOf(step, [
      [
        "exporter none",
        launch(`--${signal}-exporter=none`),
        new RegExp(`OTEL_${signal.toUpperCase()}_EXPORTER=none sends no`),
      ],
    ]),
    ...hasFile
      ? rowsOf(step, [
        ["wrong file", { ...launch(), runs: "manual.ts" }, /is manual.ts, and this step is about/],
      ])
      : [],
  ];
}
