import { assertEquals } from "@std/assert";
import { testWith } from "../../helpers/needs.ts";
import { EventReader } from "../../helpers/event_reader.ts";
import { startQueryCollector } from "../../helpers/query_collector.ts";

testWith(
  ["net", "read"],
  "an arriving span appears in the live stream, and can already be read",
  async () => {
    await using collector = await startQueryCollector();
    const { body } = await fetch(`${collector.url}/api/kit/events`);
    await using reader = new EventReader(body);
    for (let i = 1; i <= 10; i++) {
      const traceId = String(i).padStart(32, "0");
      await send(collector.otlpUrl, traceId);
      const { data: [summary] } = await reader.find("traces");
      assertEquals(summary.traceId, traceId);
      const response = await fetch(`${collector.url}/api/kit/traces/${traceId}`);
      assertEquals((await response.json()).summary, summary);
    }
  },
);

async function send(otlpUrl: string, traceId: string): Promise<void> {
  const span = {
    traceId,
    spanId: "0123456789abcdef",
    name: "GET /",
    kind: 2,
    startTimeUnixNano: "1700000000000000000",
    endTimeUnixNano: "1700000000001000000",
  };
  const response = await fetch(`${otlpUrl}/v1/traces`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
  });
  assertEquals(response.status, 200);
  await response.body?.cancel();
}
