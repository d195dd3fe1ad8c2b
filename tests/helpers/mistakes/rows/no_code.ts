import type { Row } from "../mistake.ts";
import { launchedRows, quizRows, rowsOf } from "./common.ts";

const AUTO = "MyHonoAppInProductionAuto";

/** Mistakes with the launcher. */
export const NO_CODE_ROWS: Row[] = [
  ...quizRows("no-code-setup"),
  ...["test-no-code", "see-no-code"].flatMap((step) => [
    ...launchedRows(step, { service: AUTO, hasFile: true }),
    ...rowsOf(step, [
      [
        "forgotten import",
        {
          runs: "base.ts",
          auto: [`--service-name=${AUTO}`],
          edit: [/import \{ Hono.*\n/, ""],
          endsAtOnce: true,
        },
        /Cannot find name 'Hono'/,
      ],
      [
        "syntax error",
        {
          runs: "base.ts",
          auto: [`--service-name=${AUTO}`],
          edit: ["new Hono();", "new Hono(;"],
          endsAtOnce: true,
        },
        /base.ts has a mistake: /,
      ],
      [
        "missing return",
        {
          runs: "base.ts",
          auto: [`--service-name=${AUTO}`],
          edit: [/\(c\) => (c\.text\("Hello.*)\);/, "(c) => void $1);"],
        },
        /404, as it does if a route returns nothing/,
      ],
      ["no deno", { hasNoDeno: true }, /Deno is not installed, or not on the PATH/],
    ]),
  ]),
  ...launchedRows("logs", { service: "WorkshopLogs", signal: "logs" }),
  ...launchedRows("sample", { service: "WorkshopSampled" }),
  ...rowsOf("sample", [
    [
      "sampler off",
      {
        runs: "base.ts",
        auto: ["--service-name=WorkshopSampled", "--traces-sampler=always_off"],
      },
      /OTEL_TRACES_SAMPLER=always_off records no spans/,
    ],
  ]),
  ...quizRows("what-did-we-learn"),
];
