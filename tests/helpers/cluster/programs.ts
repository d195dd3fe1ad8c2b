import { fileURLToPath } from "node:url";
import type { Condition } from "../needs.ts";
import { demoFile, needsServers, SERVERS } from "../servers.ts";
import { onPath } from "../on_path.ts";
import { whyNoNetwork } from "./network.ts";

/** A kind of server in the cluster. */
export type Role =
  | "agent"
  | "kafka"
  | "gateway"
  | "cassandra"
  | "jaeger-collector"
  | "jaeger-query"
  | "prometheus";

/** A server before it is started. */
export interface Program {
  command: readonly string[];
  env: Record<string, string>;
  /** Commands that must run first, once. */
  before?: readonly (readonly string[])[];
  /** What it prints once it is ready. */
  ready: string;
}

/** What the command lines depend on. */
export interface Place {
  /** Where the server stores its data. */
  directory: string;
  /** Where certificates are. */
  certificates: string;
  /** Its number among the servers of its role, from 1. */
  number: number;
  /** The address of its host. */
  address: string;
  /** How many Kafka brokers and Cassandra nodes there are. */
  size: number;
}

/** What is different from the files of collector-demo/cluster. */
export interface Change {
  env?: Record<string, string>;
  /** More files or `yaml:` values for the `--config` of a gateway or an agent. */
  configs?: readonly string[];
}

/** The folders of jars, found on PATH like the servers. */
const JARS = {
  kafka: jarFolder("kafka"),
  cassandra: jarFolder("cassandra"),
};

/** A fixed name, because all brokers must have the same. */
const KAFKA_CLUSTER = "MkU3OEVBNTcwNTJENDM2Qk";

const COLLECTOR_READY = "Everything is ready";

/** Requires Kafka, Cassandra, and the other servers to be installed, and permission for namespaces. */
export function needsCluster(): Condition {
  const { missing } = needsServers("collector", "jaeger", "prometheus");
  const jars = Object.entries(JARS).find(([, folder]) => folder === undefined)?.[0];
  return {
    missing: missing ?? (jars && `no ${jars} on PATH, a folder with its jars`) ?? whyNoNetwork(),
  };
}

/** How to start a server of the role, with the files of collector-demo/cluster as they are. */
export function programOf(role: Role, place: Place, { env, configs = [] }: Change = {}): Program {
  const program = PROGRAMS[role](place, configs);
  return { ...program, env: { ...program.env, ...env } };
}

type Make = (place: Place, configs: readonly string[]) => Program;

const PROGRAMS: Record<Role, Make> = {
  agent: (place, configs) => collector("agent", place, configs),
  gateway: (place, configs) => collector("gateway", place, configs),
  kafka,
  cassandra,
  "jaeger-collector": (place) => jaeger("jaeger-collector", place),
  "jaeger-query": (place) => jaeger("jaeger-query", place),
  prometheus,
};

function collector(role: "agent" | "gateway", place: Place, configs: readonly string[]): Program {
  const files = [clusterFile(`${role}.yaml`), ...configs];
  return {
    command: [SERVERS.collector, ...files.map((file) => `--config=${file}`)],
    env: {
      ...commonEnv(place),
      LISTEN_HOST: place.address,
      QUEUE_DIRECTORY: `${place.directory}/queue`,
      ...ifAlone(place, "KAFKA", "kafka-1:9092"),
      ...ifAlone(place, "PROMETHEUS", "https://prometheus-1:9090"),
    },
    ready: COLLECTOR_READY,
  };
}

function jaeger(role: "jaeger-collector" | "jaeger-query", place: Place): Program {
  return {
    command: [SERVERS.jaeger, `--config=${clusterFile(`${role}.yaml`)}`],
    env: {
      ...commonEnv(place),
      LISTEN_HOST: place.address,
      QUERY_HOST: place.address,
      OTEL_TRACES_SAMPLER: "always_off",
      CASSANDRA_REPLICAS: `${place.size}`,
      ...ifAlone(place, "CASSANDRA", "cassandra-1:9042"),
    },
    ready: COLLECTOR_READY,
  };
}

function kafka(place: Place): Program {
  const file = clusterFile("kafka.properties");
  const logs = `-Dlog4j.configuration=file:${logging("log4j.properties")}`;
  const java = ["java", "-Xmx384m", logs, "-cp", `${JARS.kafka}/*`];
  const voters = numbers(place.size).map((n) => `${n}@kafka-${n}:9093`).join(",");
  return {
    before: [[
      ...java,
      "kafka.tools.StorageTool",
      "format",
      "--ignore-formatted",
      "-t",
      KAFKA_CLUSTER,
      "-c",
      file,
    ]],
    command: [...java, "kafka.Kafka", file],
    env: {
      ...commonEnv(place),
      KAFKA_ID: `${place.number}`,
      KAFKA_HOST: `kafka-${place.number}`,
      KAFKA_VOTERS: voters,
      KAFKA_REPLICAS: `${place.size}`,
      KAFKA_IN_SYNC: `${Math.ceil((place.size + 1) / 2)}`,
      KAFKA_DATA: `${place.directory}/data`,
    },
    ready: "Kafka Server started",
  };
}

