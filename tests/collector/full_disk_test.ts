import { assert, assertEquals, assertMatch } from "@std/assert";
import { withCollector } from "../helpers/collector_program.ts";
import { withFolder } from "../helpers/folder.ts";
import { areGranted, type Condition, testIf, testWith } from "../helpers/needs.ts";
import { fromSources, type Launch } from "../helpers/program.ts";
import { span, tracesRequest } from "./store/requests.ts";

const NEEDS = ["net", "env", "read", "write", "run", "sys", "signals", "shell"] as const;

/** A request whose spans take up this many bytes. */
function bigRequest(traceId: number, bytes: number): Uint8Array<ArrayBuffer> {
  const text = { key: "text", value: { stringValue: "x".repeat(bytes) } };
  return tracesRequest([span(traceId.toString(16), "1", { attributes: [text] })]);
}

/** Launches a collector after some shell commands. */
function launchAfter(command: string, args: string[], preparation: string): Launch {
  const { command: deno, args: run } = fromSources("main.ts", ["write"]);
  // The program's own arguments follow.
  return { command, args: [...args, "sh", "-c", `${preparation}; exec "$@"`, "sh", deno, ...run] };
}

/** Requires a namespace in which any user can mount a file system. */
function needsMount(): Condition {
  if (!areGranted(["run"])) return { missing: undefined };
  try {
    const { success } = new Deno.Command("unshare", {
      args: ["--user", "--map-root-user", "--mount", "true"],
      stdout: "null",
      stderr: "null",
    }).outputSync();
    return { missing: success ? undefined : "no name space to mount a small disk in" };
  } catch {
    return { missing: "no unshare to mount a small disk with" };
  }
}

async function post(url: string, body: Uint8Array<ArrayBuffer>) {
  const response = await fetch(`${url}/v1/traces`, {
    method: "POST",
    headers: { "content-type": "application/x-protobuf" },
    body,
  });
  return { status: response.status, text: await response.text() };
}

/** Sends until a request is refused; returns the number of accepted requests, and the refusal. */
async function fill(url: string, bytes: number) {
  for (let taken = 0; taken < 1000; taken++) {
    const answer = await post(url, bigRequest(taken + 1, bytes));
    if (answer.status !== 200) return { taken, ...answer };
  }
  throw new Error("The disk was never full");
}

testIf(
  needsMount(),
  NEEDS,
  "a full disk: senders retry, and everything can be deleted",
  async () => {
    await withFolder(async (folder) => {
      const mount = `mount -t tmpfs -o size=4m none "${folder}"`;
      const launch = launchAfter("unshare", ["--user", "--map-root-user", "--mount"], mount);
      const flags = [`--db=${folder}/small.db`];
      await withCollector(async ({ httpUrl, uiUrl, program }) => {
        const { taken, status, text } = await fill(httpUrl, 100_000);
        assert(taken > 5);
        assertEquals(status, 503);
        assertMatch(text, /it cannot be stored in the database \(the disk is full/);
        for (let i = 0; i < 3; i++) {
          assertEquals((await post(httpUrl, bigRequest(1, 10))).status, 503);
        }
        const kept = async () => {
          const stats = await (await fetch(`${uiUrl}/api/kit/stats`)).json();
          return stats.store.signals.traces.kept;
        };
        assertEquals(await kept(), taken);
        const told = program.stderr.match(
          /Cannot store telemetry in ".*small\.db": the disk is full/g,
        );
        assertEquals(told?.length, 1, program.stderr);

        const deleted = await fetch(`${uiUrl}/api/kit/data`, { method: "DELETE" });
        await deleted.body?.cancel();
        assertEquals([deleted.status, await kept()], [204, 0]);
        assertEquals((await post(httpUrl, bigRequest(1, 100_000))).status, 200);
        await program.waitFor("stderr", "Telemetry is stored again");
        assertEquals(await kept(), 1);
      }, { launch, flags });
    });
  },
);

testWith(NEEDS, "a file that cannot grow: senders retry, and nothing is lost", async () => {
  await withFolder(async (folder) => {
    // Blocks of 512 bytes. With the signal ignored, the system returns an error instead.
    const launch = launchAfter("env", [], "trap '' XFSZ; ulimit -f 4096");
    const flags = [`--db=${folder}/small.db`];
    let stored = 0;
    await withCollector(async ({ httpUrl, program }) => {
      const { taken, status, text } = await fill(httpUrl, 100_000);
      stored = taken;
      assertEquals(status, 503);
      assertMatch(text, /it cannot be stored in the database \(/);
      await program.waitFor("stderr", "Senders are asked to retry");
      await program.stop("SIGKILL");
    }, { launch, flags });
    await withCollector(async ({ uiUrl }) => {
      const stats = await (await fetch(`${uiUrl}/api/kit/stats`)).json();
      assertEquals(stats.store.signals.traces.kept, stored);
    }, { launch: fromSources("main.ts", ["write"]), flags });
  });
});
