import type { OtlpTarget } from "../../telemetry/otlp/target.ts";
import { createClientFor } from "../../telemetry/otlp/http_client.ts";
import { readTlsFiles } from "../../telemetry/otlp/tls_files.ts";
import { type DoctorInput, type Finding, findingsOf } from "../finding.ts";
import { STEP_LIMIT_MS } from "../limit.ts";
import { findRoutes } from "../routes.ts";

const { ok, warning, skipped } = findingsOf("clock");

/** Spans with a larger offset are hard to find, and some servers reject them. */
const MAX_OFFSET_MS = 5 * 60 * 1000;

/** Compares the clock with those of the endpoints, from the `Date` header of HTTP servers. */
export async function checkClock(input: DoctorInput): Promise<Finding[]> {
  if (input.offline) return [skipped("Not compared with any server: --offline")];
  const targets = findRoutes(input).flatMap(({ targets }) => targets)
    .filter(({ protocol }) => protocol !== "grpc");
  const byOrigin = new Map(targets.map((target) => [new URL(target.url).origin, target]));
  if (byOrigin.size === 0) return [skipped("No HTTP endpoint to compare with")];
  return await Promise.all([...byOrigin].map(([origin, target]) => compare(origin, target)));
}

async function compare(origin: string, target: OtlpTarget): Promise<Finding> {
  const offsetMillis = await readOffset(target);
  if (offsetMillis === undefined) return skipped(`${origin} does not send its time`);
  const minutes = Math.round(Math.abs(offsetMillis) / 60_000);
  return Math.abs(offsetMillis) > MAX_OFFSET_MS
    ? warning(
      `The clock is ${minutes} minutes ${
        offsetMillis > 0 ? "ahead of" : "behind"
      } that of ${origin}`,
      "Correct the clock that is wrong: otherwise telemetry appears at the wrong time",
    )
    : ok(`The clock agrees with that of ${origin}`);
}

/** How far this clock is ahead; undefined if the server doesn't send its time. */
async function readOffset(target: OtlpTarget): Promise<number | undefined> {
  const url = new URL(target.url);
  url.username = url.password = "";
  let client: Deno.HttpClient | undefined;
  try {
    client = createClientFor(url, readTlsFiles(target));
    const start = Date.now();
    const signal = AbortSignal.timeout(STEP_LIMIT_MS);
    const response = await fetch(url, { client, redirect: "manual", signal });
    await response.body?.cancel();
    const theirs = Date.parse(response.headers.get("date") ?? "");
    return Number.isNaN(theirs) ? undefined : (start + Date.now()) / 2 - theirs;
  } catch {
    return undefined; // another check reports an unreachable server
  } finally {
    client?.close();
  }
}
