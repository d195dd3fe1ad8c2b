import { badProxyVariables, findProxyRoute } from "../../telemetry/otlp/proxy.ts";
import type { OtlpTarget } from "../../telemetry/otlp/target.ts";
import { explainRefusal } from "../answers.ts";
import { checkConnection, speaksTls } from "../connection.ts";
import { maskCredentials } from "../../telemetry/value_types.ts";
import { type DoctorInput, enumerate, type Finding, findingsOf } from "../finding.ts";
import { knobsOf } from "../knobs.ts";
import { type Answer, sendEmptyRequest, speaksOtherProtocol } from "../probe.ts";
import { configurationOf, findRoutes } from "../routes.ts";

const { ok, warning, failed, skipped } = findingsOf("endpoints");

/** Statuses that may come from a port with another purpose. */
const UNCLEAR_STATUS = new Set([400, 404, 405, 415, 426, 464, 501, 505]);

/** Connects to every endpoint and sends it an empty request for each of its signals. */
export async function checkEndpoints(input: DoctorInput): Promise<Finding[]> {
  const configuration = configurationOf(input);
  if (!configuration) return [skipped("The configuration file cannot be used")];
  if (configuration.disabled) return [skipped("The SDK is disabled")];
  const routes = findRoutes(input);
  const findings = routes.filter(({ targets }) => targets.length === 0)
    .map(({ signal, exporters }) =>
      skipped(`Nothing is sent over OTLP for ${signal}: ${exporters.join(", ") || "no exporter"}`)
    );
  const groups = Map.groupBy(
    routes.flatMap(({ targets }) => targets),
    ({ url, protocol, certificate, clientCertificate }) =>
      JSON.stringify([new URL(url).origin, protocol, certificate, clientCertificate]),
  );
  const unusable = badProxyVariables(input.env).map((name) =>
    warning(
      `Ignoring ${name}: expected the URL of a proxy, for example http://proxy:3128`,
      `Correct ${name}, or unset it`,
    )
  );
  const examined = [...groups.values()].map((targets) => examineEndpoint(targets, input));
  return [...findings, ...unusable, ...(await Promise.all(examined)).flat()];
}

async function examineEndpoint(targets: OtlpTarget[], input: DoctorInput): Promise<Finding[]> {
  const [first] = targets as [OtlpTarget];
  const url = new URL(first.url);
  if (input.offline) return [skipped(`Nothing was sent to ${url.origin}: --offline`)];
  const knobs = knobsOf(input);
  const { proxy, passedBy } = findProxyRoute(url, input.env);
  const steps = proxy
    ? [
      ok(
        `${url.origin} is reached through the proxy of ${proxy.variable}, ` +
          maskCredentials(proxy.url.href),
      ),
    ]
    : [
      ...passedBy === undefined
        ? []
        : [ok(`${url.origin} is reached without the proxy of ${passedBy}: NO_PROXY`)],
      ...await checkConnection(first, knobs),
    ];
  if (steps.some(({ status }) => status === "failed")) {
    const signals = enumerate([...new Set(targets.map(({ signal }) => signal))]);
    return [...steps, skipped(`No ${signals} were sent to ${url.origin}: it cannot be reached`)];
  }
  const answers = await Promise.all(targets.map((target) => sendEmptyRequest(target)));
  return [...steps, ...await explainAnswers(answers, input)];
}

/** One finding for all identical responses. */
async function explainAnswers(answers: Answer[], input: DoctorInput): Promise<Finding[]> {
  const knobs = knobsOf(input);
  const findings: Finding[] = [];
  const tookOthers = answers.some(({ accepted }) => accepted);
  for (const same of Map.groupBy(answers, likeness).values()) {
    const [answer] = same as [Answer];
    const { origin } = new URL(answer.target.url);
    if (answer.accepted) {
      findings.push(ok(`${origin} takes ${namesOf(same)} over ${answer.target.protocol}`));
      findings.push(...same.flatMap(judgeTime));
    } else {
      const speaks = isUnclear(answer) && !tookOthers ? await findOut(answer, input) : undefined;
      const { status, remedy } = explainRefusal(answer, { knobs, same, tookOthers, speaks });
      const message = `${origin} does not take ${namesOf(same)}: ${reasonOf(answer, speaks)}`;
      findings.push((status === "failed" ? failed : warning)(message, remedy));
    }
  }
  return findings;
}

function likeness({ accepted, reason }: Answer): string {
  return JSON.stringify([accepted, reason]);
}

/** `traces (/v1/traces), metrics (/v1/metrics) and logs (/v1/logs)`; for gRPC without paths. */
function namesOf(answers: readonly Answer[]): string {
  return enumerate(
    answers.map(({ accepted, target: { protocol, url, signal } }) =>
      protocol === "grpc" || accepted ? signal : `${signal} (${new URL(url).pathname})`
    ),
  );
}

/** A response that no OTLP server sends, or that an HTTP client can't parse. */
function isUnclear({ grpcStatus, httpStatus }: Answer): boolean {
  return grpcStatus === undefined && (httpStatus === undefined || UNCLEAR_STATUS.has(httpStatus));
}

/** The protocol of the port, if it differs from the configured one. */
async function findOut({ target }: Answer, { env }: DoctorInput) {
  const url = new URL(target.url);
  if (findProxyRoute(url, env).proxy) return undefined;
  const [other, tls] = await Promise.all([
    speaksOtherProtocol(target),
    url.protocol === "http:" && speaksTls(url),
  ]);
  return other ? "the other protocol" : tls ? "TLS" : undefined;
}

/** The transport's guess would contradict the finding. */
function reasonOf({ reason }: Answer, speaks: string | undefined): string {
  return speaks ? reason.replace(/; it may be a gRPC port$/, "") : reason;
}

function judgeTime({ target, tookMillis }: Answer): Finding[] {
  const { signal, timeoutMillis } = target;
  if (tookMillis <= timeoutMillis) return [];
  return [
    warning(
      `The answer for ${signal} took ${Math.ceil(tookMillis)} ms, and ${timeoutMillis} ms are ` +
        "allowed",
      "Raise the time limit; it is in milliseconds, in Python it was in seconds",
    ),
  ];
}
