import { shellWord } from "../../shell_words.ts";
import { findSpans, listServices } from "../backends/jaeger.ts";
import { CANARY_SERVICE } from "../backends/own_traffic.ts";
import { listed } from "../conditions/outcome.ts";
import { broken, type Climb, type Rung, whole } from "./rung.ts";

/** Is the service in the backend, perhaps under another name? */
export async function backendRung({ backends, service, startedAt }: Climb): Promise<Rung[]> {
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
    return [whole("backend", `spans from "${service}" arrived since the step began`)];
  }
  if (recent.length === 0) return [];
  return [
    broken(
      "backend",
      `since the step began, spans arrived from ${listed(recent)}, none from "${service}"`,
      `Set its name: OTEL_SERVICE_NAME=${shellWord(service)}, or service.name in the code. An ` +
        "app without a name is called unknown_service.",
    ),
  ];
}
