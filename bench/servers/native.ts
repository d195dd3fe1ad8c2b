/** The base app under Deno's own telemetry: run with OTEL_DENO=true. */
import { createBaseApp } from "../../apps/base.ts";
import { serveUntilSignal } from "./serve_until_signal.ts";

await serveUntilSignal(createBaseApp().fetch);