function cassandra(place: Place): Program {
  const { directory, certificates, number } = place;
  const settings = {
    listen_address: `cassandra-${number}`,
    rpc_address: `cassandra-${number}`,
    "server_encryption_options.keystore": `${certificates}/cassandra.pem`,
    "server_encryption_options.truststore": `${certificates}/ca.crt`,
    "client_encryption_options.keystore": `${certificates}/cassandra.pem`,
    "client_encryption_options.truststore": `${certificates}/ca.crt`,
  };
  return {
    command: [
      "java",
      "-Xms384m",
      "-Xmx640m",
      ...CASSANDRA_MODULES,
      "-Djava.security.manager=allow",
      "-Djna.nosys=true",
      "-Dcassandra-foreground=yes",
      "-Dcassandra.jmx.local.port=7199",
      // On one machine, nodes need less time to learn of each other.
      "-Dcassandra.ring_delay_ms=5000",
      "-Dcassandra.config.allow_system_properties=true",
      ...Object.entries(settings).map(([key, value]) => `-Dcassandra.settings.${key}=${value}`),
      `-Dcassandra.config=file://${clusterFile("cassandra.yaml")}`,
      `-Dcassandra.storagedir=${directory}`,
      `-Dlogback.configurationFile=${logging("logback.xml")}`,
      "-cp",
      `${JARS.cassandra}/*`,
      "org.apache.cassandra.service.CassandraDaemon",
    ],
    env: {},
    ready: "Starting listening for CQL clients",
  };
}

/** Cassandra's own tool, for a node of the host where it runs. */
export function nodeTool(...args: readonly string[]): string[] {
  const main = "org.apache.cassandra.tools.NodeTool";
  return ["java", ...CASSANDRA_MODULES, "-cp", `${JARS.cassandra}/*`, main, ...args];
}

/** What Cassandra opens of Java's own modules; its start script, which isn't in the jars, does the same. */
const CASSANDRA_MODULES = [
  ...["jdk.internal.misc", "jdk.internal.ref", "sun.nio.ch", "java.lang.ref"]
    .flatMap((name) => ["--add-exports", `java.base/${name}=ALL-UNNAMED`]),
  ...[
    "java.management.rmi/com.sun.jmx.remote.internal.rmi",
    "java.rmi/sun.rmi.registry",
    "java.rmi/sun.rmi.server",
    "java.sql/java.sql",
    "jdk.unsupported/sun.misc",
  ].flatMap((name) => ["--add-exports", `${name}=ALL-UNNAMED`]),
  "--add-opens",
  "jdk.management/com.sun.management.internal=ALL-UNNAMED",
  ...[
    "java.io",
    "java.lang",
    "java.lang.module",
    "java.nio",
    "java.util",
    "java.util.concurrent",
    "java.util.concurrent.atomic",
    "jdk.internal.loader",
    "jdk.internal.math",
    "jdk.internal.module",
    "jdk.internal.ref",
    "jdk.internal.reflect",
    "jdk.internal.util.jar",
    "sun.nio.ch",
  ].flatMap((name) => ["--add-opens", `java.base/${name}=ALL-UNNAMED`]),
];

function prometheus(place: Place): Program {
  return {
    command: [
      SERVERS.prometheus,
      `--config.file=${clusterFile("prometheus.yaml")}`,
      `--web.config.file=${place.directory}/prometheus-web.yaml`,
      `--web.listen-address=${place.address}:9090`,
      `--storage.tsdb.path=${place.directory}/data`,
      "--web.enable-remote-write-receiver",
    ],
    // Its paths are relative to the file itself.
    before: [
      ["mkdir", "-p", place.directory],
      ["ln", "-sf", clusterFile("prometheus-web.yaml"), place.directory],
      ["ln", "-sfn", place.certificates, `${place.directory}/certificates`],
    ],
    env: {},
    ready: "Server is ready to receive web requests",
  };
}

/** The path of a file in collector-demo/cluster. */
export function clusterFile(name: string): string {
  return demoFile(`cluster/${name}`);
}

function logging(name: string): string {
  return fileURLToPath(new URL(`../../testdata/cluster/${name}`, import.meta.url));
}

function commonEnv({ certificates, address }: Place): Record<string, string> {
  return { CERTIFICATES: certificates, HEALTH_HOST: address };
}

/** With one server only, all three variables name it. */
function ifAlone({ size }: Place, prefix: string, value: string): Record<string, string> {
  return size > 1 ? {} : Object.fromEntries(numbers(3).map((n) => [`${prefix}_${n}`, value]));
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

function jarFolder(name: string): string | undefined {
  const jar = onPath(
    `${name}/${name === "kafka" ? "kafka_2.13-3.9.1" : "cassandra-all-5.0.5"}.jar`,
  );
  return jar.includes("/") && jar.startsWith("/") ? jar.slice(0, jar.lastIndexOf("/")) : undefined;
}
