import type { Attributes } from "@opentelemetry/api";
import type { ViewConfigModel } from "@opentelemetry/configuration";
import { AggregationType } from "@opentelemetry/sdk-metrics";
import { assertEquals, assertMatch } from "@std/assert";
import { createViews } from "../../../lib/telemetry/metrics/views.ts";

Deno.test("createViews() leaves out and reports what the SDK rejects: the app continues", () => {
  const models: ViewConfigModel[] = [
    { selector: { instrument_name: "a.*" }, stream: { name: "b" } },
    { selector: {}, stream: { name: "b" } },
    { selector: { instrument_name: "a" }, stream: { name: "b" } },
  ];
  const reports: string[] = [];
  const views = createViews(models, (line) => void reports.push(line));
  assertEquals(views, [{ instrumentName: "a", name: "b" }]);
  assertEquals(reports.length, 2);
  for (const line of reports) assertMatch(line, /^Cannot use a view of metrics: .*at most one/);
});

Deno.test("createViews() applies a selector without criteria to all instruments", () => {
  const views = createViews([{ selector: {}, stream: { description: "all" } }], fail);
  assertEquals(views, [{ instrumentName: "*", description: "all" }]);
});

Deno.test("createViews() keeps the attributes whose keys match, with wildcards", () => {
  const [view] = createViews([{
    selector: {},
    stream: { attribute_keys: { included: ["http.*", "url.scheme"], excluded: ["http.r?ute"] } },
  }], fail);
  const given = { "http.route": "/", "http.request.method": "GET", "url.scheme": "http", x: 1 };
  const kept = view!.attributesProcessors!.reduce(
    (attributes, processor) => processor.process(attributes),
    given as Attributes,
  );
  assertEquals(kept, { "http.request.method": "GET", "url.scheme": "http" });
});

Deno.test("createViews() has the schema's boundaries if a view has none", () => {
  const aggregation = { explicit_bucket_histogram: { record_min_max: false } };
  const [view] = createViews([{ selector: {}, stream: { aggregation } }], fail);
  assertEquals(view?.aggregation, {
    type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM,
    options: {
      boundaries: [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000],
      recordMinMax: false,
    },
  });
});

function fail(line: string): never {
  throw new Error(line);
}
