import { assertEquals, assertMatch } from "@std/assert";
import { DENOS, type TestedDeno } from "./helpers/denos.ts";
import { withFolder } from "./helpers/folder.ts";
import { testWith } from "./helpers/needs.ts";
import { closedUrl } from "./helpers/ports.ts";
import { type Finished, runProgram, sourcesThatRun, withApp } from "./helpers/program.ts";
import { oddTlsFile, TLS_FILES } from "./helpers/tls_files.ts";

const NEEDS = ["net", "env", "read", "write", "run", "signals"] as const;

const NUMBERS = ["0", "-1", "1", "99999999999999999999", "9007199254740991", "NaN", "1e999", " 7 "];

/** Invalid values that no setting should have. Each could crash a program that trusts it. */
const ODD: Readonly<Record<string, readonly string[]>> = {
  OTEL_SERVICE_NAME: ["é=,%", " ", "a\nb", "%00", "x".repeat(9000)],
  OTEL_RESOURCE_ATTRIBUTES: ["a", "=,=", "a=%zz", "a=é,b=%00", "a=b=c", "%00=a", " a = b "],
  OTEL_PROPAGATORS: ["foo", "b3,Tracecontext", "None", ",", "none,b3"],
  OTEL_TRACES_SAMPLER: ["foo", "TraceIdRatio", "", "always_on,always_off"],
  OTEL_TRACES_SAMPLER_ARG: ["2", "NaN", "-0", "1e-400", "0x1"],
  OTEL_EXPORTER_OTLP_PROTOCOL: ["GRPC", "foo", "http/json", "Http/Protobuf", ""],
  OTEL_EXPORTER_OTLP_COMPRESSION: ["none", "zstd", "GZip", ""],
  OTEL_EXPORTER_OTLP_HEADERS: [
    ...["a", "a=b%0ac", "a b=c", "ä=ö", "%00=a", "a=%00"],
    "host=x,content-length=5,transfer-encoding=chunked,connection=close,te=x,:path=/",
  ],
  OTEL_EXPORTER_OTLP_TIMEOUT: NUMBERS,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: [
    ...["http://[::1%25eth0]:1", "http://a..b:1", "http://x:0", "http://x:99999", "ftp://x"],
    ...["http://é.invalid:1", "http://a:b@127.0.0.1:1/%zz", "https://", "http://.:1"],
  ],
  OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: ["foo", "LOWMEMORY", "Delta"],
  OTEL_BSP_SCHEDULE_DELAY: NUMBERS,
  OTEL_BSP_EXPORT_TIMEOUT: NUMBERS.toReversed(),
  OTEL_BSP_MAX_QUEUE_SIZE: NUMBERS.slice(2),
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: NUMBERS.slice(3),
  OTEL_BLRP_MAX_QUEUE_SIZE: NUMBERS,
  OTEL_BLRP_SCHEDULE_DELAY: NUMBERS.slice(1),
  OTEL_METRIC_EXPORT_INTERVAL: NUMBERS,
  OTEL_METRIC_EXPORT_TIMEOUT: NUMBERS.slice(1),
  OTEL_ATTRIBUTE_COUNT_LIMIT: NUMBERS,
  OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: NUMBERS.slice(2),
  OTEL_SPAN_EVENT_COUNT_LIMIT: NUMBERS.slice(3),
  OTEL_SPAN_LINK_COUNT_LIMIT: NUMBERS.slice(4),
  HTTP_PROXY: ["foo://", "http://a:b@c@d", "://", "socks5://127.0.0.1:1", "http://h:99999", ""],
  HTTPS_PROXY: ["http://[::1", "\t", "http://%zz@127.0.0.1:1"],
  NO_PROXY: ["***", "1.2.3.4/99", "[::", ",,", "*"],
};

/** Odd values for Deno's own telemetry switches, given as flags because Deno also runs the launcher. */
const SWITCHES: readonly (readonly string[])[] = [
  [],
  ["OTEL_DENO=TRUE"],
  ["OTEL_DENO=1", "OTEL_DENO_TRACING=maybe"],
  ["OTEL_DENO=", "OTEL_DENO_METRICS=True"],
  ["OTEL_DENO_CONSOLE=foo"],
  ["OTEL_DENO=true", "OTEL_DENO_CONSOLE=CAPTURE", "OTEL_DENO_METRICS=0"],
];

/** Certificates and keys that Deno can't use, or not together. */
const ODD_PAIRS: readonly (readonly [certificate: string, key: string])[] = [
  [TLS_FILES.clientCert, oddTlsFile("foreign.key")],
  [oddTlsFile("short_rsa.pem"), oddTlsFile("short_rsa.key")],
  [oddTlsFile("version1.pem"), TLS_FILES.clientKey],
  [TLS_FILES.clientCert, oddTlsFile("encrypted.key")],
  [TLS_FILES.clientKey, TLS_FILES.clientCert],
];

const ROUNDS = Math.max(...Object.values(ODD).map(({ length }) => length));

