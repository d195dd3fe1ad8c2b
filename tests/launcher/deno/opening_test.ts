import { assertEquals } from "@std/assert";
import { withFolder } from "../../helpers/folder.ts";
import type { Condition } from "../../helpers/needs.ts";
import { poll } from "../../helpers/poll.ts";
import { freePort } from "../../helpers/ports.ts";
import { sourcesThatRun, withProgram } from "../../helpers/program.ts";
import { startHttpReceiver } from "../../helpers/receiver.ts";
import { testOnEach } from "./launching.ts";

/** The script that stands for the browser. */
const OPENER = "xdg-open";

const LINUX: Condition = {
  missing: Deno.build.os === "linux" ? undefined : `only Linux has ${OPENER}`,
};

testOnEach("deno serve --open opens the browser, and its spans are enriched", async (deno) => {
  await using receiver = startHttpReceiver();
  await withFolder(async (folder) => {
    const port = freePort();
    const opened = `${folder}/opened`;
    await Deno.writeTextFile(`${folder}/${OPENER}`, `#!/bin/sh\necho "$1" > ${opened}\n`, {
      mode: 0o755,
    });
    const served = "export default { fetch: () => new Response() };";
    await Deno.writeTextFile(`${folder}/main.ts`, served);
    const options = {
      launch: sourcesThatRun(),
      cwd: folder,
      env: {
        PATH: `${folder}:${Deno.env.get("PATH")}`,
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      },
      ready: "/\n",
    };
    const words = ["serve", "--open", "--host=127.0.0.1", `--port=${port}`, "main.ts"];
    await withProgram(["auto", "--", deno.path, ...words], options, async ({ url, stop }) => {
      const address = await poll(async () => {
        const text = await Deno.readTextFile(opened).catch(() => "");
        return text === "" ? { answer: "nothing was opened" } : { result: text };
      }, "the browser");
      assertEquals(address, `http://127.0.0.1:${port}/\n`);
      await (await fetch(url)).text();
      await stop();
    });
  });
  assertEquals(receiver.spans.map(({ attributes }) => attributes["client.address"]), ["127.0.0.1"]);
}, LINUX);
