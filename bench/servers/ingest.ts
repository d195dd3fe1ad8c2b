/** Only the collector's receiver and store; GET / returns what is stored. */
import { createGuard } from "../../lib/collector/guard.ts";
import { BodyDecoder } from "../../lib/collector/decode/body_decoder.ts";
import { Admission } from "../../lib/collector/receivers/admission.ts";
import { createHttpHandler } from "../../lib/collector/receivers/http_handler.ts";
import { openStore } from "../../lib/collector/store/worker/open_store.ts";
import { fetchHandler } from "../../lib/http_server/fetch_handler.ts";
import { incomingRequest } from "../../lib/http_server/incoming_request.ts";
import { serveHttp } from "../../lib/http_server/serve_http.ts";
import { announce } from "./serve_until_signal.ts";
import { jsonList, jsonStream } from "../../lib/collector/json_stream.ts";

const [maxTraces, maxBytes, file] = Deno.args;
await using store = await openStore({
  maxTraces: Number(maxTraces),
  maxBytes: Number(maxBytes),
  ...file !== undefined && { file },
});
using decoder = new BodyDecoder();
const handle = createHttpHandler({
  store,
  decoder,
  admission: new Admission(store),
  exports: { add: () => {} },
  guard: createGuard({ hostname: "127.0.0.1" }),
});

const answerQuestion = fetchHandler(async ({ url }) => {
  const { pathname } = new URL(url);
  if (pathname === "/") return Response.json(await store.stats());
  const trace = await store.trace(pathname.slice(pathname.lastIndexOf("/") + 1));
  return trace ? await jsonStream(jsonList(trace)) : new Response(null, { status: 404 });
});

const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
const server = serveHttp(listener, {
  handler: async (request) =>
    request.method === "GET"
      ? await answerQuestion(request)
      : await handle(incomingRequest(request), "bench"),
});
const stopped = Promise.withResolvers<void>();
Deno.addSignalListener("SIGTERM", stopped.resolve);
announce(listener.addr.port);
await stopped.promise;
await server.shutdown();
