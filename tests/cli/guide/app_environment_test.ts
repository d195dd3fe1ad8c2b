import { assertEquals, assertNotEquals } from "@std/assert";
import { readAppEnvironment } from "../../../lib/cli/guide/app_environment.ts";
import { testWith } from "../../helpers/needs.ts";
import { withApp } from "../../helpers/program.ts";
import { freePort } from "../../helpers/ports.ts";

testWith(
  ["net", "env", "read", "run", "sys", "proc"],
  "the app's environment is read from its variables and flags",
  async () => {
    const env = { OTEL_SERVICE_NAME: "shop", OTEL_TRACES_SAMPLER: "always_on" };
    await withApp(["auto", "--traces-sampler=always_off"], { env }, async ({ url }) => {
      const { variables, unknown } = await readAppEnvironment(url);
      const { OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER } = variables;
      assertEquals([OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER], ["shop", "always_off"]);
      assertEquals(unknown, undefined);
    });
  },
);

testWith(
  ["net", "env", "run"],
  "if the app cannot be inspected, this terminal's environment is used, and the reason is given",
  async () => {
    const nobody = await readAppEnvironment(`http://127.0.0.1:${freePort()}`);
    assertEquals(nobody.variables, Deno.env.toObject());
    assertNotEquals(nobody.unknown, undefined);
    const elsewhere = await readAppEnvironment("http://192.0.2.1:5000");
    assertEquals(elsewhere.unknown, "it runs on another machine");
  },
);
