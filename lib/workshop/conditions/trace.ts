import { type ArrivedSpan, findSpans, listServices } from "../backends/jaeger.ts";
import { CANARY_SERVICE, isOwnTraffic } from "../backends/own_traffic.ts";
import { hasSpan } from "../backends/zipkin.ts";
import type { TraceCheck } from "../course/check.ts";
import { lookForAbsence } from "./absence.ts";
import {
  type CheckContext,
  type Finding,
  listed,
  type Look,
  met,
  notMet,
  quoted,
} from "./outcome.ts";
import { criteriaOf, placeOf } from "./span_criteria.ts";

/** Looks for a span that started after the step and meets all requirements of the check. */
export const lookAtTrace: Look<TraceCheck> = async (check, context, conditionId) => {
  if (check.absent) {
    const { contains } = check;
    const find = () => findMatch(check, context);
    const describe = (span: ArrivedSpan) =>
      contains === undefined
        ? ""
        : `, and its ${placeOf(span, contains)} contains ${quoted(contains)}`;
    return await lookForAbsence({ find, describe }, context, conditionId);
  }
  const finding = await findMatch(check, context);
  if (!("span" in finding)) return finding;
  const { traceId, spanId, name, service } = finding.span;
  if (check.zipkin && !await hasSpan(context.backends.zipkinUrl, { traceId, spanId })) {
    return notMet("not-in-zipkin", `trace ${traceId} is in Jaeger, but not in Zipkin`);
  }
  const where = context.backends.isEmbedded
    ? "arrived"
    : `is in ${check.zipkin ? "Jaeger and Zipkin" : "Jaeger"}`;
  const others = finding.traces > 1 ? `, one of ${finding.traces} traces` : "";
  return met({ traceId, text: `span ${quoted(name)} from ${quoted(service)} ${where}${others}` });
};

/** A span that meets a check, and how many traces have one. */
interface Match {
  span: ArrivedSpan;
  traces: number;
}

/** The newest span that meets the check; otherwise, why the closest one doesn't. */
async function findMatch(
  check: TraceCheck,
  { backends: { jaegerUrl }, startedAt }: CheckContext,
): Promise<Match | Finding & { isMet: false }> {
  const services = (await listServices(jaegerUrl)).filter((name) => name !== CANARY_SERVICE);
  const wanted = check.service === "*"
    ? services
    : services.filter((name) => name === check.service);
  if (wanted.length === 0) {
    return missing("no-service", `services in Jaeger: ${listed(services)}`);
  }
  const spans: ArrivedSpan[] = [];
  for (const service of wanted) {
    spans.push(...await findSpans(jaegerUrl, { service, since: startedAt }));
  }
  const recent = spans.filter(({ service, startedAt: at }) =>
    wanted.includes(service) && at >= startedAt
  )
    .sort((a, b) => b.startedAt - a.startedAt);
  // Nothing may arrive at all, or the learner must have caused it.
  const counted = check.absent ? recent : recent.filter((span) => !isOwnTraffic(span));
  if (counted.length === 0) {
    return missing(
      "no-trace",
      recent.length > 0
        ? "only spans of the guide's own requests arrived since the step began, and they don't count"
        : `service ${quoted(check.service)} is in Jaeger, but has no span since the step began`,
    );
  }
  return judge(check, counted, spans);
}

/** `spans` are those of all services in the traces of the candidates. */
function judge(
  check: TraceCheck,
  candidates: readonly ArrivedSpan[],
  spans: readonly ArrivedSpan[],
): Match | Finding & { isMet: false } {
  const criteria = criteriaOf(check);
  const traceOf = (span: ArrivedSpan) => spans.filter(({ traceId }) => traceId === span.traceId);
  const matches: ArrivedSpan[] = [];
  let closest = { count: -1, span: candidates[0]! };
  for (const span of candidates) {
    const trace = traceOf(span);
    const unmet = criteria.findIndex((criterion) => !criterion.isMet(span, trace));
    if (unmet < 0) matches.push(span);
    else if (unmet > closest.count) closest = { count: unmet, span };
  }
  const [match] = matches;
  if (match) {
    const traces = new Set(matches.map(({ traceId }) => traceId)).size;
    const { count = 1 } = check;
    if (traces >= count) return { span: match, traces };
    return missing(
      "too-few",
      `such a span is in ${traces} trace${traces === 1 ? "" : "s"}, not in ${count}`,
    );
  }
  const { span, count } = closest;
  const { reason, describe } = criteria[count]!;
  const found = reason === "no-span"
    ? `spans since the step began: ${listed([...new Set(candidates.map(({ name }) => name))])}`
    : `span ${quoted(span.name)} arrived (trace ${span.traceId}), but ${
      describe(span, traceOf(span))
    }`;
  return missing(reason, found);
}

function missing(reason: (Finding & { isMet: false })["reason"], found: string) {
  return { isMet: false as const, reason, found };
}
