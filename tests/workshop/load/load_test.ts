import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Latencies } from "../../../lib/workshop/load/latencies.ts";
import { runLoad } from "../../../lib/workshop/load/load.ts";
import { testWith } from "../../helpers/needs.ts";

Deno.test("Latencies returns percentiles to within 3 %, however many there are", () => {
  const latencies = new Latencies();
  for (let millis = 1; millis <= 1000; millis++) latencies.add(millis);
  for (const share of [0.5, 0.9, 0.99]) {
    assertAlmostEquals(latencies.percentile(share), share * 1000, share * 30);
  }
  assertEquals(latencies.percentile(1), 1000);
  assertEquals(latencies.maxMillis, 1000);
  assertEquals(new Latencies().percentile(0.5), NaN);
});

testWith(["net"], "runLoad() sends at the rate, and the share of errors evenly", async () => {
  const paths: string[] = [];
  await using app = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => {
      const { pathname } = new URL(request.url);
      paths.push(pathname);
      return new Response(null, { status: pathname === "/error" ? 500 : 200 });
    },
  );
  const url = `http://127.0.0.1:${app.addr.port}`;
  const result = await runLoad({ url, rate: 200, durationMillis: 200, errorShare: 0.25 });
  assertEquals(result.sent, 40);
  assertEquals(paths.length, 40);
  assertEquals(Object.fromEntries(result.statuses), { 200: 30, 500: 10 });
  assertEquals(result.latencies.count, 40);
  assert(result.elapsedMillis >= 190, `the load ended after ${result.elapsedMillis} ms`);
});

testWith(["net"], "runLoad() requests the given path, and /error for errors", async () => {
  const paths: string[] = [];
  await using app = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => {
      const { pathname, search } = new URL(request.url);
      paths.push(pathname + search);
      return new Response(null);
    },
  );
  const url = `http://127.0.0.1:${app.addr.port}/order/book?n=1`;
  await runLoad({ url, rate: 200, durationMillis: 20, errorShare: 0.25 });
  assertEquals(paths.toSorted(), ["/error", ...Array(3).fill("/order/book?n=1")]);
});

testWith(["net"], "runLoad() counts requests without answer by their reason", async () => {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const url = `http://127.0.0.1:${listener.addr.port}`;
  listener.close();
  const result = await runLoad({ url, rate: 100, durationMillis: 50, errorShare: 0 });
  assertEquals(Object.fromEntries(result.failures), { "connection refused": 5 });
});

testWith(["net"], "runLoad() ends early, with every request answered", async () => {
  const stop = new AbortController();
  await using app = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, () => {
    stop.abort();
    return new Response();
  });
  const url = `http://127.0.0.1:${app.addr.port}`;
  const { signal } = stop;
  const result = await runLoad({ url, rate: 100, durationMillis: 60_000, errorShare: 0, signal });
  assertEquals(result.statuses.get(200), result.sent);
  assert(result.elapsedMillis < 60_000);
});
