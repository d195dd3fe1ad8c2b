/** Stores requests of ten spans forever, and prints the number stored after each. */
import { openStore } from "../../../../lib/collector/store/worker/open_store.ts";
import { span, tracesRequest } from "../requests.ts";

const store = await openStore({ maxTraces: 100_000, maxBytes: 2 ** 28, file: Deno.args[0]! });
for (let request = 1;; request++) {
  const spans = Array.from({ length: 10 }, (_, i) => span(request.toString(16), `${i + 1}`));
  await store.add("traces", tracesRequest(spans));
  Deno.stdout.writeSync(new TextEncoder().encode(`${request}\n`));
}
