import { readHealth, readOwnMetrics } from "../backends/collector.ts";
import type { CollectorCheck } from "../course/check.ts";
import { growth } from "./growth.ts";
import { type CheckContext, type Finding, type Look, met, notMet } from "./outcome.ts";

/** Asks the Collector whether it is well, and what it has taken since the step began. */
export const lookAtCollector: Look<CollectorCheck> = async (check, context, conditionId) => {
  const { health, accepted } = check;
  let finding: Finding = met({ text: "the Collector answers" });
  if (health) {
    const status = await readHealth(context.backends.healthUrl);
    if (status !== 200) {
      return notMet("unhealthy", `the Collector answers ${status} when asked for its health`);
    }
    finding = met({ status, text: "the Collector is in good health" });
  }
  if (accepted === undefined) return finding;
  const value = await readAccepted(check, context);
  const items = accepted.replace("_", " ");
  const { before, more } = growth(value, context, conditionId);
  if (more <= 0) {
    return notMet(
      "not-grown",
      `the Collector has taken ${value} ${items}, none since the step began`,
    );
  }
  const series = `otelcol_receiver_accepted_${accepted}`;
  return met({ series, text: `the Collector has taken ${more} ${items} (${before} to ${value})` });
};

/** What the Collector has accepted so far. */
export async function readAccepted(
  { accepted }: CollectorCheck,
  { backends }: Pick<CheckContext, "backends">,
): Promise<number> {
  return (await readOwnMetrics(backends.ownMetricsUrl))(`otelcol_receiver_accepted_${accepted}`);
}
