// Runs a Worker, bundled as Wrangler does, until SIGTERM: worker_host.mjs FILE [FLAG...]
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import process from "node:process";

const [file, ...compatibilityFlags] = process.argv.slice(2);
const { outputFiles: [bundle] } = await build({
  entryPoints: [file],
  bundle: true,
  write: false,
  format: "esm",
  platform: "browser",
  conditions: ["workerd", "worker", "browser"],
  external: ["node:*", "cloudflare:*"],
});
const { OTEL_EXPORTER_OTLP_ENDPOINT } = process.env;
const miniflare = new Miniflare({
  modules: [{ type: "ESModule", path: "worker.js", contents: bundle.text }],
  host: "127.0.0.1",
  compatibilityDate: "2026-04-01",
  compatibilityFlags,
  bindings: { OTEL_EXPORTER_OTLP_ENDPOINT },
  // Another Worker under a name that has another meaning in Bun; it answers to every property.
  serviceBindings: { server: () => new Response() },
});
process.once("SIGTERM", async () => {
  await miniflare.dispose();
  process.exit();
});
console.log(`Listening on ${await miniflare.ready}`);
