/** The collector's receiver and store, and nothing else; GET / tells what is stored. */
import { createGuard } from "../../lib/collector/guard.ts";
import { Admission } from "../../lib/collector/receivers/admission.ts";
import { createHttpHandler } from "../../lib/collector/receivers/http_handler.ts";
import { openStore } from "../../lib/collector/store/worker/open_store.ts";
import { serveUntilSignal } from "./serve_until_signal.ts";

const [maxTraces, maxBytes, file] = Deno.args;
await using store = await openStore({
  maxTraces: Number(maxTraces),
  maxBytes: Number(maxBytes),
  ...file !== undefined && { file },
});
const handle = createHttpHandler({
  store,
  admission: new Admission(store),
  exports: { add: () => {} },
  guard: createGuard({ hostname: "127.0.0.1" }),
});

await serveUntilSignal(async (request) => {
  if (request.method !== "GET") return await handle(request, "bench");
  const { pathname } = new URL(request.url);
  if (pathname === "/") return Response.json(await store.stats());
  const trace = await store.trace(pathname.slice(pathname.lastIndexOf("/") + 1));
  return new Response(trace ?? null, { status: trace ? 200 : 404 });
});
