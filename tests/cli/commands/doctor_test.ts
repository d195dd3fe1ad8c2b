import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { testWith } from "../../helpers/needs.ts";
import { closedUrl } from "../../helpers/ports.ts";
import { runProgram } from "../../helpers/program.ts";
import { startGrpcReceiver, startHttpReceiver } from "../../helpers/receiver.ts";

const NEEDS = ["net", "env", "read", "run"] as const;

async function examine(args: string[], env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await runProgram(["doctor", "--json", ...args], { env });
  const { ok, findings }: {
    ok: boolean;
    findings: { check: string; status: string; message: string; remedy?: string }[];
  } = JSON.parse(stdout);
  assertEquals(code, ok ? 0 : 1, stderr);
  const failed = findings.filter(({ status }) => status === "failed");
  return { ok, findings, failed, stdout, text: failed.map((one) => Object.values(one)).join() };
}

testWith(
  NEEDS,
  "doctor finds that an endpoint accepts everything, over each protocol",
  async () => {
    for (const start of [startHttpReceiver, startGrpcReceiver]) {
      await using receiver = start();
      const protocol = start === startGrpcReceiver ? "grpc" : "http/protobuf";
      const { ok, findings } = await examine(["--endpoint", receiver.url, "--protocol", protocol]);
      assert(ok, JSON.stringify(findings));
      assertEquals(new Set(receiver.requests.map(({ signal }) => signal)).size, 3);
    }
  },
);

testWith(NEEDS, "doctor explains an answer, with a remedy", async () => {
  for (const status of [401, 404, 503]) {
    await using receiver = startHttpReceiver({ answer: () => ({ status }) });
    const { ok, failed, text } = await examine(["--endpoint", receiver.url]);
    assertEquals(ok, false);
    assertMatch(text, new RegExp(`${status}`));
    assert(failed.every(({ remedy }) => remedy));
  }
});

testWith(NEEDS, "doctor finds a refused connection, and HTTP to a gRPC port", async () => {
  const refused = await examine(["--endpoint", closedUrl()]);
  assertMatch(refused.text, /connection refused/);
  await using receiver = startGrpcReceiver();
  const other = await examine(["--endpoint", receiver.url]);
  assertMatch(other.text, /gRPC port/);
});

testWith(NEEDS, "doctor reports a misspelled variable, and shows no secret", async () => {
  const env = { OTEL_TRACE_EXPORTER: "otlp", OTEL_EXPORTER_OTLP_HEADERS: "a=s3cr3t" };
  const { findings, stdout } = await examine(["--offline"], env);
  const finding = findings.find(({ message }) => message.includes("OTEL_TRACE_EXPORTER"));
  assertEquals(finding?.status, "warning");
  assertMatch(finding?.remedy ?? "", /OTEL_TRACES_EXPORTER/);
  assert(!stdout.includes("s3cr3t"));
});

testWith(NEEDS, "doctor sends nothing when it is offline", async () => {
  await using receiver = startHttpReceiver();
  const { ok } = await examine(["--offline", "--endpoint", receiver.url]);
  assertEquals([ok, receiver.requests.length], [true, 0]);
});

testWith(NEEDS, "doctor finds invalid certificates and missing files", async () => {
  const readme = fileURLToPath(new URL("../../../README.md", import.meta.url));
  const { failed } = await examine(["--offline"], { OTEL_EXPORTER_OTLP_CERTIFICATE: readme });
  assertEquals(failed[0]?.check, "certificates");
  const file = await examine(["--offline"], { OTEL_CONFIG_FILE: "/otel-kit/no-such.yaml" });
  assertMatch(file.text, /there is no such file/);
});

testWith(
  NEEDS,
  "doctor prints text in 80 columns, and rejects unknown arguments",
  async () => {
    const { code, stdout } = await runProgram(["doctor", "--offline"]);
    assertEquals(code, 0);
    assertMatch(stdout, /^ {2}ok {8}\w/m);
    assertMatch(stdout, /In all: /);
    for (const line of stdout.split("\n")) assert(line.length <= 80, line);
    assertEquals((await runProgram(["doctor", "x"])).code, 2);
    assertEquals((await runProgram(["doctor", "--traces-sampler", "bogus"])).code, 2);
  },
);
