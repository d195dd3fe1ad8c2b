import { assert, assertEquals } from "@std/assert";
import { type Chain, type ChainOptions, DECISIONS, startChain } from "./helpers/chain.ts";
import { withFolder } from "./helpers/folder.ts";
import { testIf } from "./helpers/needs.ts";
import { eventually, poll } from "./helpers/poll.ts";
import { needsServers, waitForMetric } from "./helpers/servers.ts";
import { makeTraces, type SentTrace, SPANS_PER_TRACE } from "./helpers/traces.ts";

const NEEDS = ["net", "env", "read", "write", "run", "signals"] as const;
const INSTALLED = needsServers("collector", "jaeger");

const QUEUED = "otelcol_exporter_queue_size";

testIf(
  INSTALLED,
  NEEDS,
  "the gateway keeps errors, slow traces, and a share of the rest, always whole",
  async () => {
    await withChain({}, async (chain) => {
      const traces = await makeTraces(400);
      await chain.send(traces);
      await decided(chain, traces.length);
      const stored = await allKept(chain, traces);
      const ordinary = stored.filter(({ kind }) => kind === "ordinary").length;
      const sent = traces.filter(({ kind }) => kind === "ordinary").length;
      // 10 % of 360, plus or minus five standard deviations.
      assert(ordinary > 0.02 * sent && ordinary < 0.18 * sent, `${ordinary} of ${sent}`);

      // The counts cover every span, as if there were no sampling, not only the kept ones.
      const url = `http://127.0.0.1:${chain.servers.gateway.ports.apps}/metrics`;
      await poll(async () => {
        const answer = await (await fetch(url)).text();
        const calls = [...answer.matchAll(/^traces_span_metrics_calls_total\{.*\} (\d+)/gm)]
          .reduce((sum, [, value]) => sum + Number(value), 0);
        return calls === SPANS_PER_TRACE * traces.length ? { result: true } : { answer };
      }, url);
    });
  },
);

testIf(INSTALLED, NEEDS, "no kept trace is lost while Jaeger is stopped", async () => {
  await withChain({}, async (chain) => {
    const traces = await makeTraces(600);
    await chain.send(traces.slice(0, 200));
    await decided(chain, 200);
    await chain.stop("jaeger");
    await chain.send(traces.slice(200, 400));
    await decided(chain, 400);
    await waitForMetric(chain.servers.gateway, QUEUED, (spans) => spans > 0);
    await chain.start("jaeger");
    await chain.send(traces.slice(400));
    await decided(chain, 600);
    await allKept(chain, traces);
  });
});

for (const queuesInMemory of [false, true]) {
  const fate = queuesInMemory ? "is lost with its queue in memory" : "is in Jaeger afterwards";
  const name = `what a gateway held that was killed while Jaeger was stopped ${fate}`;
  testIf(INSTALLED, NEEDS, name, async () => {
    await withChain({ queuesInMemory }, async (chain) => {
      const traces = await makeTraces(200);
      await chain.stop("jaeger");
      await chain.send(traces);
      await decided(chain, traces.length);
      await waitForMetric(chain.servers.gateway, QUEUED, (spans) => spans > 0);
      const kept = await chain.kept();
      await chain.stop("gateway", "SIGKILL");
      await chain.start("jaeger");
      await chain.start("gateway");
      if (!queuesInMemory) return void await allStored(chain, traces, kept);

      // A later trace passes, so earlier pending ones would have arrived as well.
      const later = (await makeTraces(201)).slice(200);
      await chain.send(later);
      await allStored(chain, later, later.length);
      assertEquals(await chain.stored(traces), []);
    });
  });
}

testIf(
  INSTALLED,
  NEEDS,
  "data that an agent accepted while the gateway was stopped arrives",
  async () => {
    await withChain({}, async (chain) => {
      const traces = await makeTraces(200);
      await chain.stop("gateway");
      await chain.send(traces);
      await waitForMetric(chain.servers.agent, QUEUED, (spans) => spans > 0);
      await chain.stop("agent", "SIGKILL");
      await chain.start("gateway");
      await chain.start("agent");
      await decided(chain, traces.length);
      await allKept(chain, traces);
    });
  },
);

testIf(INSTALLED, NEEDS, "Jaeger has its traces after it was killed", async () => {
  await withChain({}, async (chain) => {
    const traces = await makeTraces(100);
    await chain.send(traces);
    await decided(chain, traces.length);
    const before = await allKept(chain, traces);
    await chain.stop("jaeger", "SIGKILL");
    await chain.start("jaeger");
    const url = `http://127.0.0.1:${chain.servers.jaeger.ports.query}/api/v3/services`;
    await eventually(url, ({ services }) => services.includes("shop"));
    assertEquals(await chain.stored(traces), before);
  });
});

async function withChain(
  options: Omit<ChainOptions, "directory">,
  use: (chain: Chain) => Promise<void>,
): Promise<void> {
  await withFolder(async (directory) => {
    await using chain = await startChain({ directory, hasty: true, ...options });
    await use(chain);
  });
}

/** Waits until the gateway has decided on this many traces since it started. */
async function decided({ servers: { gateway } }: Chain, count: number): Promise<void> {
  await waitForMetric(gateway, DECISIONS, (traces) => traces === count);
}

/** Waits until Jaeger has everything that the gateway kept, which must include all errors and slow traces. */
async function allKept(chain: Chain, traces: SentTrace[]): Promise<SentTrace[]> {
  const stored = await allStored(chain, traces, await chain.kept());
  const worth = (list: SentTrace[]) => list.filter(({ kind }) => kind !== "ordinary");
  assertEquals(worth(stored), worth(traces));
  return stored;
}

async function allStored(chain: Chain, traces: SentTrace[], count: number): Promise<SentTrace[]> {
  return await poll(async () => {
    const stored = await chain.stored(traces);
    return stored.length === count
      ? { result: stored }
      : { answer: `${stored.length} of ${count}` };
  }, "Jaeger");
}
