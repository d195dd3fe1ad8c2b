import { assertEquals, assertMatch } from "@std/assert";
import { createCollector } from "../../../lib/collector/collector.ts";
import { embeddedBackends } from "../../../lib/workshop/backends/backends.ts";
import { lookAtRules } from "../../../lib/workshop/conditions/rules.ts";
import { testWith } from "../../helpers/needs.ts";

const REQUESTS = "http_server_request_duration_seconds_count";
const RATE = `sum(rate(${REQUESTS}[1m]))`;

/** Rules with these queries; the last one is an alert. */
function rules(...queries: string[]): string {
  const alert = queries.pop();
  const lines = queries.map((expr, i) => `      - { record: "r:${i}", expr: '${expr}' }`);
  return `groups:\n  - name: red\n    rules:\n${lines.join("\n")}\n      - alert: Fails\n` +
    `        expr: '${alert}'\n`;
}

const WRONG: [what: string, text: string, said: RegExp][] = [
  ["no YAML", "a: [", /it isn't valid YAML/],
  ["no groups", "a: 1", /no groups with a name and rules/],
  ["an open query", rules(RATE, ""), /rule Fails has no expr/],
  ["a counter alone", rules(REQUESTS, RATE), /rule r:0 doesn't use rate\(\)/],
  ["no PromQL", rules(RATE, "sum(rate("), /rule Fails is not valid PromQL/],
  ["no alert", rules(RATE, RATE).replace("alert:", "record:"), /no rule is an alert/],
  ["a silent alert", rules(RATE, `${RATE} > 1000`), /rule Fails has no result now/],
];

testWith(["net", "env", "read"], "rules need queries that have a result now", async () => {
  await using collector = await createCollector({
    httpPort: 0,
    grpcPort: 0,
    uiPort: 0,
    store: { maxTraces: 100, maxBytes: 64 * 1024 ** 2 },
  });
  const backends = embeddedBackends(collector);
  const silent = await lookAtRules(rules(RATE, RATE), backends);
  assertEquals(silent.isMet, false);

  await sendCounts(collector.httpUrl, [1, 31]);
  const found = await lookAtRules(rules(RATE, `${RATE} > 0.05`), backends);
  assertEquals(found.isMet ? found.evidence.text : found.found, '"r:0", "Fails" have a result now');
  for (const [what, text, said] of WRONG) {
    const finding = await lookAtRules(text, backends);
    assertMatch(finding.isMet ? `accepted: ${what}` : finding.found, said);
  }
});

/** Counts of requests, ten seconds apart, the last one now. */
async function sendCounts(url: string, counts: number[]): Promise<void> {
  const dataPoints = counts.map((count, i) => ({
    startTimeUnixNano: `${Date.now() - 60_000}000000`,
    timeUnixNano: `${Date.now() - (counts.length - 1 - i) * 10_000}000000`,
    count: String(count),
    sum: count,
    bucketCounts: [String(count), "0"],
    explicitBounds: [1],
  }));
  const histogram = { aggregationTemporality: 2, dataPoints };
  const metric = { name: "http.server.request.duration", unit: "s", histogram };
  const body = { resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] };
  const response = await fetch(`${url}/v1/metrics`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  assertEquals(response.status, 200, await response.text());
}
