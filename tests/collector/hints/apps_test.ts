import { assertEquals } from "@std/assert";
import { MODES } from "../../../apps/mod.ts";
import type { TraceDetail, TraceList } from "../../../lib/collector/model.ts";
import { traceHints } from "../../../lib/collector/hints/trace_hints.ts";
import { testWith } from "../../helpers/needs.ts";
import { withApp } from "../../helpers/program.ts";
import { startQueryCollector } from "../../helpers/query_collector.ts";

const AN_HOUR_MS = 3_600_000;

for (const [mode, { serviceName }] of Object.entries(MODES)) {
  if (!serviceName) continue;
  testWith(
    ["net", "env", "read", "run", "signals"],
    `mode ${mode} sends nothing that causes a hint`,
    async () => {
      await using collector = await startQueryCollector();
      const flags = [
        `--endpoint=${collector.otlpUrl}`,
        "--protocol=http/protobuf",
        "--traces-exporter=otlp",
        `--service-name=${serviceName}`,
      ];
      await withApp(["serve", "--mode", mode, ...flags], {}, async ({ url, stop }) => {
        for (const path of ["/", "/error", "/missing"]) await (await fetch(url + path)).text();
        await stop();
      });
      const { traces } = await read<TraceList>(`${collector.url}/api/kit/traces`);
      assertEquals(traces.length, mode === "manual" ? 2 : 3);
      for (const { traceId } of traces) {
        const { hints, ...detail } = await read<TraceDetail>(
          `${collector.url}/api/kit/traces/${traceId}`,
        );
        assertEquals(hints, []);
        // Later viewers get no hint either.
        assertEquals(traceHints({ ...detail, nowMillis: Date.now() + AN_HOUR_MS }), []);
      }
      assertEquals(await read(`${collector.url}/api/kit/hints`), []);
      const exports = await read<{ hints: unknown[] }[]>(`${collector.url}/api/kit/exports`);
      assertEquals(exports.flatMap(({ hints }) => hints), []);
    },
  );
}

async function read<T>(url: string): Promise<T> {
  return await (await fetch(url)).json();
}
