import { assert, assertEquals } from "@std/assert";
import { testWith } from "../helpers/needs.ts";
import { closedUrl } from "../helpers/ports.ts";
import { runProgram } from "../helpers/program.ts";
import { startGrpcReceiver } from "../helpers/receiver.ts";
import { TLS_FILES } from "../helpers/tls_files.ts";

const NEEDS = ["net", "env", "read", "run"] as const;

/** What the doctor finds wrong, and what it says of a proxy, of gRPC to an endpoint. */
async function examine(url: string, env: Record<string, string>) {
  const args = ["--endpoint", url, "--protocol", "grpc", "--exporter-otlp-certificate"];
  const { stdout } = await runProgram(["doctor", "--json", ...args, TLS_FILES.ca], { env });
  const { findings }: { findings: { status: string; message: string }[] } = JSON.parse(stdout);
  return {
    failed: findings.filter(({ status }) => status === "failed"),
    proxy: findings.filter(({ message }) => message.includes("through the proxy")).length,
  };
}

testWith(NEEDS, "gRPC over TLS goes through the proxy, and the doctor says so", async () => {
  await using receiver = startGrpcReceiver({ tls: true });
  await using proxy = startProxy();
  const { failed, proxy: told } = await examine(receiver.url, { HTTPS_PROXY: proxy.url });
  assertEquals(failed, []);
  assertEquals(told, 1);
  assertEquals(receiver.requests.length, 3);
  assert(proxy.targets.every((target) => target === new URL(receiver.url).host));
  assert(proxy.targets.length > 0);
});

testWith(NEEDS, "gRPC in clear passes by the proxy, which would not understand it", async () => {
  await using receiver = startGrpcReceiver();
  const nobody = closedUrl();
  const { failed, proxy } = await examine(receiver.url, { HTTP_PROXY: nobody, ALL_PROXY: nobody });
  assertEquals([failed, proxy], [[], 0]);
  assertEquals(receiver.requests.length, 3);
});

/** A proxy that makes tunnels. */
function startProxy() {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const targets: string[] = [];
  const tunnels = new Set<Promise<unknown>>();
  const accepting = (async () => {
    for await (const outside of listener) tunnels.add(openTunnel(outside, targets));
  })();
  return {
    url: `http://127.0.0.1:${listener.addr.port}`,
    targets,
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting;
      await Promise.all(tunnels);
    },
  };
}

async function openTunnel(outside: Deno.Conn, targets: string[]): Promise<void> {
  const head = new Uint8Array(2000);
  const length = await outside.read(head) ?? 0;
  const text = new TextDecoder().decode(head.subarray(0, length));
  const target = /^CONNECT (localhost:\d+) /.exec(text)?.[1];
  // Deno itself may ask whether there is a newer version.
  if (target === undefined) return outside.close();
  targets.push(target);
  const { hostname, port } = new URL(`http://${target}`);
  const inside = await Deno.connect({ hostname, port: Number(port) });
  await outside.write(new TextEncoder().encode("HTTP/1.1 200 OK\r\n\r\n"));
  await Promise.allSettled([
    outside.readable.pipeTo(inside.writable),
    inside.readable.pipeTo(outside.writable),
  ]);
}
