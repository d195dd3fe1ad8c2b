import { itemCount } from "../../../otlp/signal.ts";
import type { SpanScanner } from "./span_scanner.ts";

/**
 * Why spans of a request were rejected, or what is wrong with accepted ones, and how to fix it. Undefined
 * if there is nothing to report.
 */
export function rejectionMessage(
  { rejected, fault, repeatedKeys }: Pick<SpanScanner, "rejected" | "fault" | "repeatedKeys">,
  tooMany: number,
  maxRows: number,
): string | undefined {
  const faults = rejected > 0 ? [`${itemCount(rejected, "traces")} rejected: ${fault}`] : [];
  if (repeatedKeys.found !== undefined) {
    faults.push(
      `${repeatedKeys.records} spans have an attribute twice, such as "${repeatedKeys.found}", ` +
        "so only its last value counts: set each key once",
    );
  }
  if (tooMany > 0) {
    faults.push(
      `${tooMany} spans are beyond the ${maxRows} that fit into the store: ` +
        "send smaller requests or raise --max-bytes",
    );
  }
  return faults.length > 0 ? faults.join("; ") : undefined;
}
