import type { Attributes } from "@opentelemetry/api";
import type { ResourceConfigModel } from "@opentelemetry/configuration";
import { defaultResource, type Resource, resourceFromAttributes } from "@opentelemetry/resources";
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
import { configuredAttributes } from "./configuration/configured_attributes.ts";
import { executableName, ifPermitted } from "./executable_name.ts";

/** Attributes that describe this process and its host, by the names of the resource detectors. */
const DETECTORS: Record<string, () => Attributes> = {
  process: processAttributes,
  os: osAttributes,
  host: hostAttributes,
  service: () => ({ [ATTR_SERVICE_INSTANCE_ID]: crypto.randomUUID() }),
};

/**
 * The source of the telemetry: attributes from the detectors, then those from the configuration. The command
 * line is left out because it may contain secrets.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/resource/
 */
export function createResource(model: ResourceConfigModel = {}): Resource {
  const detectors = model["detection/development"]?.detectors ?? [];
  const detected = detectors.flatMap((detector) => Object.keys(detector))
    .map((name) => Object.hasOwn(DETECTORS, name) ? DETECTORS[name]!() : {});
  return defaultResource().merge(resourceFromAttributes(
    Object.assign({}, ...detected, configuredAttributes(model)),
    model.schema_url ? { schemaUrl: model.schema_url } : {},
  ));
}

function processAttributes(): Attributes {
  return {
    [ATTR_PROCESS_PID]: Deno.pid,
    [ATTR_PROCESS_RUNTIME_NAME]: "deno",
    [ATTR_PROCESS_RUNTIME_VERSION]: Deno.version.deno,
    [ATTR_PROCESS_RUNTIME_DESCRIPTION]: `Deno ${Deno.version.deno} (V8 ${Deno.version.v8})`,
    ...known(ATTR_PROCESS_EXECUTABLE_NAME, executableName),
  };
}

function osAttributes(): Attributes {
  return { [ATTR_OS_TYPE]: Deno.build.os, ...known(ATTR_OS_VERSION, Deno.osRelease) };
}

function hostAttributes(): Attributes {
  const isAmd = Deno.build.arch === "x86_64";
  return {
    [ATTR_HOST_ARCH]: isAmd ? HOST_ARCH_VALUE_AMD64 : HOST_ARCH_VALUE_ARM64,
    ...known(ATTR_HOST_NAME, Deno.hostname),
  };
}

/** The attribute, if it has a value. */
function known(key: string, read: () => string | undefined): Attributes {
  const value = ifPermitted(read);
  return value === undefined ? {} : { [key]: value };
}
