import type { Hint } from "../model.ts";
import { TUTORIAL } from "./tutorial.ts";

/** The fallback name of SDKs, alone or with `:` and the program's name. */
const FALLBACK = /^unknown_service(:|$)/;

/** The hint for a request with a resource that lacks a service name, or has only a fallback. */
export function missingServiceName(serviceNames: readonly string[]): Hint | undefined {
  const missing = serviceNames.find((name) => name === "" || FALLBACK.test(name));
  if (missing === undefined) return undefined;
  return {
    id: "service-name-missing",
    title: "service.name is missing",
    advice:
      "Without it, you can't tell which program sent this, and all such programs look like one. " +
      "Set OTEL_SERVICE_NAME=my-app, or give the SDK the resource " +
      `resourceFromAttributes({ "service.name": "my-app" }).`,
    evidence: { detail: missing === "" ? "no service.name" : `service.name is "${missing}"` },
    tutorial: TUTORIAL.resource,
  };
}
