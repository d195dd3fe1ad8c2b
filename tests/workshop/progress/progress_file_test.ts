import { assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import type { Progress } from "../../../lib/workshop/progress/progress.ts";
import {
  NewerProgressError,
  progressPath,
  readProgress,
  writeProgress,
} from "../../../lib/workshop/progress/progress_file.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";

const NEEDS = ["read", "write"] as const;
const RUNS = { numRuns: 100 };

const key = fc.stringMatching(/^[a-z][a-z0-9-]{0,11}$/);
const series = fc.stringMatching(/^[a-z_]{1,9}\{([a-z_]{1,9}="[^"]{0,9}",?)*\}$/);
/** More of the same would show nothing new, and take long. */
const few = { maxKeys: 3 };
const evidence = fc.record(
  { text: fc.string(), traceId: fc.string(), series: fc.string(), status: fc.nat(599) },
  { requiredKeys: ["text"] },
);
const done = fc.record({
  at: fc.nat(),
  how: fc.constantFrom("done" as const, "shown" as const),
  evidence: fc.dictionary(key, evidence, few),
});
const step = fc.record({
  startedAt: fc.nat(),
  readings: fc.dictionary(key, fc.dictionary(series, fc.integer(), few), few),
  hintsShown: fc.nat(3),
  isSolved: fc.boolean(),
  done,
}, { requiredKeys: ["readings", "hintsShown", "isSolved"] });
const course = fc.record(
  {
    current: key,
    steps: fc.dictionary(key, step, few),
    answers: fc.dictionary(key, fc.boolean(), few),
  },
  { requiredKeys: ["steps", "answers"] },
);
const progress = fc.record({
  format: fc.constant(1 as const),
  courses: fc.dictionary(key, course, few),
});

testWith(NEEDS, "any progress that is written can be read again", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/data/progress.json`;
    await fc.assert(
      fc.asyncProperty(progress, async (given) => {
        const plain: Progress = JSON.parse(JSON.stringify(given));
        await writeProgress(path, plain);
        assertEquals(await readProgress(path), { progress: plain });
        assertEquals((await names(`${folder}/data`)).length, 1, "a file is left behind");
      }),
      RUNS,
    );
  });
});

testWith(NEEDS, "any unreadable text is moved aside, byte for byte", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/progress.json`;
    const broken = fc.oneof(
      fc.string(),
      fc.json(),
      progress.map((given) => JSON.stringify(given).slice(0, -1)),
      progress.map((given) => JSON.stringify({ ...given, courses: [] })),
    );
    await fc.assert(
      fc.asyncProperty(broken, async (text) => {
        await Deno.writeTextFile(path, text);
        const { progress, movedTo } = await readProgress(path);
        assertEquals(progress, { format: 1, courses: {} });
        assertEquals(await Deno.readTextFile(movedTo!), text);
        assertEquals((await names(folder)).includes("progress.json"), false);
        await writeProgress(path, progress);
        assertEquals(await Deno.readTextFile(movedTo!), text);
        await Deno.remove(movedTo!);
      }),
      RUNS,
    );
  });
});

testWith(NEEDS, "files written by a newer version are left unchanged", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/progress.json`;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2 }), fc.jsonValue(), async (format, rest) => {
        const text = JSON.stringify({ format, rest });
        await Deno.writeTextFile(path, text);
        await assertRejects(() => readProgress(path), NewerProgressError, "Update otel-kit");
        assertEquals(await Deno.readTextFile(path), text);
        assertEquals(await names(folder), ["progress.json"]);
      }),
      RUNS,
    );
  });
});

testWith(
  NEEDS,
  "a reader during a write finds the old or the new file",
  async () => {
    await withFolder(async (folder) => {
      const path = `${folder}/progress.json`;
      const at = (current: string): Progress => ({
        format: 1,
        courses: { a: { current, steps: {}, answers: {} } },
      });
      await writeProgress(path, at("0"));
      const writes = Array.from({ length: 50 }, (_, i) => writeProgress(path, at(String(i))));
      const reads = Array.from({ length: 50 }, () => readProgress(path));
      for (const { movedTo } of await Promise.all(reads)) assertEquals(movedTo, undefined);
      await Promise.all(writes);
      assertEquals(await names(folder), ["progress.json"]);
    });
  },
);

testWith(NEEDS, "keys that this version does not know are kept", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/progress.json`;
    const given = { format: 1, later: true, courses: { a: { steps: {}, answers: {}, more: 1 } } };
    await Deno.writeTextFile(path, JSON.stringify(given));
    const { progress } = await readProgress(path);
    await writeProgress(path, progress);
    assertEquals(JSON.parse(await Deno.readTextFile(path)), given);
  });
});

Deno.test("progressPath() is in the data folder of each system", () => {
  const home = { HOME: "/home/a" };
  assertEquals(progressPath(home, "linux"), "/home/a/.local/share/otel-kit/progress.json");
  assertEquals(
    progressPath({ ...home, XDG_DATA_HOME: "/data" }, "linux"),
    "/data/otel-kit/progress.json",
  );
  assertEquals(
    progressPath(home, "darwin"),
    "/home/a/Library/Application Support/otel-kit/progress.json",
  );
  assertEquals(progressPath({ LOCALAPPDATA: "C:\\D" }, "windows"), "C:\\D/otel-kit/progress.json");
  assertEquals(progressPath({}, "linux"), undefined);
});

async function names(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
}
