import { assert, assertEquals, assertMatch } from "@std/assert";
import { postSpan, withCollector } from "../../helpers/collector_program.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";
import { encodeSpan } from "../../helpers/otlp_proto.ts";
import { eventually } from "../../helpers/poll.ts";
import { freePort, holdPort } from "../../helpers/ports.ts";
import { runProgram, withProgram } from "../../helpers/program.ts";

const NEEDS = ["net", "env", "read", "write", "run", "sys", "signals"] as const;
const TEMPLATE = new URL("../../../lib/workshop/template/lab/collector.yaml", import.meta.url);

/** The learner's file with both exporters in the pipeline, or changed in another way. */
async function writeConfig(
  folder: string,
  change = (text: string) =>
    text.replace("[debug, otlp_http/guide]", "[debug, otlp_http/guide, otlp_http/backend]"),
): Promise<string> {
  const file = `${folder}/collector.yaml`;
  await Deno.writeTextFile(file, change(await Deno.readTextFile(TEMPLATE)));
  return file;
}

testWith(
  NEEDS,
  "lab keeps the requests for a backend that is down, and sends them when it is back",
  () =>
    withFolder((folder) =>
      withCollector(async (guide) => {
        const config = await writeConfig(folder);
        const backendPort = freePort();
        const env = {
          LAB_PORT: "0",
          BACKEND_PORT: String(backendPort),
          OTEL_EXPORTER_OTLP_ENDPOINT: guide.httpUrl,
        };
        await withProgram(["lab", "--config", config], { env }, async (lab) => {
          for (const name of ["one", "two"]) {
            assertEquals(await postSpan(lab.url, encodeSpan(name)), 200);
          }
          await lab.waitFor("stdout", "queue of otlp_http/backend, traces: 2 of 100 requests\n");
          await lab.waitFor("stderr", "The collector keeps receiving");
          assertEquals(lab.stdout.match(/^debug: 1 span$/gm)?.length, 2);
          // The other exporter isn't affected, and has the label.
          const traces = await eventually(
            `${guide.uiUrl}/api/kit/traces?query=${encodeURIComponent("label1:value1")}`,
            ({ traces }) => traces.length === 2,
          );
          assertEquals(traces.traces.length, 2);
          const query = encodeURIComponent(
            'otelcol_exporter_queue_size{exporter="otlp_http/backend",data_type="traces"}',
          );
          const length = `${guide.uiUrl}/api/v1/query?query=${query}`;
          const isLength = (wanted: string) =>
          ({ data: { result } }: {
            data: { result: { value: [number, string] }[] };
          }) => result[0]?.value[1] === wanted;
          await eventually(length, isLength("2"));

          await withProgram(
            ["collector", `--http-port=${backendPort}`, "--grpc-port=0", "--ui-port=0"],
            {},
            async (backend) => {
              await eventually(
                `${backend.url}/api/kit/traces`,
                ({ traces }) => traces.length === 2,
              );
              await lab.waitFor("stdout", "backend, traces: 0 of 100 requests\n");
              await eventually(length, isLength("0"));
            },
          );
          const { code, stderr } = await lab.stop("SIGINT");
          assertEquals(code, 0);
          assertMatch(stderr, /works again\n/);
        });
      })
    ),
);

testWith(NEEDS, "lab refuses requests while a queue is full", () =>
  withFolder(async (folder) => {
    const config = await writeConfig(
      folder,
      (text) =>
        text.replace("otlp_http/guide]", "otlp_http/backend]").replace("size: 100", "size: 1"),
    );
    const env = { LAB_PORT: "0", BACKEND_PORT: String(freePort()) };
    await withProgram(["lab", "--config", config], { env }, async (lab) => {
      assertEquals(await postSpan(lab.url, encodeSpan("one")), 200);
      assertEquals(await postSpan(lab.url, encodeSpan("two")), 503);
    });
  }));

testWith(
  NEEDS,
  "lab --check says what it can't run, with the line, and what can",
  () =>
    withFolder(async (folder) => {
      const good = await writeConfig(folder);
      const { code, stdout } = await runProgram(["lab", "--check", `--config=${good}`]);
      assertEquals([code, stdout], [0, `${good}: the lab can run it\n`]);
      const idle = await writeConfig(
        folder,
        (text) =>
          text.replace("processors:\n", "processors:\n  batch:\n").replace("[attr", "[batch, attr"),
      );
      assertMatch(
        (await runProgram(["lab", "--check", `--config=${idle}`])).stderr,
        /^batch has no effect in the lab: requests are passed on as they arrive\n/,
      );
      const bad = await writeConfig(folder, (text) => text.replace("  debug:", "  zipkin:"));
      const refused = await runProgram(["lab", "--check", `--config=${bad}`]);
      assertEquals(refused.code, 2);
      assertMatch(refused.stderr, /line 21: the lab has no zipkin under exporters/);
      assert(refused.stderr.includes(`otelcol-contrib --config ${bad}`));
    }),
);

testWith(
  NEEDS,
  "lab names the file that is missing, and the port that is taken",
  () =>
    withFolder(async (folder) => {
      const missing = await runProgram(["lab", "--config", `${folder}/no.yaml`]);
      assertMatch(missing.stderr, /^Cannot read .*no.yaml: /);
      assertMatch(
        (await runProgram(["lab"])).stderr,
        /^Name a configuration: otel-kit lab --config/,
      );
      const config = await writeConfig(folder);
      using held = holdPort();
      const env = { LAB_PORT: String(held.number) };
      const { code, stderr } = await runProgram(["lab", "--config", config], { env });
      assertEquals(code, 1);
      assertMatch(
        stderr,
        new RegExp(`:${held.number}: .* has the port. Choose another with LAB_PORT`),
      );
    }),
);
