import { areGranted, type Condition } from "./needs.ts";

/**
 * Requires the four collector-demo servers to be running. The test gets exclusive use of them, so that it
 * doesn't count telemetry sent by another test.
 */
export async function needsBackends(): Promise<Condition> {
  if (!areGranted(["net"])) return { missing: undefined };
  const health = {
    Collector: "http://127.0.0.1:13133/",
    Jaeger: "http://127.0.0.1:16686/api/v3/services",
    Zipkin: "http://127.0.0.1:9411/health",
    Prometheus: "http://127.0.0.1:9090/-/ready",
  };
  const missing: string[] = [];
  for (const [name, url] of Object.entries(health)) {
    const response = await fetch(url).catch(() => undefined);
    await response?.body?.cancel();
    if (!response?.ok) missing.push(name);
  }
  return {
    alone: ["the servers of collector-demo"],
    missing: missing.length > 0
      ? `${missing.join(", ")} not running, see collector-demo`
      : undefined,
  };
}
