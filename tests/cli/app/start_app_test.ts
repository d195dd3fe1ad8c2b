import { assertEquals } from "@std/assert";
import { createMiddlewareApp } from "../../../apps/middleware.ts";
import { startApp } from "../../../lib/cli/app/start_app.ts";
import { planFromSettings } from "../../../lib/telemetry/plan.ts";
import { readSettings } from "../../../lib/telemetry/read_settings.ts";
import { MemorySpanProcessor, resetGlobals } from "../../helpers/memory.ts";
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

    const memory = new MemorySpanProcessor();
    const lesson = createMiddlewareApp({ spanProcessors: [memory] });
    await lesson.app.request("/");
    await lesson.provider.shutdown();
    resetGlobals();

    assertEquals(
      receiver.spans.map(({ name, resource, attributes }) => ({ name, resource, attributes })),
      memory.spans.map(({ name, resource, attributes }) => ({
        name,
        resource: resource.attributes as Record<string, string>,
        attributes: attributes as Record<string, string>,
      })),
    );
    assertEquals(receiver.spans.length, sampler === "always_on" ? 1 : 0);
  });
}
