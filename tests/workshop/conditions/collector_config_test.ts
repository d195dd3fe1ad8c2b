import { assert, assertEquals, assertMatch } from "@std/assert";
import { findConfigMistakes } from "../../../lib/workshop/conditions/collector_config.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testIf, testWith } from "../../helpers/needs.ts";
import { demoFile, needsServers, SERVERS } from "../../helpers/servers.ts";

const GOOD = `
receivers:
  otlp:
    protocols:
      grpc:
        endpoint: 0.0.0.0:4317
exporters:
  debug:
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [debug]
`;

/** Configurations and their messages; all but the last one prevent the Collector from starting. */
const MISTAKES: [string, string, RegExp][] = [
  ["no YAML", GOOD.replace("[otlp]", "[otlp"), /^it isn't valid YAML/],
  ["no pipeline", "receivers:\n  otlp:\n    protocols:\n      grpc:\n", /no pipeline/],
  ["no exporters", GOOD.replace("[debug]", "[]"), /pipeline "traces" has no exporters/],
  [
    "an exporter that is not defined",
    GOOD.replace("[debug]", "[debug, zipkin]"),
    /pipeline "traces" contains "zipkin", which is not defined under exporters/,
  ],
  [
    "a processor that is not defined",
    `${GOOD}      processors: [batch]\n`,
    /contains "batch", which is not defined under processors/,
  ],
  [
    "an extension that is not defined",
    `${GOOD}  extensions: [zpages]\n`,
    /service contains "zpages", which is not defined under extensions/,
  ],
  [
    "the exporter logging",
    GOOD.replaceAll("debug", "logging"),
    /"logging" no longer exists/,
  ],
  ["the exporter jaeger", GOOD.replaceAll("debug", "jaeger/all"), /use otlp_grpc/],
  ["a log level", GOOD.replace("debug:", "debug:\n    loglevel: info"), /has no setting loglevel/],
  [
    "a receiver on localhost",
    GOOD.replace("0.0.0.0:4317", "localhost:4317"),
    /listens on localhost:4317 for grpc/,
  ],
];

for (const [what, text, said] of MISTAKES) {
  testWith(["read", "env"], `findConfigMistakes() finds ${what}, and nothing else`, () => {
    const mistakes = findConfigMistakes(text);
    assertEquals(mistakes.length, 1, mistakes.join("\n"));
    assertMatch(mistakes[0]!, said);
  });
}

testWith(
  ["read"],
  "findConfigMistakes() finds no mistakes in the project's configurations",
  async () => {
    for (const name of ["otel-collector-config.yaml", "otel-collector-config.red.yaml"]) {
      assertEquals(findConfigMistakes(await Deno.readTextFile(demoFile(name))), []);
    }
  },
);

testWith(["read"], "findConfigMistakes() finds all mistakes in the exercise", async () => {
  assertEquals(findConfigMistakes(await Deno.readTextFile(exercise("template"))).length, 5);
  assertEquals(findConfigMistakes(await Deno.readTextFile(exercise("steps/solution"))), []);
});

testIf(
  needsServers("collector"),
  ["read", "write", "run"],
  "the Collector rejects what findConfigMistakes() finds, and accepts the rest",
  () =>
    withFolder(async (folder) => {
      const file = `${folder}/c.yaml`;
      const solved = await Deno.readTextFile(exercise("steps/solution"));
      for (const text of [GOOD, solved]) assert(await isTaken(file, text), text);
      for (const [what, text] of MISTAKES.slice(0, -1)) assert(!await isTaken(file, text), what);
    }),
);

function exercise(folder: string): URL {
  const path = `../../../lib/workshop/${folder}/rotten/otel-collector-config.yaml`;
  return new URL(path, import.meta.url);
}

/** Whether the real Collector's own validation accepts it. */
async function isTaken(file: string, text: string): Promise<boolean> {
  await Deno.writeTextFile(file, text);
  const { success } = await new Deno.Command(SERVERS.collector, {
    args: ["validate", "--config", file],
    stdout: "null",
    stderr: "null",
  }).output();
  return success;
}
