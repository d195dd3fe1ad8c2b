import { assertEquals, assertMatch } from "@std/assert";
import { withFolder } from "../helpers/folder.ts";
import { testWith } from "../helpers/needs.ts";
import { runProgram, withApp } from "../helpers/program.ts";
import { startHttpReceiver } from "../helpers/receiver.ts";

const NEEDS = ["net", "env", "read", "run", "write", "signals"] as const;

const HEADERS = {
  forwarded: "for=192.0.2.60;proto=https;host=shop.example",
};

/** The server span's attributes for a request that came through a proxy. */
async function tellOf(args: string[], env: Record<string, string> = {}) {
  await using receiver = startHttpReceiver();
  const more = { ...env, TEST_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
  await withApp(args, { env: more }, async ({ url, stop }) => {
    await (await fetch(url, { headers: HEADERS })).text();
    await stop();
  });
  const { attributes } = receiver.spans[0]!;
  return [attributes["client.address"], attributes["url.scheme"], attributes["server.address"]];
}

const BELIEVED = ["192.0.2.60", "https", "shop.example"];
const NOT_BELIEVED = ["127.0.0.1", "http", "127.0.0.1"];

for (const mode of ["middleware", "auto"]) {
  testWith(NEEDS, `serve --mode ${mode} trusts a proxy only if configured to`, async () => {
    const args = ["serve", "--mode", mode];
    assertEquals(await tellOf(args), NOT_BELIEVED);
    assertEquals(await tellOf([...args, "--instrumentation-http-trust-proxy"]), BELIEVED);
    const variable = { OTEL_INSTRUMENTATION_HTTP_TRUST_PROXY: "True" };
    assertEquals(await tellOf(args, variable), BELIEVED);
  });
}

testWith(NEEDS, "a configuration file can configure trust in a proxy", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/otel.yaml`;
    for (const trust of [true, false]) {
      await Deno.writeTextFile(
        path,
        `file_format: "1.0"
tracer_provider:
  processors: [{ simple: { exporter: { otlp_http: { endpoint: "\${TEST_ENDPOINT}/v1/traces" } } } }]
distribution: { otel_kit: { trust_proxy: ${trust} } }
`,
      );
      const told = await tellOf(["auto", "--config-file", path]);
      assertEquals(told, trust ? BELIEVED : NOT_BELIEVED);
    }
  });
});

testWith(
  ["net", "env", "read", "run"],
  "serve --mode manual reports the options that it lacks",
  async () => {
    const args = ["serve", "--mode", "manual", "--dry-run", "--propagators", "b3"];
    const { stderr } = await runProgram([...args, "--instrumentation-http-trust-proxy"]);
    assertMatch(
      stderr,
      /Warning: --propagators, --instrumentation-http-trust-proxy: no effect here; mode manual writes/,
    );
  },
);
