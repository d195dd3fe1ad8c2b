import { assertRejects } from "@std/assert";
import fc from "fast-check";
import { UnreachableError } from "../../../lib/workshop/backends/ask.ts";
import { findSpans, listServices } from "../../../lib/workshop/backends/jaeger.ts";
import { findSeries } from "../../../lib/workshop/backends/prometheus.ts";
import { hasSpan } from "../../../lib/workshop/backends/zipkin.ts";
import { testWith } from "../../helpers/needs.ts";

const QUESTIONS: ((url: string) => Promise<unknown>)[] = [
  listServices,
  (url) => findSpans(url, { service: "shop", since: 0 }),
  (url) => findSeries(url, "requests"),
  (url) => hasSpan(url, { traceId: "1", spanId: "2" }),
];

const anything = fc.oneof(
  fc.jsonValue(),
  fc.record({ services: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())) }),
  fc.record({ result: fc.record({ resourceSpans: fc.array(fc.jsonValue()) }) }),
  fc.record({
    result: fc.record({
      resourceSpans: fc.array(fc.record({
        scopeSpans: fc.array(fc.record({
          spans: fc.array(fc.record({
            startTimeUnixNano: fc.jsonValue(),
            attributes: fc.jsonValue(),
            events: fc.jsonValue(),
          })),
        })),
      })),
    }),
  }),
  fc.record({ data: fc.record({ result: fc.array(fc.jsonValue()) }) }),
  fc.array(fc.jsonValue()),
);

testWith(
  ["net"],
  "any answer of a backend is either read or recognized as not from that backend",
  async () => {
    let text = "";
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      () => new Response(text),
    );
    const url = `http://127.0.0.1:${server.addr.port}`;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...QUESTIONS), anything, async (ask, answer) => {
        text = JSON.stringify(answer);
        await ask(url).catch((error) => {
          if (!(error instanceof UnreachableError)) throw error;
        });
      }),
      { numRuns: 500 },
    );
    for (const ask of QUESTIONS) {
      for (text of ['"text"', "{"]) {
        await assertRejects(() => ask(url), UnreachableError);
      }
    }
  },
);
