import { shellWord } from "../../shell_words.ts";
import { readLearnerSource } from "./source_rungs.ts";
import { findSpans, listServices } from "../backends/jaeger.ts";
import { CANARY_SERVICE } from "../backends/own_traffic.ts";
import { listed } from "../conditions/outcome.ts";
import type { SourceFacts } from "./source.ts";
import { broken, type Climb, type Rung, whole } from "./rung.ts";

/** Is the service in the backend, perhaps under another name? */
export async function serviceNameRung(way: Climb): Promise<Rung[]> {
  const { backends, service, startedAt } = way;
  if (service === undefined) return [];
  const services = (await listServices(backends.jaegerUrl)).filter((name) =>
    name !== CANARY_SERVICE
  );
  const recent: string[] = [];
  for (const name of services) {
    const spans = await findSpans(backends.jaegerUrl, { service: name, since: startedAt });
    if (spans.length > 0) recent.push(name);
  }
  if (recent.includes(service)) {
    return [whole("service-name", `spans from "${service}" arrived since the step began`)];
  }
  if (recent.length === 0) return [];
  const found = `since the step began, spans arrived from ${
    listed(recent)
  }, none from "${service}"`;
  const source = await readLearnerSource(way);
  if (way.program?.isAuto || !source?.texts.has(service)) {
    return [
      broken(
        "service-name",
        found,
        `${await renameAdvice(service, way)} An app without a name is called unknown_service.`,
      ),
    ];
  }
  return [unsentRung(found, way.program!.file!.name, source)];
}

/** For a service that the file names, beside others that send. */
function unsentRung(found: string, file: string, { starts, ends }: SourceFacts): Rung {
  if (starts > ends) {
    return broken(
      "span-end",
      `${found}, and ${file} starts ${starts} spans, but ends only ${ends}`,
      "A span is sent when it ends: call `span.end()` on each path through the route.",
    );
  }
  return broken(
    "exporter",
    `${found}, although ${file} names it`,
    "Does a request reach it, and does its provider have an exporter of its own?",
  );
}

/** How to change the name, so that it has an effect on this program. */
async function renameAdvice(
  service: string,
  way: Climb,
): Promise<string> {
  const { environment: { variables, args }, program } = way;
  const variable = `OTEL_SERVICE_NAME=${shellWord(service)}`;
  if (program?.configFile) {
    return `Change service.name in ${program.configFile.name}, and start the app again.`;
  }
  const source = await readLearnerSource(way);
  const readsVariable = program?.isAuto || (source ? source.readsEnvironment : true);
  const isSet = args !== undefined && variables["OTEL_SERVICE_NAME"] === service;
  if (readsVariable && !isSet) {
    return `Set its name: ${variable}, or service.name in the code, and restart the app.`;
  }
  return `Set its name in the code: \`[ATTR_SERVICE_NAME]: "${service}"\` in the resource. ` +
    "OTEL_SERVICE_NAME has no effect here, because the resource doesn't read it.";
}
