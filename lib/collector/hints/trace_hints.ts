import type { Hint, LogEntry } from "../model.ts";
import type { TracesData } from "../../otlp/json.ts";
import { ERROR_KEYS, errorWithoutExceptionHints } from "./error_without_exception.ts";
import { CONVENTION_KEYS, oldConventionHints } from "./old_convention.ts";
import { parentMissingHints } from "./parent_missing.ts";
import { repeatedCallsHints } from "./repeated_calls.ts";
import { missingServiceName } from "./service_name_missing.ts";
import { spanIdSharedHints } from "./span_id_shared.ts";
import { type PlacedSpan, slimSpans, spanEvidence } from "./span_table.ts";

/** The maximum number of hints of a kind; more would add nothing. */
const MAX_HINTS_OF_A_KIND = 10;

/** The input for a trace's hints. */
export interface TraceToJudge {
  data: TracesData;
  /** The trace's log records, which may contain an exception. */
  logs?: readonly LogEntry[];
  /** Milliseconds since 1970. A trace that has just arrived may lack parents. */
  nowMillis: number;
}

/** The likely problems of a trace. */
export function traceHints({ data, ...facts }: TraceToJudge): Hint[] {
  const judge = new TraceJudge();
  judge.add(data);
  return judge.hints(facts);
}

/** Judges a trace that arrives in parts. */
export class TraceJudge {
  readonly #spans: PlacedSpan[] = [];

  add(part: TracesData): void {
    for (const span of slimSpans(part, isNeeded)) this.#spans.push(span);
  }

  /** The likely problems of the trace. */
  hints({ logs = [], nowMillis }: Omit<TraceToJudge, "data">): Hint[] {
    const spans = this.#spans;
    return [
      ...parentMissingHints(spans, nowMillis).slice(0, MAX_HINTS_OF_A_KIND),
      ...spanIdSharedHints(spans).slice(0, MAX_HINTS_OF_A_KIND),
      ...serviceNameHints(spans),
      ...errorWithoutExceptionHints(spans, logs).slice(0, MAX_HINTS_OF_A_KIND),
      ...repeatedCallsHints(spans).slice(0, MAX_HINTS_OF_A_KIND),
      ...oldConventionHints(spans).slice(0, MAX_HINTS_OF_A_KIND),
    ];
  }
}

function isNeeded(key: string): boolean {
  return ERROR_KEYS.has(key) || CONVENTION_KEYS.has(key);
}

/** The first span of a resource without a name represents all of them. */
function serviceNameHints(spans: readonly PlacedSpan[]): Hint[] {
  for (const { span, serviceName } of spans) {
    const hint = missingServiceName([serviceName]);
    if (hint) return [{ ...hint, evidence: { ...spanEvidence(span), ...hint.evidence } }];
  }
  return [];
}
