import { assertEquals } from "@std/assert";
import { DENOS } from "./helpers/denos.ts";
import { withFolder } from "./helpers/folder.ts";
import { testIf, testWith } from "./helpers/needs.ts";
import { runProgram, sourcesThatRun, withApp, withProgram } from "./helpers/program.ts";
import { type Receiver, startGrpcReceiver, startHttpReceiver } from "./helpers/receiver.ts";
import { launcherInNodeFolder, needsNode, programPath, tracesTo } from "./launcher/launching.ts";

const NEEDS = ["net", "env", "read", "run", "signals"] as const;

const ALL = "authorization=all,x-all=yes";
const OWN = "Authorization=own";

const VARIABLES = {
  OTEL_EXPORTER_OTLP_HEADERS: ALL,
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: OWN,
  OTEL_METRICS_EXPORTER: "none",
  OTEL_LOGS_EXPORTER: "none",
};

const FLAGS = ["--exporter-otlp-headers", ALL, "--exporter-otlp-traces-headers", OWN];

/** Checks that the signal's own header replaced the general one, whose name differs only in case. */
function assertOverridden({ requests }: Receiver): void {
  const sent = requests.map(({ headers }) => [headers.authorization, headers["x-all"]]);
  assertEquals(sent, [["own", "yes"]]);
}

const PROTOCOLS = [
  {
    protocol: "http/protobuf",
    start: startHttpReceiver,
    exporter: "otlp_http",
    path: "/v1/traces",
  },
  { protocol: "grpc", start: startGrpcReceiver, exporter: "otlp_grpc", path: "" },
] as const;

for (const { protocol, start, exporter, path } of PROTOCOLS) {
  const { OTEL_METRICS_EXPORTER, OTEL_LOGS_EXPORTER } = VARIABLES;
  const ways = {
    variables: { args: [], env: VARIABLES },
    flags: { args: FLAGS, env: { OTEL_METRICS_EXPORTER, OTEL_LOGS_EXPORTER } },
  };
  for (const [way, { args, env }] of Object.entries(ways)) {
    testWith(
      NEEDS,
      `a signal's header overrides the general one, by ${way} over ${protocol}`,
      async () => {
        await using receiver = start();
        const more = ["--endpoint", receiver.url, "--protocol", protocol];
        await withApp(["auto", ...args, ...more], { env }, async ({ url, stop }) => {
          await (await fetch(url)).text();
          await stop();
        });
        assertOverridden(receiver);
      },
    );
  }

  testWith(
    [...NEEDS, "write"],
    `a header overrides headers_list in a file, over ${protocol}`,
    async () => {
      await using receiver = start();
      await withFolder(async (folder) => {
        await Deno.writeTextFile(
          `${folder}/otel.yaml`,
          `file_format: "1.0"
tracer_provider:
  processors:
    - simple:
        exporter:
          ${exporter}:
            endpoint: ${receiver.url}${path}
            headers_list: ${ALL}
            headers: [{name: AUTHORIZATION, value: first}, {name: Authorization, value: own}]
`,
        );
        const args = ["auto", "--config-file", `${folder}/otel.yaml`];
        await withApp(args, {}, async ({ url, stop }) => {
          await (await fetch(url)).text();
          await stop();
        });
        assertOverridden(receiver);
      });
    },
  );
}

for (const { path: deno, version } of DENOS) {
  testWith(NEEDS, `a signal's header overrides the general one, for Deno ${version}`, async () => {
    await using receiver = startHttpReceiver();
    const program = "import { trace } from 'npm:@opentelemetry/api@1.9.1';" +
      "trace.getTracer('t').startSpan('s').end()";
    const { code, stderr } = await runProgram(["auto", "--", deno, "eval", program], {
      launch: sourcesThatRun(),
      env: { ...tracesTo(receiver.url), ...VARIABLES },
    });
    assertEquals(code, 0, stderr);
    assertOverridden(receiver);
  });
}

testIf(
  needsNode(),
  [...NEEDS, "shell"],
  "a signal's header overrides the general one, for Node",
  async () => {
    await using receiver = startHttpReceiver();
    const { args: [, script = "", sh = "", folder = ""] } = launcherInNodeFolder();
    const { command, args } = sourcesThatRun();
    const launch = { command: "sh", args: ["-c", script, sh, folder, command, ...args, "auto"] };
    const env = { ...tracesTo(receiver.url), ...VARIABLES };
    const words = ["--", "node", programPath("server.mjs")];
    await withProgram(words, { launch, env, ready: "/\n" }, async (server) => {
      await (await fetch(server.url)).text();
      await server.stop();
    });
    assertOverridden(receiver);
  },
);
