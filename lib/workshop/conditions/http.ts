import { ask } from "../backends/ask.ts";
import { ownRequest } from "../backends/own_traffic.ts";
import type { HttpCheck } from "../course/check.ts";
import { type CheckContext, type Look, met, notMet, quoted } from "./outcome.ts";

/** Sends a request that is marked as the guide's own, so that its telemetry doesn't count. */
export const lookAtHttp: Look<HttpCheck> = async ({ tool, path, status, body }, context) => {
  const { who, url } = addressOf(tool, context);
  const { traceId, headers } = ownRequest();
  const answer = await ask(who, `${url}${path}`, { headers });
  const found = `${who} answered ${path} with ${answer.status}`;
  if (answer.status !== status) return notMet("wrong-status", `${found}, not with ${status}`);
  if (body !== undefined && !answer.text.includes(body)) {
    const got = quoted(answer.text.trim());
    return notMet("wrong-body", `${found} ${got}, without ${quoted(body)}`);
  }
  return met({ status, text: found, ...tool === undefined && { requestTraceId: traceId } });
};

function addressOf(
  tool: HttpCheck["tool"],
  { appUrl, backends: { jaegerUrl, zipkinUrl, prometheusUrl } }: CheckContext,
): { who: string; url: string } {
  switch (tool) {
    case undefined:
      return { who: "the app", url: appUrl };
    case "jaeger":
      return { who: "Jaeger", url: jaegerUrl };
    case "zipkin":
      return { who: "Zipkin", url: zipkinUrl };
    case "prometheus":
      return { who: "Prometheus", url: prometheusUrl };
  }
}
