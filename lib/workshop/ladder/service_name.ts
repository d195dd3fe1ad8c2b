import { shellWord } from "../../shell_words.ts";
import { readLearnerSource } from "./source_rungs.ts";
import { findSpans, listServices } from "../backends/jaeger.ts";
import { CANARY_SERVICE } from "../backends/own_traffic.ts";
import { listed } from "../conditions/outcome.ts";
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
  return [
    broken(
      "service-name",
      `since the step began, spans arrived from ${listed(recent)}, none from "${service}"`,
      `${await renameAdvice(service, way)} An app without a name is called unknown_service.`,
    ),
  ];
}

/** How to change the name, so that it has an effect on this program. */
async function renameAdvice(
  service: string,
  way: Climb,
): Promise<string> {
  const { environment: { variables, args }, program } = way;
  const variable = `OTEL_SERVICE_NAME=${shellWord(service)}`;
  const source = await readLearnerSource(way);
  const readsVariable = program?.isAuto || (source ? source.readsEnvironment : true);
  const isSet = args !== undefined && variables["OTEL_SERVICE_NAME"] === service;
  if (readsVariable && !isSet) {
    return `Set its name: ${variable}, or service.name in the code, and restart the app.`;
  }
  return `Set its name in the code: \`[ATTR_SERVICE_NAME]: "${service}"\` in the resource. ` +
    "OTEL_SERVICE_NAME has no effect here, because the resource doesn't read it.";
}
