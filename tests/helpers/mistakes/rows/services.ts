import type { Mistake, Row } from "../mistake.ts";
import {
  appRows,
  brokenFileRows,
  DEAD,
  exportingRows,
  GRPC_PORT,
  type Rest,
  rowsOf,
} from "./common.ts";

/** Mistakes with several services, and with metrics by hand. */
export const SERVICES_ROWS: Row[] = [
  ...exportingRows("join-the-traces", {
    name: "shop.ts",
    other: "orders.ts",
    rename: ['"WorkshopStock"', '"other"'],
    noReturn: ["return c.text(`In the shop", "c.text(`In the shop"],
    noEnd: [/span\.end\(\);\n *return c\.text\("3 books/, 'return c.text("3 books'],
    endSaid: /none from "WorkshopStock", and shop.ts starts 2 spans, but ends only 1/,
  }),
  ...rowsOf("join-the-traces", [
    [
      "context not injected",
      { runs: "shop.ts", edit: [/.*propagation\.inject.*\n/, ""] },
      /doesn't pass one on/,
    ],
  ]),
  ...metricsRows(),
];

function metricsRows(): Row[] {
  const paths = Array.from({ length: 12 }, () => "/order/book");
  const edited = (...edit: NonNullable<Mistake["edit"]>): Mistake => ({
    runs: "metrics.ts",
    edit,
    paths,
  });
  const rests: Rest[] = [
    ["base app on the port", { runs: "base.ts" }, /is base.ts, .* metrics.ts/],
    ["wrong file", { runs: "shop.ts" }, /is shop.ts, .* metrics.ts/],
    [
      "wrong port",
      { runs: "metrics.ts", env: DEAD, paths },
      /The app sends to port \d+, but the receiver/,
    ],
    [
      "wrong protocol",
      { runs: "metrics.ts", env: GRPC_PORT, paths },
      /accepts gRPC, but the app sends/,
    ],
    ["wrong name", edited("WorkshopMetrics", "other"), /Prometheus, but not with WorkshopMetrics/],
    [
      "exporter none",
      edited(/ {2}readers: \[[^]*?\n {2}\],\n/, ""),
      /metrics.ts has no exporter for metrics/,
    ],
    ["wrong name of the counter", edited("workshop.orders", "orders"), /name "workshop.orders"/],
    ["nothing counted", edited(/.*orders\.add.*\n/, ""), /call `orders.add\(1, attributes\)`/],
    ["wrong unit", edited('unit: "s"', 'unit: "ms"'), /its unit "s"/],
    [
      "too many series",
      edited("{ item }", "{ item, customer: crypto.randomUUID() }"),
      /Remove `customer` from the attributes/,
    ],
    [
      "missing return",
      edited(/\(c\) => (c\.text\("Order at.*)\);/, "(c) => void $1);"),
      /404, as it does if a route returns nothing/,
    ],
    ["no deno", { hasNoDeno: true }, /Deno is not installed, or not on the PATH/],
    ...brokenFileRows("metrics.ts", "OTLPMetricExporter"),
  ];
  return [...appRows("count-by-hand"), ...rowsOf("count-by-hand", rests)];
}
