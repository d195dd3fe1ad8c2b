import type { Mistake, Row } from "../mistake.ts";
import { type ExportingFile, exportingRows, rowsOf } from "./common.ts";

const FILE: ExportingFile = {
  name: "manual.ts",
  other: "middleware.ts",
  rename: ["MyHonoAppInProductionManual", "other"],
  noReturn: ["return c.text(greeting, 200);", "c.text(greeting, 200);"],
  noEnd: [/.*\b(root|greet)\.end\(\);\n/g, ""],
};

function edited(...edit: NonNullable<Mistake["edit"]>): Mistake {
  return { runs: "manual.ts", edit };
}

/** Mistakes with spans by hand. */
export const BY_HAND_ROWS: Row[] = [
  ...["first-span", "record-the-error", "flush-at-the-end", "test-manual", "see-manual"]
    .flatMap((step) => exportingRows(step, FILE)),
  ...rowsOf("first-span", [
    [
      "wrong port in the code",
      edited("TraceExporter()", 'TraceExporter({ url: "http://localhost:1/v1/traces" })'),
      /sends to http:\/\/localhost:1\/v1\/traces/,
    ],
    [
      "no provider",
      edited(/trace\.setGlobalTracerProvider.*\n/, ""),
      /registers no provider/,
    ],
    [
      "child not ended",
      edited(/.*greet\.end\(\);\n/, ""),
      /a span that never ends is never sent/,
    ],
    [
      "no context manager",
      edited(/context\.setGlobalContextManager.*\n/, ""),
      /Is the context manager registered and enabled/,
    ],
    ["no event", edited(/.*addEvent.*\n/g, ""), /The span has no event "root_event"/],
    ["wrong name of the span", edited(/"root"/g, '"route"'), /none has the name "root"/],
  ]),
  ...rowsOf("record-the-error", [
    [
      "/error not instrumented",
      edited(/root\.setStatus.*\n/, ""),
      /does `catch` set the status/,
    ],
    [
      "error swallowed",
      edited("throw error;", 'return c.text("Oops");'),
      /you must rethrow it/,
    ],
    [
      "only the failing span not ended",
      edited(/finally \{\n *root\.end\(\);\n *\}/, "finally {}"),
      /does its span end in `finally`/,
    ],
    [
      "no exception",
      edited(/.*recordException.*\n/, ""),
      /Add to catch: `root.recordException/,
    ],
  ]),
  ...rowsOf("flush-at-the-end", [
    [
      "no shutdown",
      {
        ...edited(/await provider\.shutdown.*\n/, ""),
        env: { OTEL_BSP_SCHEDULE_DELAY: "3000" },
        stopsDuring: true,
      },
      /stopped with spans in its queue, and they are lost. Add `await provider.shutdown/,
    ],
    ["app never stopped", { runs: "manual.ts" }, /press Ctrl-C in the app's terminal/],
  ]),
];
