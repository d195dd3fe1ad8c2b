// Run with OTEL_DENO=true: prints what six attributes and a name add to the CPU of a span, in microseconds. That
// includes the other threads of the process, which encode and send the spans.
import process from "node:process";

const SPANS = 1500;
const ROUNDS = 16;
const UNTIL_SENT_MS = 120;

const tracer = Deno.telemetry.tracerProvider.getTracer("otel-kit");

const CASES = {
  plain() {},
  described(span) {
    span.updateName("GET /orders/:id");
    span.setAttributes({
      "server.address": "127.0.0.1",
      "server.port": 8000,
      "client.address": "127.0.0.1",
      "network.peer.address": "127.0.0.1",
      "network.peer.port": 40000,
      "http.route": "/orders/:id",
    });
  },
};

const measured = { plain: [], described: [] };
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, describe] of Object.entries(CASES)) {
    const before = process.cpuUsage();
    for (let i = 0; i < SPANS; i++) {
      const span = tracer.startSpan("GET", { kind: 1 });
      describe(span);
      span.end();
    }
    await new Promise((resolve) => setTimeout(resolve, UNTIL_SENT_MS));
    const { user, system } = process.cpuUsage(before);
    measured[name].push((user + system) / SPANS);
  }
}
// The lower quartile: a busy machine adds to the others.
const typical = (figures) => figures.toSorted((a, b) => a - b)[ROUNDS / 4];
process.stdout.write(`${typical(measured.described) - typical(measured.plain)}\n`);
