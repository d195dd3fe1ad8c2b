import { assert, assertEquals } from "@std/assert";
import { readCourse } from "../lib/workshop/course/read_course.ts";
import { openClassroom } from "./helpers/classroom.ts";
import { withFolder } from "./helpers/folder.ts";
import { areGranted, testIf } from "./helpers/needs.ts";
import { executable, needsExecutable, runProgram } from "./helpers/program.ts";
import { PLACES } from "./helpers/workshop_places.ts";

const NEEDS = ["net", "env", "read", "write", "run", "sys"] as const;
const STEPS = new URL("../lib/workshop/steps/", import.meta.url);

const { missing } = needsExecutable();
const steps = areGranted(["read"]) ? (await readCourse(STEPS)).steps : [];

for (const { name, needs, lend } of PLACES) {
  testIf(
    { ...needs, missing: missing ?? needs.missing },
    NEEDS,
    `the executable takes the whole course by script, on ${name}`,
    () =>
      lend((backends) =>
        withFolder(async (folder) => {
          const { flags } = await openClassroom(folder);
          const guide = async (...words: string[]) =>
            await runProgram(["guide", ...words, "--json", ...flags(backends)], {
              launch: executable(),
            });
          for (const { id } of steps) {
            const { stdout, stderr } = await guide("solve", id);
            assert(stdout !== "", `${id}: ${stderr}`);
            const open = JSON.parse(stdout).outcomes.filter(
              ({ state, reason }: { state: string; reason?: string }) =>
                state !== "passed" && reason !== "no-logs-here",
            );
            assertEquals(open, [], id);
          }
          const { stdout } = await guide("list");
          const states = JSON.parse(stdout).steps
            .map(({ id, state }: { id: string; state: string }) => `${id} ${state}`);
          const noLogs = backends.isEmbedded ? "shown" : "begun";
          assertEquals(
            states,
            steps.map(({ id }) => `${id} ${id === "logs" ? noLogs : "shown"}`),
          );
        })
      ),
  );
}
