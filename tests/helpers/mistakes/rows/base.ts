import type { Row } from "../mistake.ts";
import { appRows, rowsOf } from "./common.ts";

/** Mistakes with the app that isn't instrumented. */
export const BASE_ROWS: Row[] = [
  ...["base-app", "test-base"].flatMap((step) => [
    ...appRows(step),
    ...rowsOf(step, [
      ["wrong file", { runs: "manual.ts" }, /is manual.ts, and this step is about base.ts/],
      [
        "forgotten import",
        { runs: "base.ts", edit: [/import \{ Hono.*\n/, ""], endsAtOnce: true },
        /Cannot find name 'Hono'/,
      ],
      [
        "syntax error",
        { runs: "base.ts", edit: ["new Hono();", "new Hono(;"], endsAtOnce: true },
        /base.ts has a mistake: /,
      ],
      [
        "missing return",
        { runs: "base.ts", edit: [/\(c\) => (c\.text\("Hello.*)\);/, "(c) => void $1);"] },
        /404, as it does if a route returns nothing/,
      ],
      ["no deno", { hasNoDeno: true }, /Deno is not installed, or not on the PATH/],
    ]),
  ]),
  ...rowsOf("test-base", [
    ["no request by the learner", { runs: "base.ts" }, /you haven't shown the guide/],
  ]),
];
