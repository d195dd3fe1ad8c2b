import { assert, assertEquals, assertMatch } from "@std/assert";
import { createCollector } from "../../../lib/collector/collector.ts";
import { type Backends, embeddedBackends } from "../../../lib/workshop/backends/backends.ts";
import type { Outcome } from "../../../lib/workshop/conditions/outcome.ts";
import type { Rung } from "../../../lib/workshop/ladder/rung.ts";
import { buildPreload } from "../builds.ts";
import { type Classroom, openClassroom } from "../classroom.ts";
import { withFolder } from "../folder.ts";
import { testIf } from "../needs.ts";
import { noServers } from "../no_servers.ts";
import { executable, needsExecutable, runProgram } from "../program.ts";
import { runHereWith } from "../run_here.ts";
import { makeMistake, type Running } from "./make_mistake.ts";
import type { Mistake, Row } from "./mistake.ts";

const NEEDS = ["net", "env", "read", "write", "run", "sys", "proc"] as const;

/** Each row: the step doesn't pass, and its messages name the cause. */
export function testMistakes(rows: readonly Row[]): void {
  for (const [step, what, mistake, said] of rows) {
    testIf(
      mistake.hasNoDeno ? needsExecutable() : { missing: undefined },
      NEEDS,
      `step ${step} doesn't pass, and names the cause: ${what}`,
      () => withFolder((folder) => makeAndCheck([step, what, mistake, said], folder)),
    );
  }
}

async function makeAndCheck([step, what, mistake, said]: Row, folder: string): Promise<void> {
  if (mistake.auto) await buildPreload();
  await using collector = await createCollector({
    httpPort: 0,
    grpcPort: 0,
    uiPort: 0,
    store: { maxTraces: 1000, maxBytes: 64 * 1024 ** 2 },
  });
  const backends = mistake.hasNoServers ? noServers() : embeddedBackends(collector);
  const room = await openClassroom(folder);
  assertEquals((await room.guide(backends, "goto", step)).code, 0);
  await using running = await makeMistake(mistake, room, backends);
  const situation = { mistake, room, backends, running };
  const { outcomes, ladder = [] } = await checkInVain(step, situation);
  if (what === "wrong port") {
    // Nothing of the app arrives, but test spans of the first check did.
    const again = await checkInVain(step, situation);
    assertEquals(passedOf(again.outcomes), passedOf(outcomes));
  }
  const texts = [
    ...outcomes.flatMap(({ state, found, advice = "" }) =>
      state === "passed" ? [] : [found, advice]
    ),
    ...ladder.filter(({ isWhole }) => !isWhole).flatMap(({ found, fix }) => [found, fix]),
  ];
  assertMatch(texts.join("\n").replaceAll(/\s+/g, " "), said);
}

interface CheckResult {
  passed: boolean;
  outcomes: Outcome[];
  ladder?: Rung[];
}

/** Checks a step, which must not pass. */
async function checkInVain(step: string, situation: Situation): Promise<CheckResult> {
  const { code, data, status } = await check(step, situation);
  assert(code === 1 || code === 3, `exit code ${code}: ${status}`);
  const result: CheckResult = JSON.parse(data);
  assert(!result.passed);
  return result;
}

function passedOf(outcomes: readonly Outcome[]): string[] {
  return outcomes.filter(({ state }) => state === "passed").map(({ id }) => id);
}

interface Situation {
  mistake: Mistake;
  room: Classroom;
  backends: Backends;
  running: Running;
}

/** Checks as the learner would. */
async function check(step: string, { mistake, room, backends, running }: Situation) {
  const words = ["guide", "check", step, "--json", ...room.flags(backends)];
  if (mistake.hasNoDeno) {
    const { code, stdout, stderr } = await runProgram([...words, "--wait=0s"], {
      launch: executable(),
      env: { PATH: room.dir },
    });
    return { code, data: stdout, status: stderr };
  }
  if (!mistake.stopsDuring) return await runHereWith({}, ...words, "--wait=500ms");
  let isStopped = false;
  return await runHereWith({
    onStatus(line) {
      if (isStopped || !/Waiting for: [^;]*Ctrl-C/.test(line)) return;
      isStopped = true;
      void fetch(`http://127.0.0.1:${room.port}`)
        .then((response) => response.text())
        .then(() => running.app?.stop("SIGINT"));
    },
  }, ...words);
}
