import type { Hint, LogEntry } from "../model.ts";
import type { TracesData } from "../../otlp/json.ts";
import { errorWithoutExceptionHints } from "./error_without_exception.ts";
import { oldConventionHints } from "./old_convention.ts";
import { parentMissingHints } from "./parent_missing.ts";
import { missingServiceName } from "./service_name_missing.ts";
import { listSpans, type PlacedSpan, spanEvidence } from "./span_table.ts";

/** More of a kind teach nothing new. */
const MAX_HINTS_OF_A_KIND = 10;

/** A trace as it is looked at. */
export interface TraceToJudge {
  data: TracesData;
  /** The log records of the trace: an exception may be in one of them. */
  logs?: readonly LogEntry[];
  /** Milliseconds since 1970; right after its arrival a trace may lack its parents. */
  nowMillis: number;
}

/** What is likely wrong with a trace. */
export function traceHints({ data, logs = [], nowMillis }: TraceToJudge): Hint[] {
  const spans = listSpans(data);
  return [
    ...parentMissingHints(spans, nowMillis).slice(0, MAX_HINTS_OF_A_KIND),
    ...serviceNameHints(spans),
    ...errorWithoutExceptionHints(spans, logs).slice(0, MAX_HINTS_OF_A_KIND),
    ...oldConventionHints(spans).slice(0, MAX_HINTS_OF_A_KIND),
  ];
}

/** The first span of a resource without a name stands for all of them. */
function serviceNameHints(spans: readonly PlacedSpan[]): Hint[] {
  for (const { span, serviceName } of spans) {
    const hint = missingServiceName([serviceName]);
    if (hint) return [{ ...hint, evidence: { ...spanEvidence(span), ...hint.evidence } }];
  }
  return [];
}