/** Every variable with one of its odd values. All values are used over all rounds. */
function variablesOf(round: number): Record<string, string> {
  const entries = Object.entries(ODD).map(([name, texts]) => [name, texts[round % texts.length]!]);
  const [certificate, key] = ODD_PAIRS[round % ODD_PAIRS.length]!;
  return {
    ...Object.fromEntries(entries),
    OTEL_EXPORTER_OTLP_ENDPOINT: closedUrl().replace("http:", round % 2 ? "http:" : "https:"),
    OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: certificate,
    OTEL_EXPORTER_OTLP_CLIENT_KEY: key,
  };
}

/** Checks that the program ran to its end, whatever it reported about the settings. */
function assertAlive({ code, stdout, stderr }: Finished, codes: readonly number[], env: unknown) {
  const isFaulty = /panicked|has panicked|Uncaught|uncaught/.test(stderr);
  const told = `${JSON.stringify(env)}\n${stdout}\n${stderr}`;
  assertEquals([isFaulty, codes.includes(code)], [false, true], `exit code ${code}: ${told}`);
}

function launchOf(deno: TestedDeno) {
  return { ...sourcesThatRun(), command: deno.path };
}

for (const deno of DENOS) {
  for (let round = 0; round < ROUNDS; round++) {
    const title = `Deno ${deno.version}, round ${round + 1}`;

    testWith(NEEDS, `no odd setting ends a Deno program: ${title}`, async () => {
      const env = variablesOf(round);
      const program = "console.log('alive'); await fetch('data:,');";
      const switches = SWITCHES[round % SWITCHES.length]!.flatMap((pair) => ["--env", pair]);
      const relay = ["auto", "never", "always"][Math.floor(round / 2) % 3]!;
      const words = ["auto", "--relay", relay, ...switches, "--", deno.path, "eval", program];
      const finished = await runProgram(words, {
        launch: sourcesThatRun(),
        env,
      });
      assertAlive(finished, [0], env);
      assertMatch(finished.stdout, /alive/, JSON.stringify(env) + finished.stderr);
    });

    testWith(NEEDS, `no odd setting ends an app of the kit: ${title}`, async () => {
      const env = variablesOf(round);
      const mode = ["manual", "middleware", "auto"][round % 3]!;
      const args = ["serve", "--mode", mode];
      await withApp(args, { launch: launchOf(deno), env }, async ({ url, stop }) => {
        assertMatch(await (await fetch(url)).text(), /^Hello, World!/);
        assertAlive(await stop(), [0], env);
      });
    });

    // It is slow if nothing answers, and it reads the same settings as the others.
    if (round % 3 > 0) continue;
    testWith(NEEDS, `no odd setting ends the doctor: ${title}`, async () => {
      const env = variablesOf(round);
      assertAlive(await runProgram(["doctor"], { launch: launchOf(deno), env }), [0, 1], env);
    });
  }

  testWith(
    NEEDS,
    `no way to send ends a program without a relay: Deno ${deno.version}`,
    async () => {
      const { clientCert } = TLS_FILES;
      const ways: string[][] = [
        ["--protocol", "grpc"],
        ["--exporter-otlp-compression", "gzip"],
        ["--exporter-otlp-certificate", oddTlsFile("foreign.key")],
        ...ODD_PAIRS.map(([certificate, key]) => [
          ...["--exporter-otlp-client-certificate", certificate],
          ...["--exporter-otlp-client-key", key],
        ]),
        ["--exporter-otlp-client-certificate", clientCert],
      ];
      const endpoint = closedUrl().replace("http:", "https:");
      for (const way of ways) {
        const words = ["auto", "--relay", "never", "--endpoint", endpoint, ...way, "--", deno.path];
        const finished = await runProgram([...words, "eval", "console.log('alive')"], {
          launch: sourcesThatRun(),
          env: { OTEL_BSP_SCHEDULE_DELAY: "1" },
        });
        assertAlive(finished, [0], way);
        assertMatch(finished.stdout, /alive/, finished.stderr);
      }
    },
  );

  testWith(NEEDS, `no odd configuration file ends an app: Deno ${deno.version}`, async () => {
    await withFolder(async (folder) => {
      for (const [index, [certificate, key]] of ODD_PAIRS.entries()) {
        const exporter = index % 2 ? "otlp_grpc" : "otlp_http";
        const path = `${folder}/otel.yaml`;
        await Deno.writeTextFile(
          path,
          `file_format: "1.0"
tracer_provider:
  processors:
    - simple:
        exporter:
          ${exporter}:
            endpoint: ${closedUrl().replace("http:", "https:")}
            tls: { cert_file: ${certificate}, key_file: ${key} }
`,
        );
        const args = ["auto", "--config-file", path];
        await withApp(args, { launch: launchOf(deno) }, async ({ url, stop }) => {
          assertMatch(await (await fetch(url)).text(), /^Hello, World!/);
          const finished = await stop();
          assertAlive(finished, [0], certificate);
          assertMatch(finished.stderr, /Cannot send spans: .*The app continues without/);
        });
      }
    });
  });
}
