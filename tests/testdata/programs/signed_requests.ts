/**
 * Creates what Deno's exporter gets wrong: requests to itself with a signature, one of them unanswered, and
 * a line with colors. Also creates its own span that looks the same.
 */
import { trace } from "@opentelemetry/api";
import {
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_URL_QUERY,
} from "@opentelemetry/semantic-conventions";

const QUERY = "a=b&sig=secret";

const server = Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen: () => {} },
  () => new Response("hello"),
);
const { port } = server.addr;
await (await fetch(`http://127.0.0.1:${port}/own?${QUERY}`)).text();
await server.shutdown();
await fetch(`http://127.0.0.1:${port}/gone?${QUERY}`).catch(() => {});

const attributes = { [ATTR_HTTP_RESPONSE_STATUS_CODE]: "200", [ATTR_URL_QUERY]: QUERY };
trace.getTracer("mine").startSpan("mine", { attributes }).end();
// deno-lint-ignore no-console -- Deno creates a log record from it.
console.log("\x1b[31mred\x1b[39m");
