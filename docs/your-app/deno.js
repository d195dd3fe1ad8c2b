import { shutdown } from "./telemetry.js";
import { app } from "./app.js";

const server = Deno.serve({ port: Number(Deno.env.get("PORT") ?? 8000) }, app.fetch);

for (const signal of ["SIGINT", "SIGTERM"]) {
  Deno.addSignalListener(signal, () => server.shutdown());
}
await server.finished;
await shutdown();
Deno.exit();
