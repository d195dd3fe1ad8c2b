/**
 * Creates every kind of telemetry that settings can change, and writes the headers of a request to itself
 * to standard output.
 *
 * Arguments: the number of additional traces and log records; a port: the program runs until a connection
 * to it closes; and a signal that it handles by exiting with code 3.
 */
import { context, metrics, propagation, SpanKind, trace } from "@opentelemetry/api";

const [traces = "0", logs = "0", port, signal] = Deno.args;

if (signal !== undefined) Deno.addSignalListener(signal as Deno.Signal, () => Deno.exit(3));

const tracer = trace.getTracer("test");
const links = ["2", "3"].map((digit) => ({
  context: { traceId: "1".repeat(32), spanId: digit.repeat(16), traceFlags: 1 },
  attributes: { a: 1, b: 2 },
}));
const span = tracer.startSpan("root", { links, attributes: { text: "0123456789", a: 1, b: 2 } });
for (const name of ["one", "two"]) span.addEvent(name, { a: 1, b: 2 });

const server = Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen: () => {} },
  ({ headers }) => new Response(JSON.stringify(Object.fromEntries(headers))),
);
const baggage = propagation.createBaggage({ key: { value: "value" } });
const inside = propagation.setBaggage(trace.setSpan(context.active(), span), baggage);
const answer = await context.with(
  inside,
  () => fetch(`http://127.0.0.1:${server.addr.port}/own`),
);
await Deno.stdout.write(new TextEncoder().encode(`${await answer.text()}\n`));
span.end();

// A request by `fetch` would be part of a local trace; these callers have their own.
for (const [digit, flags] of [["a", "01"], ["b", "00"]] as const) {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port: server.addr.port });
  const traceparent = `00-${digit.repeat(32)}-${"c".repeat(16)}-${flags}`;
  await connection.write(
    new TextEncoder().encode(
      `GET / HTTP/1.1\r\nhost: here\r\nconnection: close\r\ntraceparent: ${traceparent}\r\n\r\n`,
    ),
  );
  while (await connection.read(new Uint8Array(1024)) !== null);
}
await server.shutdown();

for (let i = 0; i < Number(traces); i++) {
  tracer.startSpan("beside", { kind: SpanKind.INTERNAL, root: true }).end();
}
// deno-lint-ignore no-console -- Deno creates log records from it.
for (let i = 0; i < Number(logs); i++) console.debug("beside");
// deno-lint-ignore no-console -- the same
console.info("0123456789");
metrics.getMeter("test").createCounter("counter").add(1);
metrics.getMeter("test").createUpDownCounter("difference").add(1);
metrics.getMeter("test").createHistogram("histogram").record(5);

if (port !== undefined) {
  using hold = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
  await hold.read(new Uint8Array(1));
}
