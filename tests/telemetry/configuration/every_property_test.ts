import { assertEquals } from "@std/assert";
import {
  ConfigurationFileError,
  readConfigurationFile,
} from "../../../lib/telemetry/configuration/configuration_file.ts";
import schema from "../../../lib/telemetry/configuration/schema/opentelemetry_configuration.json" with {
  type: "json",
};
import { planFromConfiguration } from "../../../lib/telemetry/plan.ts";
import { startTelemetry } from "../../../lib/telemetry/sdk.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";
import { TLS_FILES } from "../../helpers/tls_files.ts";

/** The parts of JSON Schema that the published schema uses. */
interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  required?: string[];
  items?: Schema;
  minProperties?: number;
  minimum?: number;
  exclusiveMinimum?: number;
}

const DEFINITIONS = schema.$defs as unknown as Record<string, Schema>;

function resolve(node: Schema): Schema {
  return node.$ref ? DEFINITIONS[node.$ref.slice(node.$ref.lastIndexOf("/") + 1)]! : node;
}

/** The names that lead to a property; list items are `0`. */
type Path = readonly string[];

/** The paths of all properties; recursion stops after one level. */
function pathsOf(node: Schema, path: Path = [], seen: readonly Schema[] = []): Path[] {
  const { properties = {}, items } = resolve(node);
  if (seen.includes(resolve(node))) return [];
  const within = [...seen, resolve(node)];
  const members = Object.entries(properties).flatMap(([name, member]) => [
    [...path, name],
    ...pathsOf(member, [...path, name], within),
  ]);
  return items ? [...members, ...pathsOf(items, [...path, "0"], within)] : members;
}

/** Texts that need a specific meaning; all others can be anything. */
const TEXTS: readonly (readonly [RegExp, unknown])[] = [
  [/file_format$/, "1.1"],
  [/ca_file$/, TLS_FILES.ca],
  [/cert_file$/, TLS_FILES.clientCert],
  [/key_file$/, TLS_FILES.clientKey],
  [/compression$/, "gzip"],
  [/endpoint$/, "http://127.0.0.1:4318"],
  [/host$/, "127.0.0.1"],
  [/port$/, 0],
  [/_list$/, "a=b"],
  [/composite_list$/, "b3"],
  [/resource\/attributes\/0\/type$/, "string"],
];

/** A value of this type, with its required members and those on the path. */
function sample(node: Schema, path: Path, place: string): unknown {
  const { type, enum: words, oneOf, properties = {}, required = [], items, ...rest } = resolve(
    node,
  );
  const known = TEXTS.findLast(([pattern]) => pattern.test(place));
  if (known && path.length === 0) return known[1];
  if (words) return words.findLast((word) => word !== null);
  if (oneOf) return sample(oneOf[0]!, path, place);
  const [name, ...further] = path;
  switch ([type].flat()[0]) {
    case "boolean":
      return true;
    case "integer":
    case "number":
      return rest.minimum ?? (rest.exclusiveMinimum ?? 0) + 1;
    case "array":
      return [sample(items!, further, `${place}/0`)];
    case "object": {
      const names = new Set([...required, ...companionsOf(place, name, properties)]);
      if (name !== undefined) names.add(name);
      else if (names.size < (rest.minProperties ?? 0)) {
        names.add(Object.keys(properties)[0] ?? "any");
      }
      return Object.fromEntries([...names].map((member) => [
        member,
        sample(
          properties[member] ?? { type: "object" },
          member === name ? further : [],
          `${place}/${member}`,
        ),
      ]));
    }
    default:
      return "text";
  }
}

/** Members that only make sense together: a key and its certificate, a free port, all providers. */
function companionsOf(
  place: string,
  name: string | undefined,
  properties: Record<string, Schema>,
): string[] {
  if (place === "") return ["tracer_provider", "meter_provider", "logger_provider"];
  if (name === "key_file" || name === "cert_file") return ["key_file", "cert_file"];
  return ["port", "instrument_name"].filter((other) => other in properties);
}

/** Wraps the value, and records which parts are read. */
function watched<T>(value: T, read: Set<string>, pointer = ""): T {
  if (typeof value !== "object" || value === null) return value;
  const isMark = (member: unknown) => JSON.stringify(member ?? {}) === "{}";
  return new Proxy(value, {
    has(target, name) {
      read.add(`${pointer}/${escapeName(String(name))}`);
      return Reflect.has(target, name);
    },
    // In an empty member, there is nothing to read except its name.
    ownKeys(target) {
      for (const [name, member] of Object.entries(target)) {
        if (isMark(member)) read.add(`${pointer}/${escapeName(name)}`);
      }
      return Reflect.ownKeys(target);
    },
    get(target, name, receiver) {
      const member = Reflect.get(target, name, receiver);
      if (typeof name === "symbol" || !Object.hasOwn(target, name)) return member;
      const place = `${pointer}/${escapeName(name)}`;
      read.add(place);
      return watched(member, read, place);
    },
  });
}

function escapeName(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** Members whose only supported value is the default, whether given or not. */
const USUAL = [
  "/tracer_provider/id_generator",
  "/tracer_provider/id_generator/random",
  "/meter_provider/views/0/stream/aggregation/default",
];

/** How a property is handled. */
async function fateOf(path: Path, file: string): Promise<string> {
  const text = JSON.stringify(sample(schema as Schema, path, ""));
  await Deno.writeTextFile(file, text);
  const pointer = path.map((name) => `/${escapeName(name)}`).join("");
  const isOnTheWay = (line: string) => {
    const [, told = "\0"] = /:\d+:\d+: (\/\S*): /.exec(line) ?? [];
    return pointer === told || pointer.startsWith(`${told}/`);
  };
  try {
    const { configuration, warnings } = readConfigurationFile(file);
    if (warnings.some(isOnTheWay)) return "named";
    const read = new Set<string>();
    const reports: string[] = [];
    const plan = planFromConfiguration(watched(configuration, read));
    const telemetry = await startTelemetry(plan.configuration, {
      report: (line) => reports.push(line),
      logLevel: plan.logLevel,
    });
    await telemetry.shutdown();
    if (read.has(pointer) || USUAL.includes(pointer)) return "honored";
    // Its surroundings can't be built, which is reported.
    return reports.some((line) => line.startsWith("Cannot ") || line.startsWith("Recording "))
      ? "named"
      : `not read: ${text}`;
  } catch (error) {
    if (!(error instanceof ConfigurationFileError)) throw error;
    return error.message.split("\n").some(isOnTheWay) ? "refused" : error.message;
  }
}

testWith(
  ["net", "env", "read", "write", "sys"],
  "every property of the schema is honored, rejected with its position, or reported as without effect",
  async () => {
    const fates: Record<string, number> = {};
    const strange: string[] = [];
    await withFolder(async (folder) => {
      for (const path of pathsOf(schema as Schema)) {
        if (path[0] === "file_format") continue;
        const fate = await fateOf(path, `${folder}/otel.yaml`);
        fates[fate] = (fates[fate] ?? 0) + 1;
        if (!["honored", "named", "refused"].includes(fate)) {
          strange.push(`${path.join("/")}: ${fate}`);
        }
      }
    });
    assertEquals(strange, []);
    // The schema was found, and most of it works.
    assertEquals(fates.honored! > 150, true, JSON.stringify(fates));
  },
);
