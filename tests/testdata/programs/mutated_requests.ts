import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { createGuard } from "../../../lib/collector/guard.ts";
import { REQUEST_MESSAGES } from "../../../lib/otlp/messages.ts";
import { validate } from "../../../lib/otlp/validate.ts";
import { decodeBody } from "../../../lib/collector/decode/decode_body.ts";
import { Admission } from "../../../lib/collector/receivers/admission.ts";
import { createHttpHandler } from "../../../lib/collector/receivers/http_handler.ts";
import type { Signal } from "../../../lib/otlp/signal.ts";
import { messageArbitrary, protobufOf } from "../../helpers/otlp_requests.ts";

/**
 * Sends mutated requests to a receiver without a port. Prints the answers as JSON, with the number of bytes
 * that the second half of the requests left behind. It runs alone and with `--expose-gc`, so that leaks can
 * be distinguished from garbage.
 */

const REQUESTS = Number(Deno.args[0]);
const SEED = 20_261_122;

const PATHS = ["/v1/traces", "/v1/metrics", "/v1/logs"] as const;
const MESSAGES = ["TracesData", "MetricsData", "LogsData"] as const;

interface Original {
  path: string;
  headers: Record<string, string>;
  body: Uint8Array;
}

const store = {
  pendingBytes: 0,
  // deno-lint-ignore require-await -- as in the real store, results and errors are asynchronous.
  async add(signal: Signal, body: Uint8Array) {
    validate(REQUEST_MESSAGES[signal], body);
    return { accepted: 0, rejected: 0, duplicated: 0, serviceNames: [] };
  },
};
const handle = createHttpHandler({
  store,
  decoder: { decode: decodeBody },
  admission: new Admission(store),
  guard: createGuard({ hostname: "127.0.0.1" }),
  exports: { add() {} },
});
const random = createRandom(SEED);
const originals = makeOriginals();
const statuses: Record<number, number> = {};

await sendMutated(REQUESTS / 2);
const before = usedBytes();
await sendMutated(REQUESTS / 2);
const growthBytes = usedBytes() - before;
// deno-lint-ignore no-console -- the result.
console.log(JSON.stringify({ statuses, growthBytes }));

async function sendMutated(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const { path, headers, body } = originals[random(originals.length)]!;
    const request = new Request(`http://127.0.0.1:4318${path}`, {
      method: "POST",
      headers,
      body: mutate(body, originals, random),
    });
    const { status } = await handle(request, "127.0.0.1:1");
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
}

/** Valid requests of all signals, encodings and compressions. */
function makeOriginals(): Original[] {
  return MESSAGES.flatMap((name, i) =>
    fc.sample(messageArbitrary(name), { numRuns: 30, seed: SEED }).flatMap((json): Original[] => {
      const path = PATHS[i]!;
      const text = new TextEncoder().encode(JSON.stringify(json));
      const bytes = protobufOf(name, json);
      const plain = [
        { path, headers: { "content-type": "application/json" }, body: text },
        { path, headers: { "content-type": "application/x-protobuf" }, body: bytes },
      ];
      const compressed = plain.map(({ headers, body }) => ({
        path,
        headers: { ...headers, "content-encoding": "gzip" },
        body: new Uint8Array(gzipSync(body)),
      }));
      return [...plain, ...plain, ...plain, ...compressed];
    })
  ).filter(({ body }) => body.length > 0 && body.length < 1500);
}

/** Flips, cuts off, or repeats parts, or splices in a part of another request, once or several times. */
function mutate(
  body: Uint8Array,
  others: Original[],
  random: (below: number) => number,
): Uint8Array<ArrayBuffer> {
  let bytes = new Uint8Array(body);
  for (let i = random(3); i >= 0; i--) {
    const at = random(bytes.length + 1);
    const kind = random(5);
    if (kind === 0 && bytes.length > 0) bytes[at % bytes.length]! ^= 1 << random(8);
    else if (kind === 1 && bytes.length > 0) bytes[at % bytes.length] = random(256);
    else if (kind === 2) bytes = bytes.slice(0, at);
    else if (kind === 3) bytes = join(bytes.subarray(0, at), bytes.subarray(random(at + 1)));
    else {
      const { body: other } = others[random(others.length)]!;
      const start = random(other.length);
      const part = other.subarray(start, start + random(40));
      bytes = join(bytes.subarray(0, at), part, bytes.subarray(at));
    }
  }
  return bytes;
}

function join(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The same numbers every time: https://en.wikipedia.org/wiki/Xorshift */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function usedBytes(): number {
  const { gc } = globalThis as unknown as { gc(): void };
  gc();
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}
