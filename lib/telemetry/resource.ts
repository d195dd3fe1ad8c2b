import type { Attributes } from "@opentelemetry/api";
import { defaultResource, type Resource, resourceFromAttributes } from "@opentelemetry/resources";
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import {
  ATTR_HOST_ARCH,
  ATTR_HOST_NAME,
  ATTR_OS_TYPE,
  ATTR_OS_VERSION,
  ATTR_PROCESS_EXECUTABLE_NAME,
  ATTR_PROCESS_PID,
  ATTR_PROCESS_RUNTIME_DESCRIPTION,
  ATTR_PROCESS_RUNTIME_NAME,
  ATTR_PROCESS_RUNTIME_VERSION,
  ATTR_SERVICE_INSTANCE_ID,
  HOST_ARCH_VALUE_AMD64,
  HOST_ARCH_VALUE_ARM64,
} from "@opentelemetry/semantic-conventions/incubating";
import type { Settings } from "./settings.ts";

/**
 * What produces the telemetry: this process and its host, then what the variables say. The command
 * line is left out, since it may hold secrets.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/resource/
 */
export function createResource(
  { OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES }: Settings,
): Resource {
  return defaultResource().merge(resourceFromAttributes({
    [ATTR_SERVICE_INSTANCE_ID]: crypto.randomUUID(),
    ...processAttributes(),
    ...OTEL_RESOURCE_ATTRIBUTES,
    ...OTEL_SERVICE_NAME !== undefined && { [ATTR_SERVICE_NAME]: OTEL_SERVICE_NAME },
  }));
}

function processAttributes(): Attributes {
  const { arch, os } = Deno.build;
  const attributes: Attributes = {
    [ATTR_PROCESS_PID]: Deno.pid,
    [ATTR_PROCESS_RUNTIME_NAME]: "deno",
    [ATTR_PROCESS_RUNTIME_VERSION]: Deno.version.deno,
    [ATTR_PROCESS_RUNTIME_DESCRIPTION]: `Deno ${Deno.version.deno} (V8 ${Deno.version.v8})`,
    [ATTR_HOST_ARCH]: arch === "x86_64" ? HOST_ARCH_VALUE_AMD64 : HOST_ARCH_VALUE_ARM64,
    [ATTR_OS_TYPE]: os,
  };
  const permitted: [key: string, read: () => string][] = [
    [ATTR_PROCESS_EXECUTABLE_NAME, () => Deno.execPath().split(/[\\/]/).at(-1) ?? ""],
    [ATTR_HOST_NAME, Deno.hostname],
    [ATTR_OS_VERSION, Deno.osRelease],
  ];
  for (const [key, read] of permitted) {
    try {
      attributes[key] = read();
    } catch (error) {
      // What we may not know, we do not say.
      if (!(error instanceof Deno.errors.NotCapable)) throw error;
    }
  }
  return attributes;
}
