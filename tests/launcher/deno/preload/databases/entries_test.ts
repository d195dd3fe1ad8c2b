import { assertEquals } from "@std/assert";
import type { RunningCall } from "../../../../../lib/launcher/deno/preload/databases/client_call.ts";
import {
  type Entries,
  followEntries,
} from "../../../../../lib/launcher/deno/preload/databases/entries.ts";
import { stopTime } from "../../../../helpers/fake_time.ts";
import { withFolder } from "../../../../helpers/folder.ts";
import { fromSources, runProgram } from "../../../../helpers/program.ts";
import { startHttpReceiver } from "../../../../helpers/receiver.ts";
import { testOnEach } from "../../launching.ts";

const START = Date.UTC(2026, 0, 1);

/** Follows the reading of numbers; the second one is rejected if it fails. The log has each event's time. */
function follow(numbers: number[], fails = false): { entries: Entries; log: string[] } {
  const log: string[] = [];
  const note = (what: string, time = Date.now()) => log.push(`${what} at ${time - START}`);
  const call: RunningCall = {
    end: (time) => void note("end", time?.valueOf()),
    fail: (error) => void note(String(error)),
  };
  const left = numbers.values();
  const next = () => {
    const result = left.next();
    return fails && result.value === 2
      ? Promise.reject(new RangeError("no two"))
      : Promise.resolve(result);
  };
  const entries = followEntries({ next }, () => {
    note("start");
    return call;
  });
  return { entries, log };
}

Deno.test("followEntries() ends the span with the last entry", async () => {
  using time = stopTime(START);
  const { entries, log } = follow([1]);
  assertEquals(log, []);
  await entries.next();
  time.jump(100);
  await entries.next();
  await entries.next();
  assertEquals(log, ["start at 0", "end at 100"]);
});

Deno.test("followEntries() ends the span with an error", async () => {
  using _time = stopTime(START);
  const { entries, log } = follow([1, 2], true);
  await entries.next();
  await entries.next().catch(() => {});
  await entries.return?.();
  assertEquals(log, ["start at 0", "RangeError: no two at 0"]);
});

Deno.test("followEntries() ends the span when a loop ends", async () => {
  using _time = stopTime(START);
  const { entries, log } = follow([1, 2]);
  await entries.next();
  assertEquals(await entries.return?.("left"), { done: true, value: "left" });
  assertEquals(log, ["start at 0", "end at 0"]);
});

Deno.test("followEntries() notices that a program stopped, and ends the span with the last entry", async () => {
  using time = stopTime(START);
  const { entries, log } = follow([1, 2, 3, 4]);
  await entries.next();
  await time.pass(3_000);
  await entries.next();
  await time.pass(4_900);
  assertEquals(log, ["start at 0"]);
  await time.pass(100);
  assertEquals(log, ["start at 0", "end at 3000"]);
  await entries.next();
  assertEquals(log.length, 2);
});

testOnEach("a list that was not read to its end has a span when the program ends", async (deno) => {
  await using receiver = startHttpReceiver();
  await withFolder(async (folder) => {
    const source = `const kv = await Deno.openKv(":memory:");
await kv.set(["shoes", 1], "red");
await kv.list({ prefix: ["shoes"] }).next();
kv.close();
`;
    await Deno.writeTextFile(`${folder}/main.mjs`, source);
    const { code, stderr } = await runProgram(
      ["auto", "--", deno.path, "run", "--unstable-kv", "main.mjs"],
      {
        launch: fromSources("main.ts", ["run", "write"]),
        cwd: folder,
        env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url },
      },
    );
    assertEquals(code, 0, stderr);
    assertEquals(receiver.spans.map(({ name }) => name), ["set :memory:", "list :memory:"]);
  });
});
