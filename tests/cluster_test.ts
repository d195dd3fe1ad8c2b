import { assert, assertEquals } from "@std/assert";
import { tracesToKeep } from "../bench/cluster/to_keep.ts";
import { startCluster } from "./helpers/cluster/cluster.ts";
import { clusterFile, needsCluster } from "./helpers/cluster/programs.ts";
import { storedTraces } from "./helpers/chain.ts";
import { withCollector } from "./helpers/collector_program.ts";
import { withFolder } from "./helpers/folder.ts";
import { type Need, testIf } from "./helpers/needs.ts";
import { needsProgram } from "./helpers/on_path.ts";
import { poll } from "./helpers/poll.ts";
import { fromSources } from "./helpers/program.ts";
import { makeTraces, sendTraces, type SentTrace } from "./helpers/traces.ts";

const NEEDS: readonly Need[] = ["net", "env", "read", "write", "run", "sys", "signals"];

/** Kafka and Cassandra start slowly, even more so on a busy machine. */
const LIMIT_MS = 600_000;
const ARRIVAL_MS = 90_000;

testIf(
  needsCluster(),
  NEEDS,
  "a small cluster: apps, agent, Kafka, gateway, Jaeger, Cassandra, and back by trace ID",
  async (t) => {
    await withFolder(async (directory) => {
      await using cluster = await startCluster({ directory, size: 1 });
      /** Waits until all traces that the gateway chooses can be read. */
      const arrived = async (traces: readonly SentTrace[]) => {
        const kept = tracesToKeep(traces);
        await poll(
          async () => {
            const stored = await storedTraces(cluster.queryUrl, kept);
            const answer = `${stored.length} of ${kept.length}`;
            return stored.length === kept.length ? { result: true } : { answer };
          },
          "Jaeger",
          ARRIVAL_MS,
        );
      };

      await t.step("errors, slow traces, and a share of the rest can be found", async () => {
        const traces = await makeTraces(300);
        await sendTraces(cluster.agentUrl("a1"), traces);
        await arrived(traces);
        // The benchmark relies on this, too.
        assertEquals(await storedTraces(cluster.queryUrl, traces), tracesToKeep(traces));
      });

      await t.step("what otel-kit collector accepted arrives, though both are killed", async () => {
        const traces = await makeTraces(40, { first: 40 });
        const flags = [`--db=${directory}/leaf.db`, `--forward=${cluster.agentUrl("a1")}`];
        const options = { launch: fromSources("main.ts", ["write"]), flags };
        await cluster.stop("agent-1", "SIGKILL");
        await withCollector(async ({ httpUrl, program }) => {
          await sendTraces(httpUrl, traces);
          await program.stop("SIGKILL");
        }, options);
        await cluster.start("agent-1");
        await withCollector(() => arrived(traces), options);
      });

      for (const [name, port] of PRIVATE_PORTS) {
        await t.step(`${name} refuses a client without a certificate`, async () => {
          const { address } = cluster.network.hosts.s1!;
          const args = ["s_client", "-connect", `${address}:${port}`, "-CAfile"];
          const ca = `${directory}/certificates/ca.crt`;
          const pair = ["gateway.crt", "gateway.key"].map((file) =>
            `${directory}/certificates/${file}`
          );
          const withPair = ["-cert", pair[0]!, "-key", pair[1]!];
          assertEquals(await isAccepted([...args, ca, ...withPair]), true);
          assertEquals(await isAccepted([...args, ca]), false);
        });
      }
    });
  },
  { limitMillis: LIMIT_MS },
);

/** Where machines of the cluster reach each other. */
const PRIVATE_PORTS = [
  ["Kafka", 9092],
  ["Kafka's controller", 9093],
  ["Cassandra", 9042],
  ["another Cassandra node", 7000],
  ["Jaeger's collector", 14317],
  ["Prometheus", 9090],
] as const;

testIf(
  needsProgram("openssl"),
  ["read", "write", "run", "env"],
  "certificates.sh makes certificates for clients and servers, once",
  async () => {
    await withFolder(async (folder) => {
      const make = () => run("sh", clusterFile("certificates.sh"), folder);
      assert((await make()).success);
      const files = Array.from(Deno.readDirSync(folder), ({ name }) => name).toSorted();
      const before = files.map((name) => Deno.readTextFileSync(`${folder}/${name}`));
      for (const purpose of ["sslclient", "sslserver"]) {
        for (const name of files.filter((name) => name.endsWith(".crt") && name !== "ca.crt")) {
          const args = ["verify", "-CAfile", `${folder}/ca.crt`, "-purpose", purpose];
          const { success, text } = await run("openssl", ...args, `${folder}/${name}`);
          assert(success, text);
        }
      }
      const modes = files.filter((name) => /\.(key|pem)$/.test(name))
        .map((name) => Deno.statSync(`${folder}/${name}`).mode! & 0o777);
      assertEquals(new Set(modes), new Set([0o600]));
      assert((await make()).success);
      assertEquals(files.map((name) => Deno.readTextFileSync(`${folder}/${name}`)), before);
    });
  },
);

/** Whether a server accepts what `openssl s_client` shows it. */
async function isAccepted(args: readonly string[]): Promise<boolean> {
  // With TLS 1.3, the client's side is done before the server refuses.
  const { text } = await run("openssl", ...args, "-brief", "-tls1_2");
  return text.includes("CONNECTION ESTABLISHED");
}

async function run(
  command: string,
  ...args: string[]
): Promise<{ success: boolean; text: string }> {
  const process = new Deno.Command(command, { args, stdin: "null" });
  const { success, stdout, stderr } = await process.output();
  const decoder = new TextDecoder();
  return { success, text: decoder.decode(stdout) + decoder.decode(stderr) };
}
