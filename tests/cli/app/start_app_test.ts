import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { assertEquals } from "@std/assert";
import { createMiddlewareApp, startProvider } from "../../../apps/middleware.ts";
import { startApp } from "../../../lib/cli/app/start_app.ts";
import { planFromSettings } from "../../../lib/telemetry/plan.ts";
import { readSettings } from "../../../lib/telemetry/read_settings.ts";
import { resetGlobals, startMemoryTelemetry } from "../../helpers/memory.ts";
import { testWith } from "../../helpers/needs.ts";
import { startHttpReceiver } from "../../helpers/receiver.ts";
import { setVariables } from "../../helpers/variables.ts";

const NEEDS = ["env", "net", "read", "sys"] as const;

for (const sampler of ["always_on", "always_off"]) {
  testWith(NEEDS, `startApp() creates the spans of the middleware lesson, ${sampler}`, async () => {
    await using receiver = startHttpReceiver();
    const variables = {
      OTEL_SERVICE_NAME: "shop",
      OTEL_RESOURCE_ATTRIBUTES: "team=tea,shop.floor=2",
      OTEL_TRACES_SAMPLER: sampler,
      OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: "4",
    };
    using _ = setVariables(variables);
    const { app, shutdown } = await startApp(
      "middleware",
      planFromSettings(readSettings({
        ...variables,
        OTEL_TRACES_EXPORTER: "otlp",
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      })),
      () => {},
    );
    await app.request("/");
    await shutdown();
    resetGlobals();

    const provider = startProvider();
    const lessonSpan = provider.getTracer("tests").startSpan("never ended");
    await provider.shutdown();
    resetGlobals();
    await using memory = startMemoryTelemetry();
    await createMiddlewareApp().request("/");

    assertEquals(
      receiver.spans.map(({ name, attributes }) => ({ name, attributes })),
      memory.spans.map(({ name, attributes }) => ({
        name,
        attributes: attributes as Record<string, string>,
      })),
    );
    if ("resource" in lessonSpan) {
      const { attributes } = lessonSpan.resource as ReadableSpan["resource"];
      for (const { resource } of receiver.spans) {
        assertEquals(resource, attributes as Record<string, string>);
      }
    }
    assertEquals("resource" in lessonSpan, sampler === "always_on");
    assertEquals(receiver.spans.length, sampler === "always_on" ? 1 : 0);
  });
}
