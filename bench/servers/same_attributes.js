// Preloaded instead of the kit's enrichment: sets the attributes that it adds to the span of a request for "/", and
// does nothing else. Its cost is what Deno itself needs to accept and send them.
const { serve } = Deno;
const { context } = globalThis[Symbol.for("opentelemetry.js.api.1")];
const SPAN = Symbol.for("OpenTelemetry Context Key SPAN");

Deno.serve = (...args) => {
  const handler = args.find((one) => typeof one === "function");
  const options = args.find((one) => typeof one === "object");
  return serve({ ...options }, (request, info) => {
    const { hostname, port } = info.remoteAddr;
    context.active().getValue(SPAN).updateName("GET /").setAttributes({
      "server.address": "127.0.0.1",
      "server.port": 8000,
      "client.address": hostname,
      "network.peer.address": hostname,
      "network.peer.port": port,
      "http.route": "/",
    });
    return handler(request, info);
  });
};
