import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { StoreEngine } from "../../../../lib/collector/store/worker/store_engine.ts";
import { assignLooks } from "../../../../lib/trace/service_looks.ts";
import { withFolder } from "../../../helpers/folder.ts";
import { gauge, logsRequest, metricsRequest, span, tracesRequest } from "../requests.ts";

const LIMITS = { maxBytes: 8 * 2 ** 20, maxTraces: 1 };
const SERVICES = ["shop", "auto", "stock", "pay"];

Deno.test("a service of any signal has a look, whoever sends first, and keeps it when it is evicted", async () => {
  const expected = assignLooks(SERVICES);
  assertEquals(await looksAfter(requests()), expected);
  assertEquals(await looksAfter(requests().reverse()), expected);
});

Deno.test("looks are the same after a restart with a file, and go with everything else", async () => {
  await withFolder(async (folder) => {
    const options = { ...LIMITS, maxTraces: 10, file: join(folder, "kept.db") };
    const first = new StoreEngine(options);
    await first.add(requests());
    await first.close();
    const again = new StoreEngine(options);
    assertEquals((await again.stats()).looks, assignLooks(SERVICES));
    await again.clear();
    assertEquals((await again.stats()).looks, assignLooks([]));
    await again.close();
  });
});

Deno.test("names that are too long for every page, and further names of a flood, get no look", async () => {
  const flood = Array.from({ length: 5000 }, (_, index) => logs(`pod-${index}`));
  const looks = await looksAfter([logs("x".repeat(257)), ...flood]);
  assertEquals(looks, assignLooks(Array.from({ length: 4096 }, (_, index) => `pod-${index}`)));
});

function requests() {
  return [
    { signal: "traces" as const, bytes: tracesRequest([span("1", "1")], SERVICES[0]) },
    { signal: "traces" as const, bytes: tracesRequest([span("2", "1")], SERVICES[1]) },
    logs(SERVICES[2]!),
    { signal: "metrics" as const, bytes: metricsRequest([gauge("load")], SERVICES[3]) },
  ];
}

function logs(serviceName: string) {
  return { signal: "logs" as const, bytes: logsRequest([{ severityNumber: 9 }], serviceName) };
}

async function looksAfter(requests: Parameters<StoreEngine["add"]>[0]) {
  const engine = new StoreEngine(LIMITS);
  await engine.add(requests);
  const { looks } = await engine.stats();
  await engine.close();
  return looks;
}
