import { assertEquals, assertStringIncludes } from "@std/assert";
import { createTestApi } from "../../helpers/query_api.ts";
import { span, tracesRequest } from "../store/requests.ts";

const LINE = `{"resourceSpans":[]}`;

Deno.test("GET /api/kit/data streams the lines of a signal as a file", async () => {
  using test = createTestApi();
  for (const id of ["1", "2"]) await test.store.add("traces", tracesRequest([span(id, "1")]));
  const response = await test.ask("/api/kit/data?signal=traces");
  assertEquals(response.headers.get("content-type"), "application/x-ndjson");
  assertEquals(
    response.headers.get("content-disposition"),
    `attachment; filename="otel-kit-traces.jsonl"`,
  );
  const lines = (await response.text()).split("\n");
  assertEquals(lines.pop(), "");
  const spans = lines.map((line) => JSON.parse(line).resourceSpans[0].scopeSpans[0].spans[0]);
  assertEquals(spans, [span("1", "1"), span("2", "1")]);
});

Deno.test("POST /api/kit/data passes the file on as it arrives", async () => {
  let imported = "";
  using test = createTestApi({
    async importData(file) {
      imported = await new Response(file).text();
      return { accepted: 2, rejected: 1, duplicated: 0, message: "why" };
    },
  });
  const answer = await test.ask("/api/kit/data", { method: "POST", body: LINE });
  assertEquals(await answer.json(), { accepted: 2, rejected: 1, duplicated: 0, message: "why" });
  assertEquals(imported, LINE);
});

Deno.test("POST /api/kit/data rejects an empty file, and one over the limit while it arrives", async () => {
  let pulled = 0;
  using test = createTestApi({
    maxImportBytes: 10_000,
    async importData(file) {
      for await (const chunk of file) pulled += chunk.length;
      return { accepted: 0, rejected: 0, duplicated: 0 };
    },
  });
  const empty = await test.ask("/api/kit/data", { method: "POST" });
  assertEquals(empty.status, 400);
  const said = await test.ask("/api/kit/data", {
    method: "POST",
    body: "x".repeat(10_001),
    headers: { "content-length": "10001" },
  });
  assertEquals([said.status, pulled], [413, 0]);
  let sent = 0;
  const endless = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      sent += 1_000;
      controller.enqueue(new Uint8Array(1_000));
    },
  });
  const streamed = await test.ask("/api/kit/data", { method: "POST", body: endless });
  assertEquals([streamed.status, pulled], [413, 10_000]);
  assertStringIncludes((await streamed.json()).error, "Cannot import more than 0.01 MB at once");
  assertEquals(sent < 20_000, true);
});

Deno.test("POST /api/kit/data imports one file at a time, and queues only a few", async () => {
  const turns = Array.from({ length: 6 }, () => ({
    begun: Promise.withResolvers<void>(),
    end: Promise.withResolvers<void>(),
  }));
  let begun = 0;
  let running = 0;
  let most = 0;
  using test = createTestApi({
    async importData() {
      const turn = turns[begun++]!;
      most = Math.max(most, ++running);
      turn.begun.resolve();
      await turn.end.promise;
      running--;
      return { accepted: 1, rejected: 0, duplicated: 0 };
    },
  });
  const post = () => test.ask("/api/kit/data", { method: "POST", body: LINE });
  const first = [post(), post(), post(), post(), post()];
  await turns[0]!.begun.promise;
  const refused = await post();
  assertEquals([refused.status, refused.headers.get("retry-after")], [503, "5"]);
  assertStringIncludes((await refused.json()).error, "others are being imported");
  for (const { begun, end } of turns.slice(0, 5)) {
    await begun.promise;
    end.resolve();
  }
  const answers = await Promise.all(first);
  assertEquals(answers.map(({ status }) => status), [200, 200, 200, 200, 200]);
  turns[5]!.end.resolve();
  assertEquals((await post()).status, 200);
  assertEquals([most, begun], [1, 6]);
});
