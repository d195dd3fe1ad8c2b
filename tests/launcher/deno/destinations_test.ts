/** Endpoints and headers mean the same whether a relay sends or Deno itself. */
import { assertEquals } from "@std/assert";
import type { TestedDeno } from "../../helpers/denos.ts";
import { runProgram, sourcesThatRun } from "../../helpers/program.ts";
import { programPath } from "../launching.ts";
import { testOnEach } from "./launching.ts";

/** Without a time limit, Deno 2.7.11 waits for a server that doesn't answer; this server does answer. */
const USES = ["always", "never"] as const;

/** A request as received, by signal. */
type Requests = Record<string, { url: string; headers: Headers }>;

for (const use of USES) {
  testOnEach(`--relay ${use}: an endpoint keeps its query`, async (deno) => {
    const requests = await run(deno, use, (port) => ({
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}/base/?key=a%20b`,
      OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `http://127.0.0.1:${port}/mine/v1/logs?own=1`,
    }));
    assertEquals(requests.traces!.url, "/base/v1/traces?key=a%20b");
    assertEquals(requests.metrics!.url, "/base/v1/metrics?key=a%20b");
    assertEquals(requests.logs!.url, "/mine/v1/logs?own=1");
  });

  testOnEach(`--relay ${use}: headers are decoded, and a signal's own beat the others`, async (
    deno,
  ) => {
    const requests = await run(deno, use, (port) => ({
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_HEADERS: "authorization=Basic%20all,tenant=a%2Cb",
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: "Authorization=Bearer%20traces%3D%3D,extra=1",
    }));
    const read = (signal: string) =>
      ["authorization", "tenant", "extra"].map((name) => requests[signal]!.headers.get(name));
    assertEquals(read("traces"), ["Bearer traces==", "a,b", "1"]);
    assertEquals(read("metrics"), ["Basic all", "a,b", null]);
    assertEquals(read("logs"), ["Basic all", "a,b", null]);
  });
}

testOnEach("user and password of an endpoint are sent as its credentials", async (deno) => {
  const requests = await run(deno, "auto", (port) => ({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://me:p%40ss@127.0.0.1:${port}/?key=1`,
  }));
  for (const { url, headers } of Object.values(requests)) {
    assertEquals(headers.get("authorization"), `Basic ${btoa("me:p@ss")}`);
    assertEquals(url.replace(/^\/v1\/\w+/, ""), "?key=1");
  }
  assertEquals(Object.keys(requests).toSorted(), ["logs", "metrics", "traces"]);
});

/** Runs a program that creates telemetry of all signals, and returns what its server received of each. */
async function run(
  { path }: TestedDeno,
  use: string,
  variables: (port: number) => Record<string, string>,
): Promise<Requests> {
  const requests: Requests = {};
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      await request.arrayBuffer();
      const url = request.url.slice(new URL(request.url).origin.length);
      const [, signal = ""] = /\/v1\/(\w+)/.exec(url) ?? [];
      requests[signal] = { url, headers: request.headers };
      return new Response();
    },
  );
  const program = [
    path,
    "run",
    "--quiet",
    "--allow-net",
    "--allow-env",
    programPath("telemetry.ts"),
  ];
  const { code, stderr } = await runProgram(["auto", "--relay", use, "--", ...program], {
    launch: sourcesThatRun(),
    env: variables(server.addr.port),
  });
  assertEquals([code, Object.keys(requests).length], [0, 3], stderr);
  return requests;
}
