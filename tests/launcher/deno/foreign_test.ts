/**
 * Settings known only to other SDKs don't stop a Deno program from running, and the program can read them.
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { startHttpReceiver } from "../../helpers/receiver.ts";
import { foreignEnvironments } from "../vocabularies.ts";
import { launch, testOnEach, to } from "./launching.ts";

testOnEach("it runs and sends despite settings known only to other SDKs", async (deno) => {
  for (const env of foreignEnvironments()) {
    await using receiver = startHttpReceiver();
    const { code, stderr } = await launch(deno, {
      ...to(receiver),
      ...env,
      // Telemetry without another destination arrives here.
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${receiver.url}/v1/traces`,
    });
    assertEquals([code, receiver.spans.some(({ name }) => name === "root")], [0, true], stderr);
  }
});

testOnEach(
  "it gets settings that its telemetry does not read, and both are reported",
  async (deno) => {
    await using receiver = startHttpReceiver();
    const env = { OTEL_PROPAGATORS: "xray", OTEL_TRACES_SAMPLER: "jaeger_remote" };
    const { stderr } = await launch(deno, { ...to(receiver), ...env });
    assertStringIncludes(stderr, 'Passing on OTEL_PROPAGATORS "xray" as given');
    for (const [name, value] of Object.entries(env)) {
      assertStringIncludes(
        stderr,
        `${name} "${value}": no effect on deno ${deno.version}; treated as not set`,
      );
    }
    assertEquals(stderr.includes("Passing on OTEL_TRACES_SAMPLER"), false);
  },
);
