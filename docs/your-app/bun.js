import { shutdown } from "./telemetry.js";
import process from "node:process";
import { app } from "./app.js";

const server = Bun.serve({ port: Number(process.env.PORT ?? 8000), fetch: app.fetch });
console.info(`Listening on ${server.url}`);

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, async () => {
    await server.stop();
    await shutdown();
  });
}
