import { assertEquals } from "@std/assert";
import { createTestApi } from "../../helpers/query_api.ts";
import { span, tracesRequest } from "../store/requests.ts";

const PERIOD =
  "query.start_time_min=2023-11-14T00:00:00Z&query.start_time_max=2023-11-15T00:00:00Z";
const CLIENT = 3;

Deno.test("GET /api/v3/trace-summaries summarizes the traces that match, as Jaeger does", async () => {
  using test = createTestApi();
  const parentSpanId = "1".padStart(16, "0");
  const orphan = { parentSpanId: "f".repeat(16), name: "lost", status: { code: 2 } };
  await test.store.add("traces", tracesRequest([span("1", "1"), span("1", "2", { parentSpanId })]));
  await test.store.add("traces", tracesRequest([span("1", "3", orphan)], "bank"));
  await test.store.add("traces", tracesRequest([span("2", "4", { ...orphan, kind: CLIENT })]));
  const { body } = await test.read(`/api/v3/trace-summaries?${PERIOD}&query.service_name=bank`);
  const times = {
    minStartTimeUnixNano: "1700000000000000000",
    maxEndTimeUnixNano: "1700000000001000000",
  };
  assertEquals(body, {
    summaries: [{
      traceId: "1".padStart(32, "0"),
      rootServiceName: "shop",
      rootOperationName: "GET /",
      ...times,
      spanCount: 3,
      errorSpanCount: 1,
      orphanSpanCount: 1,
      services: [
        { name: "bank", spanCount: 1, errorSpanCount: 1 },
        { name: "shop", spanCount: 2, errorSpanCount: 0 },
      ],
    }],
  });
  const { body: all } = await test.read(`/api/v3/trace-summaries?${PERIOD}`);
  assertEquals(
    all.summaries.map(({ rootServiceName }: { rootServiceName: string }) => rootServiceName),
    ["", "shop"],
  );
  const none = await test.read(`/api/v3/trace-summaries?${PERIOD}&query.service_name=nobody`);
  assertEquals(none.body, { summaries: [] });
  assertEquals((await test.ask("/api/v3/trace-summaries")).status, 400);
  assertEquals((await test.ask(`/api/v3/trace-summaries?${PERIOD}&query.filter={}`)).status, 400);
});
