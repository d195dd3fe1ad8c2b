import { CANARY_SERVICE } from "../backends/canary.ts";
import { type ArrivedSpan, findSpans, listServices } from "../backends/jaeger.ts";
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
import { criteriaOf } from "./span_criteria.ts";

/** Looks for a span that started after the step and meets all requirements of the check. */
export const lookAtTrace: Look<TraceCheck> = async (check, context, conditionId) => {
  if (check.absent) {
    return await lookForAbsence(() => findMatch(check, context), context, conditionId);
  }
  const finding = await findMatch(check, context);
  if (!("span" in finding)) return finding;
  const { traceId, spanId, name, service } = finding.span;
  if (check.zipkin && !await hasSpan(context.backends.zipkinUrl, { traceId, spanId })) {
    return notMet("not-in-zipkin", `trace ${traceId} is in Jaeger, but not in Zipkin`);
  }
  const where = check.zipkin ? "in Jaeger and Zipkin" : "in Jaeger";
  return met({ traceId, text: `span ${quoted(name)} from ${quoted(service)} is ${where}` });
};

/** The newest span that meets the check; otherwise, why the closest one doesn't. */
async function findMatch(
  check: TraceCheck,
  { backends: { jaegerUrl }, startedAt }: CheckContext,
): Promise<{ span: ArrivedSpan } | Finding & { isMet: false }> {
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
  const own = spans.filter(({ service, startedAt: at }) =>
    wanted.includes(service) && at >= startedAt
  )
    .sort((a, b) => b.startedAt - a.startedAt);
  if (own.length === 0) {
    return missing(
      "no-trace",
      `service ${quoted(check.service)} is in Jaeger, but has no span since the step began`,
    );
  }

  const criteria = criteriaOf(check);
  let closest = { count: -1, span: own[0]! };
  for (const span of own) {
    const trace = spans.filter(({ traceId }) => traceId === span.traceId);
    const unmet = criteria.findIndex((criterion) => !criterion.isMet(span, trace));
    if (unmet < 0) return { span };
    if (unmet > closest.count) closest = { count: unmet, span };
  }
  const { span, count } = closest;
  const trace = spans.filter(({ traceId }) => traceId === span.traceId);
  const { reason, describe } = criteria[count]!;
  const found = reason === "no-span"
    ? `spans since the step began: ${listed([...new Set(own.map(({ name }) => name))])}`
    : `span ${quoted(span.name)} arrived (trace ${span.traceId}), but ${describe(span, trace)}`;
  return missing(reason, found);
}

function missing(reason: (Finding & { isMet: false })["reason"], found: string) {
  return { isMet: false as const, reason, found };
}
