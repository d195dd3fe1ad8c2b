import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "node:path";
import { UsageError } from "../../../lib/cli/errors.ts";
import { dashboard } from "../../../lib/cli/guide/dashboard.ts";
import { createCollector } from "../../../lib/collector/collector.ts";
import { embeddedBackends } from "../../../lib/workshop/backends/backends.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";
import { noServers } from "../../helpers/no_servers.ts";

const NEEDS = ["net", "env", "read", "write", "sys"] as const;

/** What the command prints, and a way to stop it. */
function terminal() {
  const stopping = new AbortController();
  const { promise: url, resolve } = Promise.withResolvers<string>();
  const output = {
    data(line: string) {
      resolve(line);
      return true;
    },
    status: () => true,
  };
  return { url, stopping, context: { output, stop: stopping.signal } };
}

testWith(
  NEEDS,
  "guide dashboard draws the learner's file, and reads it again each time",
  () =>
    withFolder(async (folder) => {
      await using collector = await createCollector({
        httpPort: 0,
        grpcPort: 0,
        uiPort: 0,
        store: { maxTraces: 10, maxBytes: 64 * 1024 ** 2 },
      });
      const session = { folder, backends: embeddedBackends(collector) };
      const { url, stopping, context } = terminal();
      const running = dashboard({ session }, context);
      const read = async () => await (await fetch(await url)).text();
      assertMatch(await read(), /Cannot read .*red\.rules\.yaml/);
      const write = (text: string) => Deno.writeTextFile(join(folder, "red.rules.yaml"), text);
      await write("groups: [");
      assertMatch(await read(), /it isn&#39;t valid YAML/);
      await write("groups: [{ name: red, rules: [{ record: up, expr: vector(1) }] }]");
      const drawn = await read();
      assertMatch(drawn, /<h2>up<\/h2>/);
      assert(!drawn.includes('class="problem"'), drawn);
      const other = await fetch(await url, { headers: { "sec-fetch-site": "cross-site" } });
      assertEquals([other.status, await other.text().then(Boolean)], [403, true]);
      stopping.abort();
      assertEquals(await running, 0);
    }),
);

Deno.test("guide dashboard needs a folder", async () => {
  const session = { folder: undefined, backends: noServers() };
  const error = await assertRejects(
    () => dashboard({ session }, terminal().context),
    UsageError,
  );
  assertMatch(error.message, /name it with --dir/);
});
