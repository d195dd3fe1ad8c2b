import { join } from "node:path";
import { cacheFolder } from "./cache_folder.ts";

type Env = Record<string, string>;

/** The instrumentation for Node, in the version that the tests use. */
export const NODE_PACKAGE = {
  name: "@opentelemetry/auto-instrumentations-node",
  version: "0.81.2",
  /** Its peer dependency. */
  peer: "@opentelemetry/api@1.9.1",
} as const;

/** OpenTelemetry's Java agent, in the version that the tests use, with the SHA-256 of its file. */
export const JAVA_AGENT = {
  group: "io.opentelemetry.javaagent",
  name: "opentelemetry-javaagent",
  version: "2.25.0",
  sha256: "d6e809824176cf88792db359a9d928281ba2102fa8755453c1940f6c0289e396",
} as const;

/** The folder whose `node_modules` contains the package once it is installed. */
export function nodeFolder(env: Env): string | undefined {
  const cache = cacheFolder(env);
  return cache && join(cache, `node-${NODE_PACKAGE.version}`);
}

/** The path of the agent once it is installed. */
export function javaAgentPath(env: Env): string | undefined {
  const cache = cacheFolder(env);
  return cache && join(cache, "java", `${JAVA_AGENT.name}-${JAVA_AGENT.version}.jar`);
}
