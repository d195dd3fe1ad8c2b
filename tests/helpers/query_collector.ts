import { createGuard } from "../../lib/collector/guard.ts";
import { BodyDecoder } from "../../lib/collector/decode/body_decoder.ts";
import { Admission } from "../../lib/collector/receivers/admission.ts";
import { createHttpReceiver } from "../../lib/collector/receivers/http_receiver.ts";
import { openStore } from "../../lib/collector/store/worker/open_store.ts";
import { createTestApi } from "./query_api.ts";

/** Starts a receiver and the query API over one real store, on free ports. */
export async function startQueryCollector() {
  const store = await openStore({ maxTraces: 1_000, maxBytes: 64 * 1024 * 1024 });
  const { api, exports } = createTestApi({ store });
  const address = { hostname: "127.0.0.1", port: 0 };
  const decoder = new BodyDecoder();
  const receiver = createHttpReceiver({
    store,
    exports,
    decoder,
    admission: new Admission(store),
    guard: createGuard(address),
    ...address,
  });
  const server = Deno.serve({ ...address, onListen: () => {} }, api.fetch);
  return {
    /** The URL of the query API. */
    url: `http://127.0.0.1:${server.addr.port}`,
    /** Where to send OTLP/HTTP. */
    otlpUrl: receiver.url,
    store,
    async [Symbol.asyncDispose]() {
      api[Symbol.dispose]();
      decoder[Symbol.dispose]();
      await Promise.all([server.shutdown(), receiver.shutdown()]);
      await store[Symbol.asyncDispose]();
    },
  };
}
