import type { Row } from "../mistake.ts";
import { type ExportingFile, exportingRows, rowsOf } from "./common.ts";

const FILE: ExportingFile = {
  name: "middleware.ts",
  other: "manual.ts",
  rename: ["MyHonoAppInProductionContrib", "other"],
  noReturn: [/\(c\) => (c\.text\("Hello.*)\);/, "(c) => void $1);"],
  returnSaid: /middleware.ts has a mistake: .*\(middleware.ts:\d+:\d+\)/,
};

/** Mistakes with the middleware. */
export const MIDDLEWARE_ROWS: Row[] = [
  ...["middleware-code", "test-middleware", "see-middleware"]
    .flatMap((step) => exportingRows(step, FILE)),
  ...rowsOf("middleware-code", [
    [
      "no provider",
      { runs: "middleware.ts", edit: [/trace\.setGlobalTracerProvider.*\n/, ""] },
      /registers no provider/,
    ],
    [
      "still the manual spans",
      {
        runs: "middleware.ts",
        edit: [/app\.use\([^]*?\}\)\);\n/, 'trace.getTracer("m").startSpan("root").end();\n'],
      },
      /SERVER|manual|no span/,
    ],
  ]),
];
