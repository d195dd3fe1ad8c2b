import type { Step } from "../../workshop/course/step.ts";
import { readDemoFiles } from "../files/demo_files.ts";
import { takeAway, writeOver, type WrittenOver } from "./learner_files.ts";
import type { Session } from "./session.ts";

/**
 * Deletes the progress of steps, restores the files that their solutions write, and removes files that were
 * added; the learner's own versions are kept under another name. If all steps are reset, the current step and
 * the learner's folder are forgotten, too.
 */
export async function resetSteps(
  steps: readonly Step[],
  session: Session,
  { isAll = false }: { isAll?: boolean } = {},
): Promise<WrittenOver> {
  const written = steps.flatMap(({ solution }) =>
    solution.flatMap((action) => "write" in action ? action.write.map(({ file }) => file) : [])
  );
  const result = await writeOver(
    session,
    "template",
    written.map((file) => ({ file, from: file })),
  );
  for (const folder of steps.flatMap(demoFolders)) {
    const { written, kept } = await takeAway(
      session.folder ?? Deno.cwd(),
      folder,
      await readDemoFiles(),
    );
    result.written.push(...written);
    result.kept.push(...kept);
  }
  await session.update((progress) => {
    for (const { id, conditions } of steps) {
      delete progress.steps[id];
      for (const { check } of conditions) {
        if (check.kind !== "quiz") continue;
        for (const question of check.questions) delete progress.answers[question];
      }
    }
    if (!isAll) return;
    delete progress.firstTries;
    delete progress.current;
    delete progress.folder;
  });
  return result;
}

function demoFolders({ solution }: Step): string[] {
  return solution.flatMap((action) => "collectorDemo" in action ? action.collectorDemo.dir : []);
}
