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
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { attributeValue } from "./configuration/attribute_type.ts";
import { PAIRS } from "./value_types.ts";

/** What describes this process and its host, by the names that resource detectors have. */
const DETECTORS: Record<string, () => Attributes> = {
  process: processAttributes,
  os: osAttributes,
  host: hostAttributes,
  service: () => ({ [ATTR_SERVICE_INSTANCE_ID]: crypto.randomUUID() }),
};

/**
 * What produces the telemetry: what the detectors find, then what the configuration says. The command
 * line is left out, since it may hold secrets.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/resource/
 */
export function createResource(model: ResourceConfigModel = {}): Resource {
  const detectors = model["detection/development"]?.detectors ?? [];
  const detected = detectors.flatMap((detector) => Object.keys(detector))
    .map((name) => Object.hasOwn(DETECTORS, name) ? DETECTORS[name]!() : {});
  const listed = model.attributes_list ? PAIRS.parse(model.attributes_list) : {};
  const named = (model.attributes ?? []).map((attribute) =>
    [attribute.name, attributeValue(attribute)] as const
  ).filter(([, value]) => value !== undefined);
  return defaultResource().merge(resourceFromAttributes(
    {
      ...defaultName(),
      ...Object.assign({}, ...detected),
      ...listed,
      ...Object.fromEntries(named),
    },
    model.schema_url ? { schemaUrl: model.schema_url } : {},
  ));
}

/**
 * The name of a service that has none: by the executable, of which the SDK would tell the path.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/resource/service/
 */
function defaultName(): Attributes {
  const { [ATTR_PROCESS_EXECUTABLE_NAME]: executable } = executableName();
  return { [ATTR_SERVICE_NAME]: ["unknown_service", executable].filter(Boolean).join(":") };
}

function executableName(): Attributes {
  return permitted(
    ATTR_PROCESS_EXECUTABLE_NAME,
    () => Deno.execPath().split(/[\\/]/).at(-1) ?? "",
  );
}

function processAttributes(): Attributes {
  return {
    [ATTR_PROCESS_PID]: Deno.pid,
    [ATTR_PROCESS_RUNTIME_NAME]: "deno",
    [ATTR_PROCESS_RUNTIME_VERSION]: Deno.version.deno,
    [ATTR_PROCESS_RUNTIME_DESCRIPTION]: `Deno ${Deno.version.deno} (V8 ${Deno.version.v8})`,
    ...executableName(),
  };
}

function osAttributes(): Attributes {
  return { [ATTR_OS_TYPE]: Deno.build.os, ...permitted(ATTR_OS_VERSION, Deno.osRelease) };
}

function hostAttributes(): Attributes {
  const isAmd = Deno.build.arch === "x86_64";
  return {
    [ATTR_HOST_ARCH]: isAmd ? HOST_ARCH_VALUE_AMD64 : HOST_ARCH_VALUE_ARM64,
    ...permitted(ATTR_HOST_NAME, Deno.hostname),
  };
}

/** The attribute, or none: what we may not know, we do not say. */
function permitted(key: string, read: () => string): Attributes {
  try {
    return { [key]: read() };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    return {};
  }
}
