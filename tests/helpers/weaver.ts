import { areGranted, type Condition } from "./needs.ts";
import { onPath } from "./on_path.ts";
import { poll } from "./poll.ts";
import { freePort } from "./ports.ts";

/** Points to the folder `model` of open-telemetry/semantic-conventions, in the version of our package. */
const VARIABLE = "OTEL_KIT_TEST_CONVENTIONS";

/** The findings of the checker, `registry live-check` of https://github.com/open-telemetry/weaver. */
export interface Findings {
  /** How many spans, data points, log records, and so on it checked. */
  seen: Record<string, number>;
  /** The violations of the conventions, without duplicates. */
  violations: string[];
}

/** Requires the checker and the conventions to be installed. */
export function needsWeaver(): Condition {
  if (!areGranted(["env", "read"])) return { missing: undefined };
  const isThere = onPath("weaver") !== "weaver" && Deno.env.has(VARIABLE);
  return { missing: isThere ? undefined : `no weaver on PATH with a registry in ${VARIABLE}` };
}

/** Checks telemetry sent over gRPC to the endpoint while the function runs. */
export async function checkConventions(
  send: (endpoint: string) => Promise<void>,
): Promise<Findings> {
  const [port, admin] = [freePort(), freePort()];
  const output = await Deno.makeTempDir();
  const child = new Deno.Command(onPath("weaver"), {
    args: [
      ...["registry", "live-check", "--registry", Deno.env.get(VARIABLE)!],
      ...["--otlp-grpc-port", String(port), "--admin-port", String(admin)],
      ...["--inactivity-timeout", "600", "--format", "json", "--no-stream", "--output", output],
    ],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  try {
    await waitForPort(port);
    await send(`http://127.0.0.1:${port}`);
    await (await fetch(`http://127.0.0.1:${admin}/stop`, { method: "POST" })).text();
    await child.status;
    return findingsOf(JSON.parse(await Deno.readTextFile(`${output}/live_check.json`)));
  } finally {
    try {
      child.kill("SIGKILL");
    } catch {
      // It has already ended.
    }
    await child.status;
    await Deno.remove(output, { recursive: true });
  }
}

/** It first reads the whole registry, which takes a few seconds. */
async function waitForPort(port: number): Promise<void> {
  await poll(async () => {
    try {
      (await Deno.connect({ hostname: "127.0.0.1", port })).close();
      return { result: true };
    } catch (error) {
      return { answer: String(error) };
    }
  }, "weaver");
}

interface Report {
  samples: unknown;
  statistics: { total_entities_by_type: Record<string, number> };
}

interface Advice {
  level?: unknown;
  message?: unknown;
}

function findingsOf({ samples, statistics }: Report): Findings {
  const violations = new Set<string>();
  const collect = (value: unknown) => {
    if (typeof value !== "object" || value === null) return;
    const { level, message }: Advice = value;
    if (level === "violation") violations.add(String(message));
    Object.values(value).forEach(collect);
  };
  collect(samples);
  return { seen: statistics.total_entities_by_type, violations: [...violations] };
}
