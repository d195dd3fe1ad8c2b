import { assert, assertEquals, assertMatch } from "@std/assert";
import { DENOS } from "../helpers/denos.ts";
import { testWith } from "../helpers/needs.ts";
import { fromSources, type Launch, runProgram, withApp } from "../helpers/program.ts";
import { startProxy } from "../helpers/proxy.ts";
import { startGrpcReceiver, startHttpReceiver } from "../helpers/receiver.ts";
import { TLS_FILES } from "../helpers/tls_files.ts";

const NEEDS = ["net", "env", "read", "run"] as const;

const PROTOCOLS = [
  { protocol: "http/protobuf", start: startHttpReceiver },
  { protocol: "grpc", start: startGrpcReceiver },
] as const;

/** The problems that the doctor finds, and its findings about proxies. */
async function examine(
  endpoint: string,
  protocol: string,
  env: Record<string, string>,
  launch: Launch = fromSources(),
) {
  const args = ["--endpoint", endpoint, "--protocol", protocol, "--exporter-otlp-certificate"];
  const { stdout } = await runProgram(["doctor", "--json", ...args, TLS_FILES.ca], { env, launch });
  const { findings }: { findings: { status: string; message: string }[] } = JSON.parse(stdout);
  const messages = (pattern: RegExp) =>
    findings.map(({ message }) => message).filter((message) => pattern.test(message));
  return {
    failed: findings.filter(({ status }) => status === "failed").map(({ message }) => message),
    told: messages(/PROXY/i),
  };
}

for (const { path: deno, version } of DENOS) {
  const launch = { ...fromSources(), command: deno };
  for (const { protocol, start } of PROTOCOLS) {
    for (const tls of [false, true]) {
      const how = `${protocol} ${tls ? "over TLS" : "in clear"}, Deno ${version}`;

      testWith(NEEDS, `doctor sends through the proxy and names it: ${how}`, async () => {
        await using receiver = start({ tls });
        await using proxy = startProxy();
        const variable = tls ? "HTTPS_PROXY" : "HTTP_PROXY";
        const env = { [variable]: proxy.url.replace("//", "//me:s3cr3t%40@") };
        const { failed, told } = await examine(receiver.url, protocol, env, launch);
        assertEquals(failed, []);
        assertEquals(told, [
          `${receiver.url} is reached through the proxy of ${variable}, ` +
          `http://***@127.0.0.1:${proxy.port}/`,
        ]);
        // For HTTP servers, the doctor also requests the time.
        assertEquals(receiver.requests.length, protocol === "grpc" ? 3 : 4);
        const isTunneled = tls || protocol === "grpc";
        assert(proxy.requests.length > 0);
        for (const request of proxy.requests) {
          const { host } = new URL(receiver.url);
          if (isTunneled) assertEquals(request, `CONNECT ${host}`);
          else assert(request.includes(` http://${host}/`), request);
        }
        assertEquals(new Set(proxy.credentials), new Set(["me:s3cr3t@"]));
      });

      testWith(NEEDS, `doctor bypasses the proxy if NO_PROXY says so: ${how}`, async () => {
        await using receiver = start({ tls });
        await using proxy = startProxy({ refusal: "403 Forbidden" });
        const { hostname, port } = new URL(receiver.url);
        const exceptions = ["*", `${hostname}:${port}`, hostname.toUpperCase(), `.${hostname}`];
        for (const NO_PROXY of exceptions) {
          const env = { ALL_PROXY: proxy.url, NO_PROXY };
          const { failed, told } = await examine(receiver.url, protocol, env, launch);
          assertEquals(failed, [], NO_PROXY);
          assertEquals(told, [
            `${receiver.url} is reached without the proxy of ALL_PROXY: NO_PROXY`,
          ]);
        }
        assertEquals(proxy.requests, []);
        const env = { ALL_PROXY: proxy.url, NO_PROXY: `${hostname}:1` };
        const { failed } = await examine(receiver.url, protocol, env, launch);
        assert(failed.length > 0 && proxy.requests.length > 0);
      });
    }
  }
}

for (const { protocol, start } of PROTOCOLS) {
  testWith([...NEEDS, "signals"], `an app sends through the proxy, over ${protocol}`, async () => {
    await using receiver = start();
    await using proxy = startProxy();
    const args = ["auto", "--endpoint", receiver.url, "--protocol", protocol];
    await withApp(args, { env: { HTTP_PROXY: proxy.url } }, async ({ url, stop }) => {
      await (await fetch(url)).text();
      const { stderr } = await stop();
      assertMatch(stderr, /Sent 1 of 1 spans/);
    });
    assertEquals(receiver.spans.length, 1);
    assert(proxy.requests.length > 0);
  });
}

testWith(NEEDS, "a proxy that refuses is reported, over plaintext gRPC", async () => {
  await using receiver = startGrpcReceiver();
  await using proxy = startProxy({ refusal: "407 Proxy Authentication Required" });
  const { failed } = await examine(receiver.url, "grpc", { HTTP_PROXY: proxy.url });
  assertMatch(
    failed.join("\n"),
    /the proxy answered 407 Proxy Authentication Required, through the proxy of HTTP_PROXY/,
  );
});

testWith(NEEDS, "a variable with an invalid proxy is reported, and ignored", async () => {
  await using receiver = startHttpReceiver();
  const { failed, told } = await examine(receiver.url, "http/protobuf", { HTTP_PROXY: "http://" });
  assertEquals(failed, []);
  assertEquals(told, [
    "Ignoring HTTP_PROXY: expected the URL of a proxy, for example http://proxy:3128",
  ]);
});
