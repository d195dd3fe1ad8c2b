import { createGuard } from "../../../lib/collector/guard.ts";
import { decodeBody } from "../../../lib/collector/decode/decode_body.ts";
import { Admission } from "../../../lib/collector/receivers/admission.ts";
import { createHttpHandler } from "../../../lib/collector/receivers/http_handler.ts";

/**
 * Sends compressed bodies, given as `COMPRESSION:BASE64`, to a receiver without a port. Prints the answers
 * as JSON, with the number of bytes by which the process grew for each. It runs alone, so that nothing else
 * grows.
 */
const store = {
  pendingBytes: 0,
  add: () => Promise.reject(new Error("a bomb was taken for a request")),
};
const handle = createHttpHandler({
  store,
  decoder: { decode: decodeBody },
  admission: new Admission(store),
  guard: createGuard({ hostname: "127.0.0.1" }),
  exports: { add() {} },
});
const bombs = Deno.args.map((bomb) => {
  const [compression = "", text = ""] = bomb.split(":");
  return { compression, body: Uint8Array.fromBase64(text) };
});
const statuses: number[] = [];
const growths: number[] = [];
for (const { compression, body } of bombs) {
  const request = new Request("http://127.0.0.1:4318/v1/traces", {
    method: "POST",
    headers: { "content-type": "application/x-protobuf", "content-encoding": compression },
    body,
  });
  const before = Deno.memoryUsage().rss;
  let peak = before;
  const timer = setInterval(() => peak = Math.max(peak, Deno.memoryUsage().rss), 1);
  statuses.push((await handle(request, "127.0.0.1:1")).status);
  clearInterval(timer);
  growths.push(Math.max(peak, Deno.memoryUsage().rss) - before);
}
// deno-lint-ignore no-console -- the result.
console.log(JSON.stringify({ statuses, growths }));
