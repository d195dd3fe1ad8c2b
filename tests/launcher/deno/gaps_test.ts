/** What the launcher reports about a Deno program's settings matches what happens to them. */
import { assert, assertEquals } from "@std/assert";
import { DENO_GAPS, gapsOf } from "../../../lib/launcher/deno/gaps.ts";
import { isAtLeast } from "../../../lib/launcher/deno/version.ts";
import { settingOf, type Variable } from "../../../lib/telemetry/settings.ts";
import { DENOS, needsBothSidesOf, type TestedDeno } from "../../helpers/denos.ts";
import { testIf } from "../../helpers/needs.ts";
import { startHttpReceiver } from "../../helpers/receiver.ts";
import { type Experiment, EXPERIMENTS } from "./experiments.ts";
import { launch, NEEDS, testOnEach, to } from "./launching.ts";

for (const experiment of EXPERIMENTS) {
  testOnEach(experiment.name, async (deno) => {
    const { arrived, launched: { without, stderr } } = await run(experiment, deno);
    const promised = Object.fromEntries(
      Object.keys(arrived).map((variable) => [variable, !without.has(variable)]),
    );
    assertEquals(promised, arrived, stderr);
  });
}

Deno.test("gapsOf() leaves out what the preload adds", () => {
  const samples = (version: string, isPreloaded: boolean) =>
    !gapsOf(version, isPreloaded).some(({ variables }) => variables.test("OTEL_TRACES_SAMPLER"));
  assertEquals([samples("2.7.11", false), samples("2.7.11", true), samples("2.8.3", false)], [
    false,
    true,
    true,
  ]);
});

for (const { variables, except, since, isPreloaded } of DENO_GAPS) {
  const isInGap = (variable: string, text: string) =>
    variables.test(variable) && !except?.(settingOf(variable as Variable).type.parse(text));
  const name = String(variables).slice(1, -1);
  if ((since === undefined && !except) || isPreloaded) continue;

  Deno.test(`an experiment shows the gap ${name} ${except ? "for some values" : ""}`, () => {
    assert(findExperiment(isInGap));
  });

  if (since === undefined) continue;
  testIf(needsBothSidesOf(since), NEEDS, `Deno ${since} closes the gap ${name}`, async () => {
    const experiment = findExperiment(isInGap)!;
    const variable = Object.keys(experiment.given).find((one) => variables.test(one)) as Variable;
    const before = DENOS.findLast(({ version }) => !isAtLeast(version, since))!;
    const after = DENOS.find(({ version }) => isAtLeast(version, since))!;
    assertEquals((await run(experiment, before)).arrived[variable], false);
    assertEquals((await run(experiment, after)).arrived[variable], true);
  });
}

function findExperiment(isInGap: (variable: string, text: string) => boolean) {
  return EXPERIMENTS.find(({ given }) =>
    Object.entries(given).some(([variable, text]) => isInGap(variable, text))
  );
}

async function run({ given, args = [], observe }: Experiment, deno: TestedDeno) {
  await using receiver = startHttpReceiver();
  const launched = await launch(deno, { ...to(receiver), ...given }, ...args);
  assertEquals(launched.code, 0, launched.stderr);
  return { arrived: observe(receiver, launched), launched };
}
