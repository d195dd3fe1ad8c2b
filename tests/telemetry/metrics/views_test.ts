import type { ViewConfigModel } from "@opentelemetry/configuration";
import { assertEquals, assertMatch } from "@std/assert";
import { createViews } from "../../../lib/telemetry/metrics/views.ts";

Deno.test("createViews() leaves out what the SDK refuses, and says so: the app runs on", () => {
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

Deno.test("createViews() takes a selector without criteria for all instruments", () => {
  const views = createViews([{ selector: {}, stream: { description: "all" } }], fail);
  assertEquals(views, [{ instrumentName: "*", description: "all" }]);
});

function fail(line: string): never {
  throw new Error(line);
}
