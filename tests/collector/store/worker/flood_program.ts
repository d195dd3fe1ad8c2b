/** Fills a store several times over, and prints how much memory that took. */
import { openStore } from "../../../../lib/collector/store/worker/open_store.ts";
import { span, tracesRequest } from "../requests.ts";

const maxBytes = Number(Deno.args[0]);
const file = Deno.args[1];
const store = await openStore({ maxTraces: 1e6, maxBytes, ...file !== undefined && { file } });
const attributes = [{ key: "padding", value: { stringValue: "x".repeat(300) } }];
const template = tracesRequest(
  Array.from({ length: 100 }, (_, i) => span("1", (i + 1).toString(16), { attributes })),
);
const places = Array.from(template.keys()).filter((at) =>
  template[at] === 1 && template.subarray(at - 15, at).every((byte) => byte === 0)
);
let peakResident = 0;
let sent = 0;
for (let request = 1; sent < 4 * maxBytes; request += 8) {
  const adds = Array.from({ length: 8 }, (_, i) => {
    const bytes = template.slice();
    const view = new DataView(bytes.buffer);
    for (const at of places) view.setUint32(at - 7, request + i);
    sent += bytes.length;
    return store.add("traces", bytes);
  });
  await Promise.all(adds);
  peakResident = Math.max(peakResident, Deno.memoryUsage().rss);
}
const stats = await store.stats();
await store[Symbol.asyncDispose]();
Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify({ ...stats, peakResident })));
