import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { readAppEnvironment } from "../../../lib/cli/guide/app_environment.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";
import { poll } from "../../helpers/poll.ts";
import { sourcesThatRun, spawn, withApp } from "../../helpers/program.ts";
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
  ["net", "env", "read", "write", "run", "sys", "proc"],
  "the settings of a launched program are those of its launcher, not of the relay",
  async () => {
    await withFolder(async (folder) => {
      const port = freePort();
      const file = `${folder}/app.ts`;
      await Deno.writeTextFile(
        file,
        `Deno.serve({ hostname: "127.0.0.1", port: ${port} }, () => new Response("Hello"));`,
      );
      const endpoint = "http://127.0.0.1:9";
      const command = [Deno.execPath(), "run", "--allow-net", file];
      const app = spawn(["auto", `--endpoint=${endpoint}`, "--", ...command], {
        launch: sourcesThatRun(),
      });
      try {
        const { variables, args } = await poll(async () => {
          const environment = await readAppEnvironment(`http://127.0.0.1:${port}`);
          return environment.unknown === undefined
            ? { result: environment }
            : { answer: environment.unknown };
        }, "the program on the port");
        assertEquals(variables["OTEL_EXPORTER_OTLP_ENDPOINT"], endpoint);
        assert(args?.includes("auto"));
      } finally {
        await app.stop();
      }
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
