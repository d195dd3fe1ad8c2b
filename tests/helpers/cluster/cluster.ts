import { createNetwork, type Host, type Network } from "./network.ts";
import { type Change, clusterFile, programOf, type Role } from "./programs.ts";
import { type ClusterServer, startServer } from "./server.ts";

export type { Change };

/** Options of {@linkcode startCluster}. */
export interface ClusterOptions {
  /** Where all servers store their data, and their logs. */
  directory: string;
  /** One of each server, or three brokers and nodes and two of the others. */
  size: 1 | 3;
  /** What is different from the files, by server. */
  changes?: Record<string, Change>;
}

/** The servers of collector-demo/cluster, on hosts that are network namespaces. */
export interface Cluster extends AsyncDisposable {
  network: Network;
  /** Where the servers store their data. */
  directory: string;
  /** The running servers by name: the role, and its number if there are several. */
  servers: ReadonlyMap<string, ClusterServer>;
  /** Stops a server of that name. */
  stop(name: string, signal?: Deno.Signal): Promise<void>;
  /** Starts it again, with its data and address. */
  start(name: string): Promise<void>;
  /** The names of a host's servers. */
  serversOf(host: string): readonly string[];
  /** Kills everything on a host at once. */
  stopHost(host: string): Promise<void>;
  /** Where a host's agent takes OTLP over HTTP. */
  agentUrl(host: string): string;
  /** Jaeger's query API. */
  queryUrl: string;
}

/** Servers by host. The order within is that of starting. */
const LAYOUT: Record<ClusterOptions["size"], Record<string, readonly string[]>> = {
  1: {
    a1: ["agent-1"],
    s1: [
      "kafka-1",
      "cassandra-1",
      "jaeger-collector-1",
      "jaeger-query",
      "prometheus-1",
      "gateway-1",
    ],
  },
  3: {
    a1: ["agent-1"],
    a2: ["agent-2"],
    s1: ["kafka-1", "cassandra-1", "jaeger-collector-1", "prometheus-1", "gateway-1"],
    s2: ["kafka-2", "cassandra-2", "jaeger-collector-2", "gateway-2"],
    s3: ["kafka-3", "cassandra-3", "jaeger-query", "prometheus-2"],
  },
};

/** In this order, nobody waits for a server that isn't there yet. */
const START_ORDER: readonly Role[] = [
  "kafka",
  "cassandra",
  "jaeger-collector",
  "jaeger-query",
  "prometheus",
  "gateway",
  "agent",
];

/**
 * Starts the servers of collector-demo/cluster with their configurations unchanged: each host has the
 * names and ports of the compose file. Takes about a minute and a half for three of each.
 */
export async function startCluster(
  { directory, size, changes = {} }: ClusterOptions,
): Promise<Cluster> {
  const layout = LAYOUT[size];
  const certificates = `${directory}/certificates`;
  await makeCertificates(certificates);
  await using cleanup = new AsyncDisposableStack();
  const network = cleanup.use(
    await createNetwork({ hosts: Object.keys(layout), names: namesOf(layout) }),
  );
  const servers = new Map<string, ClusterServer>();
  cleanup.defer(() => stopAll(servers));
  cleanup.use(onSignal(async () => {
    await stopAll(servers);
    await network[Symbol.asyncDispose]();
    await Deno.remove(directory, { recursive: true });
  }));

  const hostOf = (name: string): Host => {
    const [host] = Object.entries(layout).find(([, names]) => names.includes(name))!;
    return network.hosts[host]!;
  };
  const start = async (name: string) => {
    const { role, number } = parseName(name);
    const host = hostOf(name);
    const place = {
      directory: `${directory}/${name}`,
      certificates,
      number,
      address: host.address,
      size,
    };
    const program = programOf(role, place, changes[name]);
    const server = await startServer(name, host, program, directory);
    servers.set(name, server);
    await server.ready();
  };
  const stop = async (name: string, signal?: Deno.Signal) => {
    await servers.get(name)?.stop(signal);
    servers.delete(name);
  };

  const names = Object.values(layout).flat();
  for (const role of START_ORDER) {
    const group = names.filter((name) => parseName(name).role === role);
    // A node can join only while no other does, and the first Jaeger creates the tables.
    const isInTurn = role === "cassandra" || role === "jaeger-collector";
    if (isInTurn) { for (const name of group) await start(name); }
    else await Promise.all(group.map(start));
  }
  const kept = cleanup.move();
  return {
    network,
    directory,
    servers,
    stop,
    start,
    serversOf: (host) => layout[host]!,
    async stopHost(host) {
      await Promise.all(layout[host]!.map((name) => stop(name, "SIGKILL")));
    },
    agentUrl: (host) => `http://${network.hosts[host]!.address}:4318`,
    queryUrl: `http://${hostOf("jaeger-query").address}:16686`,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** The role and the number in a server's name. */
export function parseName(name: string): { role: Role; number: number } {
  const [, role, number = "1"] = /^(.*?)(?:-(\d))?$/.exec(name)!;
  return { role: role as Role, number: Number(number) };
}

/** Each server's name, and that of its role, which all servers of the role have. */
function namesOf(layout: Record<string, readonly string[]>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(layout).map(([host, names]) => [
      host,
      [...new Set(names.flatMap((name) => [name, parseName(name).role]))],
    ]),
  );
}

async function makeCertificates(folder: string): Promise<void> {
  const script = clusterFile("certificates.sh");
  const { success, stderr } = await new Deno.Command("sh", { args: [script, folder] }).output();
  if (!success) throw new Error(`${script}: ${new TextDecoder().decode(stderr)}`);
}

/** Namespaces and data outlive this process, so remove them if the user ends it. */
function onSignal(clean: () => Promise<void>): Disposable {
  const end = () => void clean().finally(() => Deno.exit(130));
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) Deno.addSignalListener(signal, end);
  return {
    [Symbol.dispose]() {
      for (const signal of signals) Deno.removeSignalListener(signal, end);
    },
  };
}

async function stopAll(servers: Map<string, ClusterServer>): Promise<void> {
  await Promise.all([...servers.values()].map((server) => server.stop("SIGKILL")));
}
