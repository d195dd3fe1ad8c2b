import { assertEquals } from "@std/assert";
import { readAppEnvironment } from "../../../lib/cli/guide/app_environment.ts";
import { testIf } from "../../helpers/needs.ts";
import { withApp } from "../../helpers/program.ts";
import { freePort } from "../../helpers/servers.ts";

const LINUX = {
  missing: Deno.build.os === "linux" ? undefined : "Linux, which shows how programs were started",
};

testIf(
  LINUX,
  ["net", "env", "read", "run", "sys"],
  "the environment of the app is known, by its variables and its flags",
  async () => {
    const env = { OTEL_SERVICE_NAME: "shop", OTEL_TRACES_SAMPLER: "always_on" };
    await withApp(["auto", "--traces-sampler=always_off"], { env }, async ({ url }) => {
      const { OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER } = await readAppEnvironment(url);
      assertEquals([OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER], ["shop", "always_off"]);
    });
  },
);

testIf(
  LINUX,
  ["net", "env", "run"],
  "where no app runs, this terminal's environment counts",
  async () => {
    const env = await readAppEnvironment(`http://127.0.0.1:${freePort()}`);
    assertEquals(env, Deno.env.toObject());
  },
);
